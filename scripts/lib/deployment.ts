import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newRootKey } from './devVars.ts';
import { Stop } from './stop.ts';
import { type Command, capture, run } from './tools.ts';

export interface Deployment {
  /** Wrangler, or in tests something that plays it. */
  readonly wrangler: Command;
  /** The `[env.*]` of the configuration. */
  readonly environment: string | undefined;
  /** A root key to use if the Worker has none, such as from a build's environment; else one is made. */
  readonly rootKey: string | undefined;
  tell(line: string): void;
}

/**
 * Brings the service to production. An upgrade migrates the database first, so that the new code never meets the old
 * tables; the first deployment can't, since it is wrangler's deployment that makes the database.
 * @throws Stop where wrangler can't go on; it has told why
 */
export async function deploy(deployment: Deployment): Promise<void> {
  const { tell } = deployment;
  const isUpgrade = await migrate(deployment);
  const newKey = (await hasRootKey(deployment)) ? undefined : (deployment.rootKey ?? newRootKey());
  tell(isUpgrade ? 'The database is up to date. Deploying.' : 'Deploying for the first time.');
  await upload(deployment, newKey);
  if (!isUpgrade && !(await migrate(deployment))) {
    throw new Stop('The Worker is deployed, but its database is not to be found. Run npm run deploy again.');
  }
  if (newKey !== undefined && deployment.rootKey === undefined) {
    tell(`\n  The root API key, shown this once:\n\n    ${newKey}\n`);
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

/** Whether the Worker has a root key; a Worker that does not exist has none. */
async function hasRootKey({ wrangler, environment }: Deployment): Promise<boolean> {
  const { code, stdout } = await capture(wrangler, [
    'secret',
    'list',
    '--format',
    'json',
    ...inEnvironment(environment),
  ]);
  return code === 0 && stdout.includes('"ROOT_API_KEY"');
}

/** Deploys, and sets the key with it: a command line would show it to others, so it goes by a file of our own. */
async function upload({ wrangler, environment }: Deployment, newKey: string | undefined): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'deploy-'));
  try {
    const file = join(directory, 'secrets.json');
    if (newKey !== undefined) writeFileSync(file, JSON.stringify({ ROOT_API_KEY: newKey }), { mode: 0o600 });
    const secrets = newKey === undefined ? [] : ['--secrets-file', file];
    const code = await run(wrangler, ['deploy', ...secrets, ...inEnvironment(environment)]);
    if (code !== 0) throw new Stop('Wrangler could not deploy; see above.');
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function inEnvironment(environment: string | undefined): string[] {
  return environment === undefined ? [] : ['--env', environment];
}
