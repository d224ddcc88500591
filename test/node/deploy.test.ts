import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { unstable_readConfig } from 'wrangler';
import { type Account, exampleSecrets, fakeWrangler } from './fakeWrangler.ts';

let wrangler = fakeWrangler();

beforeEach(() => {
  wrangler = fakeWrangler();
});
afterEach(() => wrangler.close());

const NEW: Account = { database: false, secrets: null };
const DEPLOYED: Account = { database: 'used', secrets: ['ROOT_API_KEY', 'ENCRYPTION_KEY'] };
const QUEUES = ['queues create edge-users-events', 'queues create edge-users-events-dead'];
const ASKED_ONLY = /nothing was deployed\.$/;

const GIVEN = {
  ROOT_API_KEY: 'a-root-key-that-was-given-0000001',
  ENCRYPTION_KEY: 'an-encryption-key-that-was-given1',
};

describe('The first deployment', () => {
  test('makes the database by deploying, then migrates it', async () => {
    await wrangler.deploy(NEW);
    expect(wrangler.commands()).toEqual([
      'secret list',
      'd1 execute DB',
      ...QUEUES,
      'd1 migrations apply DB',
      'deploy',
      'd1 migrations apply DB',
    ]);
  });

  test('makes the queues that are not there, and says so; those that are there are no error', async () => {
    await wrangler.deploy({ ...NEW, queues: ['edge-users-events-dead'] });
    expect(wrangler.told.filter((line) => /queue/.test(line))).toEqual([
      'The queue edge-users-events is made.',
    ]);
  });

  test('deploys nothing where a queue can not be made', async () => {
    const deployed = wrangler.deploy({ ...NEW, fails: { 'queues create': 'Queues are not in your plan.' } });
    await expect(deployed).rejects.toThrow(
      /The queue edge-users-events could not be made; nothing was deployed\.$/,
    );
    expect(wrangler.commands()).not.toContain('deploy');
  });

  test.each(['ROOT_API_KEY', 'ENCRYPTION_KEY'])(
    'sets a new %s with the deployment, and tells it once',
    async (name) => {
      await wrangler.deploy(NEW);
      const key = wrangler.set()[name];
      expect(key).toMatch(/^[0-9a-f]{64}$/);
      expect(wrangler.told.filter((line) => line.includes(String(key)))).toHaveLength(1);
    },
  );

  test('never shows a secret on a command line', async () => {
    await wrangler.deploy(NEW);
    const commandLines = wrangler
      .log()
      .flatMap(({ args }) => args)
      .join(' ');
    const secrets = Object.values(wrangler.set());
    expect(secrets).toHaveLength(2);
    for (const secret of secrets) expect(commandLines).not.toContain(secret);
  });

  test('takes secrets that it is given, and does not repeat them', async () => {
    await wrangler.deploy(NEW, GIVEN);
    expect(wrangler.set()).toEqual(GIVEN);
    for (const value of Object.values(GIVEN)) expect(wrangler.told.join()).not.toContain(value);
  });

  test('has told its new secrets by the time that wrangler may have set them, and fails', async () => {
    const deployed = wrangler.deploy({ ...NEW, fails: { deploy: 'The cron trigger could not be set.' } });
    await expect(deployed).rejects.toThrow(
      /^Wrangler could not deploy; see above\. It may have set the secrets/,
    );
    for (const secret of Object.values(wrangler.set())) expect(wrangler.told.join()).toContain(secret);
    expect(Object.keys(wrangler.set())).toEqual(['ROOT_API_KEY', 'ENCRYPTION_KEY']);
  });

  test('goes on where an earlier one made the database and no more', async () => {
    await wrangler.deploy({ database: 'empty', secrets: null });
    expect(Object.keys(wrangler.set())).toEqual(['ROOT_API_KEY', 'ENCRYPTION_KEY']);
  });
});

describe('Without a terminal, such as in a build', () => {
  test('new secrets must be given: else nothing is deployed, and none is told', async () => {
    const deployed = wrangler.deploy(NEW, { isAttended: false });
    await expect(deployed).rejects.toThrow(
      /^The Worker has no ROOT_API_KEY and no ENCRYPTION_KEY yet, .*openssl/,
    );
    expect(wrangler.commands()).toEqual(['secret list']);
    expect(wrangler.told).toEqual([]);
  });

  test('one that is given does not do for the other', async () => {
    const { ROOT_API_KEY } = GIVEN;
    const deployed = wrangler.deploy(NEW, { isAttended: false, ROOT_API_KEY });
    await expect(deployed).rejects.toThrow(
      /^The Worker has no ENCRYPTION_KEY yet, .* nothing was deployed\.$/,
    );
    expect(wrangler.commands()).toEqual(['secret list']);
  });

  test('given ones are set, and not told', async () => {
    await wrangler.deploy(NEW, { isAttended: false, ...GIVEN });
    expect(wrangler.set()).toEqual(GIVEN);
    for (const value of Object.values(GIVEN)) expect(wrangler.told.join()).not.toContain(value);
  });

  test('an upgrade needs none', async () => {
    await wrangler.deploy(DEPLOYED, { isAttended: false });
    expect(wrangler.commands()).toEqual(['secret list', ...QUEUES, 'd1 migrations apply DB', 'deploy']);
  });
});

describe('A given secret', () => {
  test.each(['ROOT_API_KEY', 'ENCRYPTION_KEY'])('%s that is too short stops it all', async (name) => {
    const deployed = wrangler.deploy(NEW, { ...GIVEN, [name]: 'short-secret' });
    await expect(deployed).rejects.toThrow(
      new RegExp(`^${name} must have at least 32 characters; nothing was deployed\\.$`),
    );
    // Wrangler was not even asked.
    expect(wrangler.log()).toEqual([]);
  });

  test('may be several encryption keys, each of them long', async () => {
    const ENCRYPTION_KEY = `${GIVEN.ENCRYPTION_KEY}, ${GIVEN.ROOT_API_KEY}`;
    await wrangler.deploy(NEW, { ...GIVEN, ENCRYPTION_KEY });
    expect(wrangler.set().ENCRYPTION_KEY).toBe(ENCRYPTION_KEY);
    const tooShort = wrangler.deploy(NEW, { ...GIVEN, ENCRYPTION_KEY: `${ENCRYPTION_KEY},short-secret` });
    await expect(tooShort).rejects.toThrow(/^ENCRYPTION_KEY must have at least 32 characters/);
  });

  test.each(Object.values(exampleSecrets))('that .dev.vars.example shows stops it all: %s', async (value) => {
    for (const name of ['ROOT_API_KEY', 'ENCRYPTION_KEY']) {
      for (const variant of [value, value?.toUpperCase(), `  "${value}" `]) {
        const deployed = wrangler.deploy(NEW, { ...GIVEN, [name]: variant });
        await expect(deployed).rejects.toThrow(
          `${name} must not be what .dev.vars.example shows; nothing was deployed.`,
        );
      }
    }
    expect(wrangler.log()).toEqual([]);
  });
});

describe('An upgrade', () => {
  test('migrates before it deploys, and leaves the secrets alone, given ones too', async () => {
    await wrangler.deploy(DEPLOYED, GIVEN);
    expect(wrangler.commands()).toEqual(['secret list', ...QUEUES, 'd1 migrations apply DB', 'deploy']);
    expect(wrangler.log().map(({ secrets }) => secrets)).toEqual([null, null, null, null, null]);
  });

  test.each([
    [
      'no network',
      "Unable to resolve Cloudflare's API hostname (api.cloudflare.com or dash.cloudflare.com).",
    ],
    ['no login', "In a non-interactive environment, it's necessary to set a CLOUDFLARE_API_TOKEN"],
    [
      'a token without rights',
      'A request to the Cloudflare API (/accounts/a/workers/scripts/edge-users/secrets) failed.\n\n  Authentication error [code: 10000]',
    ],
    [
      'an API that fails',
      'A request to the Cloudflare API (/accounts/a/workers/scripts/edge-users/secrets) failed.\n\n  workers.api.error.unknown [code: 10013]',
    ],
    ['another account that is not found', 'Account "edge-users" not found.'],
    ['an environment that is not configured', 'No environment found in configuration with name "staging".'],
    ['a reason that nobody knows', 'fetch failed'],
  ])('stops before anything is changed where the secrets can not be listed for %s', async (_, text) => {
    const fails = { 'secret list': text };
    const deployed = wrangler.deploy({ ...DEPLOYED, fails }, GIVEN);
    await expect(deployed).rejects.toThrow(/none is ever replaced; nothing was deployed\.$/);
    await expect(wrangler.deploy({ ...DEPLOYED, fails })).rejects.toThrow(text);
    expect(wrangler.commands()).toEqual(['secret list', 'secret list']);
    expect(wrangler.set()).toEqual({});
  });

  test.each(['', '{}', '[{"type":"secret_text"}]', 'Please update wrangler.', '[', 'null'])(
    'stops before anything is changed where what lists them is no list: %s',
    async (text) => {
      const deployed = wrangler.deploy({ ...DEPLOYED, says: { 'secret list': text || ' ' } });
      await expect(deployed).rejects.toThrow(ASKED_ONLY);
      expect(wrangler.commands()).toEqual(['secret list']);
    },
  );

  test('adds the secrets that the Worker lacks, and only those', async () => {
    await wrangler.deploy({ ...DEPLOYED, secrets: ['ROOT_API_KEY'] });
    expect(wrangler.set()).toEqual({ ENCRYPTION_KEY: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(wrangler.told.join()).toContain(
      'ENCRYPTION_KEY, the key that secrets of authenticator apps and recovery codes are encrypted with',
    );
  });

  test('makes a new root key where there is none, which locks out nobody: the Worker let nobody in', async () => {
    await wrangler.deploy({ database: 'sealed', secrets: ['ENCRYPTION_KEY'] });
    expect(wrangler.set()).toEqual({ ROOT_API_KEY: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  test('deploys nothing if the database can not be migrated', async () => {
    const fails = { 'd1 migrations apply': 'Authentication error' };
    await expect(wrangler.deploy({ ...DEPLOYED, fails })).rejects.toThrow(
      /Authentication error[\s\S]*nothing was deployed/,
    );
    expect(wrangler.commands()).toEqual(['secret list', ...QUEUES, 'd1 migrations apply DB']);
  });

  test('does not take a database that is not configured for one that is to be made', async () => {
    const text = "Couldn't find a D1 DB with the name or binding 'DB' in your wrangler.toml file.";
    const deployed = wrangler.deploy({ ...DEPLOYED, fails: { 'd1 migrations apply': text } });
    await expect(deployed).rejects.toThrow(ASKED_ONLY);
    expect(wrangler.commands()).not.toContain('deploy');
  });

  test('stops if wrangler can not deploy', async () => {
    const deployed = wrangler.deploy({ ...DEPLOYED, fails: { deploy: 'No.' } });
    await expect(deployed).rejects.toThrow(/^Wrangler could not deploy; see above\.$/);
  });

  test('goes to the environment that it is told, as a first deployment does', async () => {
    await wrangler.deploy(DEPLOYED, { environment: 'staging' });
    await wrangler.deploy(NEW, { environment: 'staging' });
    expect(wrangler.log().map(({ args }) => args.slice(-2))).toEqual(Array(12).fill(['--env', 'staging']));
  });
});

describe('A new encryption key', () => {
  test.each([
    ['a Worker that lost its own', ['ROOT_API_KEY']],
    ['a Worker that was deleted', null],
  ])('is not made beside what was encrypted for %s: it must be given', async (_, secrets) => {
    const account: Account = { database: 'sealed', secrets };
    await expect(wrangler.deploy(account)).rejects.toThrow(
      /^The Worker has no ENCRYPTION_KEY, but its database holds authenticators or recovery codes, or webhooks/,
    );
    expect(wrangler.commands()).toEqual(['secret list', 'd1 execute DB']);
    await wrangler.deploy(account, { ENCRYPTION_KEY: GIVEN.ENCRYPTION_KEY });
    expect(wrangler.set().ENCRYPTION_KEY).toBe(GIVEN.ENCRYPTION_KEY);
  });

  test.each([
    ['fails', { fails: { 'd1 execute': 'Authentication error [code: 10000]' } }],
    ['says nothing that is known', { says: { 'd1 execute': 'Done.' } }],
  ])('is not made where the database %s when it is asked', async (_, trouble) => {
    const deployed = wrangler.deploy({ ...DEPLOYED, secrets: ['ROOT_API_KEY'], ...trouble });
    await expect(deployed).rejects.toThrow(ASKED_ONLY);
    expect(wrangler.commands()).toEqual(['secret list', 'd1 execute DB']);
  });
});

test('Cloudflare’s deploy button describes every binding, variable and secret', () => {
  const { cloudflare } = JSON.parse(readFileSync('package.json', 'utf8'));
  const { d1_databases, kv_namespaces, ratelimits, queues, vars, secrets } = unstable_readConfig({
    config: 'wrangler.toml',
  });
  const names = [
    ...[...d1_databases, ...kv_namespaces].map(({ binding }) => binding),
    ...ratelimits.map(({ name }: { name: string }) => name),
    ...(queues.producers ?? []).map(({ binding }: { binding: string }) => binding),
    ...Object.keys(vars),
    ...(secrets?.required ?? []),
  ];
  expect(names).toContain('ENCRYPTION_KEY');
  for (const name of names)
    expect(cloudflare.bindings[name], name).toEqual({
      description: expect.stringMatching(/^[A-Z].{10,}\.$/),
    });
  expect(Object.keys(cloudflare.bindings).sort()).toEqual(names.sort());
  expect(Object.keys(exampleSecrets).sort()).toEqual(secrets?.required?.toSorted());
});
