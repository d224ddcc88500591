import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SECRETS } from './devVars.ts';
import { checkGiven, type MissingSecret, settleSecrets } from './missingSecrets.ts';
import { Stop } from './stop.ts';
import { ask, type Deployment, inEnvironment, isNoDatabase } from './target.ts';
import { run } from './tools.ts';

/**
 * Brings the service to production. First of all it is settled which secrets are to be set: before that, nothing is
 * changed. An upgrade migrates the database next, so that the new code never meets the old tables; the first deployment
 * can't, since it is wrangler's deployment that makes the database.
 * @throws Stop where it can't go on, saying why
 */
export async function deploy(deployment: Deployment): Promise<void> {
  const { tell, given } = deployment;
  checkGiven(given);
  const secrets = await settleSecrets(deployment);
  const isUpgrade = await migrate(deployment);
  tell(isUpgrade ? 'The database is up to date. Deploying.' : 'Deploying for the first time.');
  // Before they are set: a deployment that fails half-way may have set them, and they are never made again.
  for (const { name, value, isNew } of secrets) {
    if (isNew) tell(`\n  ${name}, ${SECRETS[name]}, shown this once. Keep it:\n\n    ${value}\n`);
  }
  await upload(deployment, secrets);
  if (!isUpgrade && !(await migrate(deployment))) {
    throw new Stop('The Worker is deployed, but its database is not to be found. Run npm run deploy again.');
  }
}

/** Applies migrations to the deployed database; false if there is none yet. */
async function migrate(deployment: Deployment): Promise<boolean> {
  const answer = await ask(deployment, 'd1', 'migrations', 'apply', 'DB', '--remote');
  if (answer.code === 0) return true;
  if (isNoDatabase(answer)) return false;
  throw new Stop(`${answer.output.trim()}\n\nThe database could not be migrated; nothing was deployed.`);
}

/** Deploys, and sets secrets with it: a command line would show them to others, so they go by a file of our own. */
async function upload(
  { wrangler, environment }: Deployment,
  secrets: readonly MissingSecret[],
): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'deploy-'));
  try {
    const file = join(directory, 'secrets.json');
    const values = Object.fromEntries(secrets.map(({ name, value }) => [name, value]));
    writeFileSync(file, JSON.stringify(values), { mode: 0o600 });
    const withSecrets = secrets.length === 0 ? [] : ['--secrets-file', file];
    const code = await run(wrangler, ['deploy', ...withSecrets, ...inEnvironment(environment)]);
    if (code !== 0) {
      const shown = secrets.some(({ isNew }) => isNew)
        ? ' It may have set the secrets above all the same: keep them until you have deployed.'
        : '';
      throw new Stop(`Wrangler could not deploy; see above.${shown}`);
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
}
