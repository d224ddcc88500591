import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unstable_readConfig } from 'wrangler';
import { SECRETS } from './devVars.ts';
import { checkGiven, type MissingSecret, settleSecrets } from './missingSecrets.ts';
import { Stop } from './stop.ts';
import { ask, type Deployment, inEnvironment, isNoDatabase, isTaken } from './target.ts';
import { projectRoot, run } from './tools.ts';

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
  await makeQueues(deployment);
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

/** Makes the queues of the configuration that are not there yet: a deployment does not, and fails without them. */
async function makeQueues(deployment: Deployment): Promise<void> {
  for (const name of queuesOf(deployment.environment)) {
    const answer = await ask(deployment, 'queues', 'create', name);
    if (answer.code === 0) deployment.tell(`The queue ${name} is made.`);
    else if (!isTaken(answer))
      throw new Stop(`${answer.output.trim()}\n\nThe queue ${name} could not be made; nothing was deployed.`);
  }
}

interface Consumer {
  readonly queue: string;
  readonly dead_letter_queue?: string;
}

/** The queues that the configuration names: those that are sent to, that are read, and where messages end that nobody took. */
function queuesOf(environment: string | undefined): string[] {
  const config = join(projectRoot, 'wrangler.toml');
  const args = environment === undefined ? { config } : { config, env: environment };
  const { producers = [], consumers = [] } = unstable_readConfig(args, { hideWarnings: true }).queues;
  const names = [
    ...producers.map(({ queue }: { queue: string }) => queue),
    ...consumers.flatMap(({ queue, dead_letter_queue: dead }: Consumer) =>
      dead === undefined ? [queue] : [queue, dead],
    ),
  ];
  return [...new Set(names)];
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
