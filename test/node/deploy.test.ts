import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deploy } from '../../scripts/lib/deployment.ts';

/** Plays wrangler: a state of the account in a file, and a log of what it was asked. */
const FAKE = `
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
const [home, ...args] = process.argv.slice(2);
const state = JSON.parse(readFileSync(home + '/state.json', 'utf8'));
const at = args.indexOf('--secrets-file');
const secrets = at < 0 ? null : JSON.parse(readFileSync(args[at + 1], 'utf8'));
appendFileSync(home + '/log', JSON.stringify({ args: args.filter((_, i) => at < 0 || (i !== at && i !== at + 1)), secrets }) + '\\n');
const command = args.filter((arg) => !arg.startsWith('-')).join(' ');
if (command.startsWith('d1 migrations apply') && state.refuses) { console.error('Authentication error'); process.exit(1); }
if (command.startsWith('d1 migrations apply') && !state.database) { console.error("Couldn't find a D1 DB named 'edge-users' (bound as 'DB') in the API."); process.exit(1); }
if (command.startsWith('secret list')) { if (!state.worker) process.exit(1); console.log(JSON.stringify(state.secrets.map((name) => ({ name })))); }
if (command.startsWith('deploy')) { writeFileSync(home + '/state.json', JSON.stringify({ ...state, database: true, worker: true })); process.exit(state.deployFails ? 1 : 0); }
`;

let home = '';
let told: string[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'fake-wrangler-'));
  writeFileSync(join(home, 'wrangler.mjs'), FAKE);
  told = [];
});

afterEach(() => rmSync(home, { recursive: true }));

async function deployTo(
  state: object,
  { environment, ...given }: { environment?: string; ROOT_API_KEY?: string; ENCRYPTION_KEY?: string } = {},
) {
  writeFileSync(join(home, 'state.json'), JSON.stringify({ secrets: [], ...state }));
  await deploy({
    wrangler: [process.execPath, join(home, 'wrangler.mjs'), home],
    environment,
    given,
    tell: (line) => told.push(line),
  });
}

const log = (): { args: string[]; secrets: Record<string, string> | null }[] =>
  readFileSync(join(home, 'log'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

const commands = () => log().map(({ args }) => args.filter((arg) => !arg.startsWith('-')).join(' '));

describe('The first deployment', () => {
  test('makes the database by deploying, then migrates it', async () => {
    await deployTo({ database: false, worker: false });
    expect(commands()).toEqual([
      'd1 migrations apply DB',
      'secret list json',
      'deploy',
      'd1 migrations apply DB',
    ]);
  });

  test.each(['ROOT_API_KEY', 'ENCRYPTION_KEY'])(
    'sets a new %s with the deployment, and tells it once',
    async (name) => {
      await deployTo({ database: false, worker: false });
      const key = log()[2]?.secrets?.[name];
      expect(key).toMatch(/^[0-9a-f]{64}$/);
      expect(told.filter((line) => line.includes(String(key)))).toHaveLength(1);
    },
  );

  test('never shows a secret on a command line', async () => {
    await deployTo({ database: false, worker: false });
    const commandLines = log()
      .flatMap(({ args }) => args)
      .join(' ');
    const secrets = log().flatMap(({ secrets }) => Object.values(secrets ?? {}));
    expect(secrets).toHaveLength(2);
    for (const secret of secrets) expect(commandLines).not.toContain(secret);
  });

  test('takes a root key that it is given, and does not repeat it', async () => {
    await deployTo({ database: false, worker: false }, { ROOT_API_KEY: 'a-root-key-that-was-given-0000001' });
    expect(log()[2]?.secrets?.ROOT_API_KEY).toBe('a-root-key-that-was-given-0000001');
    expect(told.join()).not.toContain('a-root-key-that-was-given-0000001');
  });
});

test('A deployment with too short a secret does nothing', async () => {
  const deployed = deployTo({ database: false, worker: false }, { ROOT_API_KEY: 'short-root-key' });
  await expect(deployed).rejects.toThrow(
    /^ROOT_API_KEY must have at least 32 characters; nothing was deployed\.$/,
  );
  // Wrangler was not even asked.
  expect(existsSync(join(home, 'log'))).toBe(false);
});

describe('An upgrade', () => {
  test('migrates before it deploys, and leaves the secrets alone', async () => {
    await deployTo({ database: true, worker: true, secrets: ['ROOT_API_KEY', 'ENCRYPTION_KEY'] });
    expect(commands()).toEqual(['d1 migrations apply DB', 'secret list json', 'deploy']);
    expect(log().map(({ secrets }) => secrets)).toEqual([null, null, null]);
  });

  test('adds the secrets that the Worker lacks, and only those', async () => {
    await deployTo({ database: true, worker: true, secrets: ['ROOT_API_KEY'] });
    expect(log()[2]?.secrets).toEqual({ ENCRYPTION_KEY: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(told.join()).toContain(
      'ENCRYPTION_KEY, the key that secrets of authenticator apps are encrypted with',
    );
  });

  test('deploys nothing if the database can not be migrated', async () => {
    await expect(deployTo({ database: true, refuses: true })).rejects.toThrow(
      /Authentication error[\s\S]*nothing was deployed/,
    );
    expect(commands()).toEqual(['d1 migrations apply DB']);
  });

  test('stops if wrangler can not deploy', async () => {
    const state = { database: true, worker: true, secrets: ['ROOT_API_KEY'], deployFails: true };
    await expect(deployTo(state)).rejects.toThrow('Wrangler could not deploy; see above.');
  });

  test('goes to the environment that it is told', async () => {
    await deployTo({ database: true, worker: true, secrets: ['ROOT_API_KEY'] }, { environment: 'staging' });
    expect(log().map(({ args }) => args.slice(-2))).toEqual(Array(3).fill(['--env', 'staging']));
  });
});
