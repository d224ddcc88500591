import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { idsOf } from './support/driver';
import { eraOf } from './support/generation';
import { log, user } from './support/models';

/* appwrite-cli 12.0.1, the command line of Appwrite 1.8, unmodified. */

// A call starts a Node of its own, and some tests make five.
vi.setConfig({ testTimeout: 60_000 });

const era = eraOf('1.8.0');
const program = createRequire(import.meta.url).resolve('appwrite-cli/index.js');
const home = mkdtempSync(join(tmpdir(), 'cli-'));

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `appwrite` with what it keeps (endpoint, key, project) in a folder of the tests' own. */
function appwrite(...args: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    const options = { cwd: home, env: { PATH: process.env.PATH, HOME: home } };
    const child = execFile(process.execPath, [program, ...args], options, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

/** What `appwrite users … --json` prints. */
async function users(...args: readonly string[]): Promise<unknown> {
  const { code, stdout, stderr } = await appwrite('users', ...args, '--json');
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
}

const list = async (...args: readonly string[]) => idsOf(await users('list', ...args));

const ada = user(era, { $id: 'cli-ada', name: 'Ada of the line', email: 'ada@cli.example' });

beforeAll(async () => {
  const settings = ['--endpoint', inject('endpoint'), '--project-id', 'default', '--key', inject('rootKey')];
  expect(await appwrite('client', ...settings)).toMatchObject({ code: 0 });
});

afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

test('creates users', async () => {
  const fields = ['--email', 'Ada@cli.example', '--password', 'long enough', '--name', 'Ada of the line'];
  expect(await users('create', '--user-id', 'cli-ada', ...fields)).toEqual(ada);
  const bo = await users('create', '--user-id', 'cli-bo', '--phone', '+4930000001');
  expect(bo).toMatchObject({ $id: 'cli-bo', phone: '+4930000001', email: '' });
});

test('gets one', async () => {
  expect(await users('get', '--user-id', 'cli-ada')).toEqual(ada);
});

test('lists them, with a search and with queries in either syntax', async () => {
  expect(await users('list', '--search', 'cli.example')).toEqual({ total: 1, users: [ada] });
  expect(await users('list', '--search', 'cli.example', '--total', 'false')).toEqual({
    total: 0,
    users: [ada],
  });
  expect(await list('--queries', 'equal("name", ["Ada of the line"])', 'limit(5)')).toEqual(['cli-ada']);
  const queries = [
    '{"method":"startsWith","attribute":"$id","values":["cli-"]}',
    '{"method":"orderDesc","attribute":"$id"}',
  ];
  expect(await list('--queries', ...queries)).toEqual(['cli-bo', 'cli-ada']);
});

test('changes one, and lists what happened to it', async () => {
  expect(await users('update-name', '--user-id', 'cli-bo', '--name', 'Bo')).toMatchObject({ name: 'Bo' });
  expect(await users('list-logs', '--user-id', 'cli-bo')).toEqual({
    total: 2,
    logs: ['user.update', 'user.create'].map((event) => log(era, { event, clientName: 'AppwriteCLI' })),
  });
});

test('deletes them', async () => {
  expect(await users('delete', '--user-id', 'cli-ada')).toBe('');
  expect(await users('delete', '--user-id', 'cli-bo')).toBe('');
  expect(await list('--search', 'cli-')).toEqual([]);
});

test.each([
  [['get', '--user-id', 'nobody'], 'User with the requested ID could not be found.'],
  [
    ['create', '--user-id', 'unique()', '--email', 'nonsense'],
    'Invalid `email` param: Value must be a valid email address',
  ],
  [
    ['list', '--queries', 'equal("nonsense", [1])'],
    'Invalid `queries` param: Invalid query: Attribute not found in schema: nonsense (queries[0]: equal("nonsense"))',
  ],
])('tells why %j is refused, and fails', async (args, message) => {
  const { code, stderr } = await appwrite('users', ...args, '--json');
  expect([code, stderr]).toEqual([1, expect.stringContaining(`Error: ${message}`)]);
});

test('refuses an endpoint that is none', async () => {
  const elsewhere = `${inject('endpoint')}/nowhere`;
  expect(await appwrite('client', '--endpoint', elsewhere)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Invalid endpoint'),
  });
});
