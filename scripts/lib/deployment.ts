import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newSecret, SECRETS, type SecretName, secretNames } from './devVars.ts';
import { Stop } from './stop.ts';
import { type Command, capture, run } from './tools.ts';

export interface Deployment {
  /** Wrangler, or in tests something that plays it. */
  readonly wrangler: Command;
  /** The `[env.*]` of the configuration. */
  readonly environment: string | undefined;
  /** Secrets to set where the Worker has none, such as from a build's environment; others are made. */
  readonly given: { readonly [Name in SecretName]?: string | undefined };
  tell(line: string): void;
}

/**
 * Brings the service to production. An upgrade migrates the database first, so that the new code never meets the old
 * tables; the first deployment can't, since it is wrangler's deployment that makes the database.
 * @throws Stop where wrangler can't go on; it has told why
 */
export async function deploy(deployment: Deployment): Promise<void> {
  const { tell, given } = deployment;
  checkGiven(given);
  const isUpgrade = await migrate(deployment);
  const missing = await missingSecrets(deployment);
  const secrets = new Map(missing.map((name) => [name, given[name] || newSecret()]));
  tell(isUpgrade ? 'The database is up to date. Deploying.' : 'Deploying for the first time.');
  await upload(deployment, secrets);
  if (!isUpgrade && !(await migrate(deployment))) {
    throw new Stop('The Worker is deployed, but its database is not to be found. Run npm run deploy again.');
  }
  for (const [name, secret] of secrets) {
    if (!given[name]) tell(`\n  ${name}, ${SECRETS[name]}, shown this once. Keep it:\n\n    ${secret}\n`);
  }
}

/** Characters that the Worker asks of a secret; with fewer it would refuse every request. */
const MIN_SECRET = 32;

function checkGiven(given: Deployment['given']): void {
  for (const name of secretNames) {
    const secret = given[name];
    if (secret && secret.length < MIN_SECRET)
      throw new Stop(`${name} must have at least ${MIN_SECRET} characters; nothing was deployed.`);
  }
}

/** Applies migrations to the deployed database; false if there is none yet. */
async function migrate({ wrangler, environment }: Deployment): Promise<boolean> {
  const args = ['d1', 'migrations', 'apply', 'DB', '--remote', ...inEnvironment(environment)];
  const { code, output } = await capture(wrangler, args);
  if (code === 0) return true;
  if (/Couldn't find an? (auto-provisioned )?D1 DB/.test(output)) return false;
  throw new Stop(`${output.trim()}\n\nThe database could not be migrated; nothing was deployed.`);
}

/** The secrets that the Worker has not; one that does not exist has none. */
async function missingSecrets({ wrangler, environment }: Deployment): Promise<SecretName[]> {
  const { code, stdout } = await capture(wrangler, [
    'secret',
    'list',
    '--format',
    'json',
    ...inEnvironment(environment),
  ]);
  return secretNames.filter((name) => code !== 0 || !stdout.includes(`"${name}"`));
}

/** Deploys, and sets secrets with it: a command line would show them to others, so they go by a file of our own. */
async function upload(
  { wrangler, environment }: Deployment,
  secrets: ReadonlyMap<SecretName, string>,
): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'deploy-'));
  try {
    const file = join(directory, 'secrets.json');
    writeFileSync(file, JSON.stringify(Object.fromEntries(secrets)), { mode: 0o600 });
    const withSecrets = secrets.size === 0 ? [] : ['--secrets-file', file];
    const code = await run(wrangler, ['deploy', ...withSecrets, ...inEnvironment(environment)]);
    if (code !== 0) throw new Stop('Wrangler could not deploy; see above.');
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function inEnvironment(environment: string | undefined): string[] {
  return environment === undefined ? [] : ['--env', environment];
}
