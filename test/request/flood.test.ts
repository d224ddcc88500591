import { env } from 'cloudflare:test';
import { bytesToHex } from '@noble/hashes/utils.js';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { configOf } from '../../src/config';
import { forgetKeys } from '../../src/request/keyCache';
import { BURST } from '../../src/secrets/lookups';
import { hashSecret } from '../../src/secrets/secrets';
import { newTaggedSecret, type SecretKind, tellSecret } from '../../src/secrets/tags';
import { sessionToken } from '../../src/sessionStore/sessionToken';
import { api } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { expectError } from '../support/expect';
import { faultyStores, healthy, type Operation } from '../support/faults';
import { freshId, newKey, newSession, newUser, withSession } from '../support/given';
import { emptyStores, rows } from '../support/rows';
import { ask } from '../support/worker';

stopClock();
beforeEach(async () => {
  forgetKeys();
  await emptyStores();
  // Whatever a test has used up is there again.
  passTime(++tests * 3_600_000);
});
let tests = 0;

const madeUp = () => bytesToHex(crypto.getRandomValues(new Uint8Array(32)));
const TOO_MANY = { message: /^Too many unknown keys or sessions were sent from this network\./ };

/** The stores, and what is asked of them. */
function counted() {
  const asked: Operation['on'][] = [];
  const { stores } = faultyStores((operation, go) => {
    // Unknown keys are counted, all of ten seconds in one row.
    if (!operation.about.startsWith('insert into "usage"')) asked.push(operation.on);
    return healthy(operation, go);
  });
  return { stores, queries: () => asked.filter((on) => on.startsWith('d1')).length, asked };
}

/** How each kind of secret is sent, and what it is refused with where it is unknown. */
const kinds = {
  'session tokens': {
    kind: 'session' as const,
    refusal: 'general_unauthorized_scope' as const,
    call: (secret: string, user = 'nobody') => ({
      route: 'GET /account',
      headers: withSession(sessionToken(user, secret)),
    }),
  },
  'API keys': {
    kind: 'key' as const,
    refusal: 'user_unauthorized' as const,
    call: (secret: string) => ({ route: 'GET /users', headers: { 'x-appwrite-key': `standard_${secret}` } }),
  },
};

type Kind = (typeof kinds)[keyof typeof kinds];

/** Sends a secret from a network. */
function send({ call }: Kind, secret: string, { ip = '203.0.113.7', user = 'nobody', bindings = {} } = {}) {
  const { route, headers } = call(secret, user);
  return api(route, { headers: { ...headers, 'cf-connecting-ip': ip }, env: bindings });
}

/** Makes a real secret as if by an earlier version: without a tag. */
async function newUntagged({ kind }: Kind): Promise<{ user: string; secret: string }> {
  const user = await newUser();
  const secret = madeUp();
  if (kind === 'key') {
    const { id } = await newKey(['users.read']);
    await rows('UPDATE keys SET secret_hash = ? WHERE id = ?', hashSecret(`standard_${secret}`), id);
  } else {
    const { id } = await newSession(user);
    await rows('UPDATE sessions SET secret_hash = ? WHERE id = ?', hashSecret(secret), id);
  }
  return { user, secret };
}

/** Makes a real secret, with a tag, of which no store but D1 knows. */
async function newTagged({ kind }: Kind): Promise<{ user: string; secret: string }> {
  const user = await newUser();
  if (kind === 'key')
    return { user, secret: (await newKey(['users.read'])).secret.slice('standard_'.length) };
  const { token } = await newSession(user);
  for (const { name } of (await env.SESSIONS.list()).keys) await env.SESSIONS.delete(name);
  return { user, secret: JSON.parse(atob(token)).secret };
}

describe.each(Object.entries(kinds))('A flood of made-up %s', (_, kind) => {
  test('from a network asks D1 a few times, and is told to wait then', async () => {
    const { stores, queries } = counted();
    const answers = [];
    for (let i = 0; i < 60; i++) answers.push(await send(kind, madeUp(), { bindings: stores }));
    expect(queries()).toBe(BURST);
    for (const answer of answers.slice(0, BURST)) expectError(answer, kind.refusal, { message: /./ });
    for (const answer of answers.slice(BURST)) {
      expectError(answer, 'general_rate_limit_exceeded', TOO_MANY);
      expect(answer.headers.get('retry-after')).toBe('1');
    }
    passTime(2_000);
    for (let i = 0; i < 5; i++) await send(kind, madeUp(), { bindings: stores });
    expect(queries()).toBe(BURST + 2);
  });

  test('from all addresses of an IPv6 network counts as one', async () => {
    const { stores, queries } = counted();
    for (let i = 0; i < 40; i++) {
      // An IPv6 customer has 2^64 addresses, and is one network.
      await send(kind, madeUp(), { bindings: stores, ip: `2001:db8:7:7:${i}::${i}` });
    }
    expect(queries()).toBe(BURST);
  });

  test('disturbs nobody that holds one of ours, in that very network', async () => {
    const real = await newTagged(kind);
    for (let i = 0; i < 2 * BURST; i++) await send(kind, madeUp());
    expect((await send(kind, real.secret, { user: real.user })).status).toBe(200);
  });

  test('disturbs no old one without a tag in another network, nor one that is known already', async () => {
    const [elsewhere, known] = [await newUntagged(kind), await newUntagged(kind)];
    expect((await send(kind, known.secret, { user: known.user })).status).toBe(200);
    for (let i = 0; i < 2 * BURST; i++) await send(kind, madeUp());
    expect((await send(kind, known.secret, { user: known.user })).status).toBe(200);
    const other = { user: elsewhere.user, ip: '198.51.100.9' };
    expect((await send(kind, elsewhere.secret, other)).status).toBe(200);
    // In the same one it is not called unknown, but asked to come again; and then it counts.
    const third = await newUntagged(kind);
    expectError(
      await send(kind, third.secret, { user: third.user }),
      'general_rate_limit_exceeded',
      TOO_MANY,
    );
    passTime(1_000);
    expect((await send(kind, third.secret, { user: third.user })).status).toBe(200);
  });

  test('that are none by their form asks nobody anything', async () => {
    const { stores, asked } = counted();
    const secrets = [
      '',
      'x',
      'wrong',
      madeUp().slice(1),
      `${madeUp()}0`,
      madeUp().toUpperCase().replace(/\d/g, 'A'),
    ];
    for (const secret of secrets) {
      expectError(await send(kind, secret, { bindings: stores }), kind.refusal, { message: /./ });
    }
    expect(asked).toEqual([]);
  });

  test.each([
    ['with a tag', newTagged],
    ['without one', newUntagged],
  ])('that have ended, %s, asks D1 once a minute for each', async (_, make) => {
    const { user, secret } = await make(kind);
    expect((await send(kind, secret, { user })).status).toBe(200);
    await rows(kind.kind === 'key' ? 'DELETE FROM keys' : 'DELETE FROM sessions');
    await emptyStores();
    forgetKeys();
    const { stores, queries } = counted();
    for (let i = 0; i < 2 * BURST; i++) {
      expectError(await send(kind, secret, { user, bindings: stores }), kind.refusal, { message: /./ });
    }
    expect(queries()).toBe(1);
    passTime(60_000);
    await send(kind, secret, { user, bindings: stores });
    expect(queries()).toBe(2);
  });
});

describe('Made-up session tokens over RPC', () => {
  test('can’t be told beyond a few for a user: that is never null, nor a line in the log', async () => {
    const log = vi.spyOn(console, 'error').mockReturnValue();
    const user = freshId('claimed');
    const verify = () => ask((directory) => directory.verifySession(sessionToken(user, madeUp())));
    for (let i = 0; i < BURST; i++) expect(await verify()).toBeNull();
    await expect(verify()).rejects.toThrow(/^The user directory is temporarily unavailable/);
    const { token } = await newSession(await newUser());
    expect(await ask((directory) => directory.verifySession(token, { fresh: true }))).not.toBeNull();
    expect(log).not.toHaveBeenCalled();
    log.mockRestore();
  });
});

describe('The tag of a secret', () => {
  const config = (ENCRYPTION_KEY: string, ROOT_API_KEY = env.ROOT_API_KEY) =>
    configOf({ ...env, ENCRYPTION_KEY, ROOT_API_KEY });
  const [first, second] = ['first-key-of-the-tests-0000000001', 'second-key-of-the-tests-000000002'];
  const tell = (under: ReturnType<typeof config>, secret: string, kind: SecretKind = 'session') =>
    tellSecret(under, kind, secret);

  test('is told by every key of ENCRYPTION_KEY, and made by the first', () => {
    const secret = newTaggedSecret(config(first), 'session');
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    expect(tell(config(first), secret)).toBe('tagged');
    expect(tell(config(`${second},${first}`), secret)).toBe('tagged');
    expect(tell(config(second), secret)).toBe('untagged');
    expect(tell(config(first), newTaggedSecret(config(`${second},${first}`), 'session'))).toBe('untagged');
  });

  test('does not end with another root key', () => {
    const secret = newTaggedSecret(config(first), 'key');
    expect(tell(config(first, 'another-root-key-of-the-tests-0002'), secret, 'key')).toBe('tagged');
  });

  test('is of its kind alone, and of no other secret', () => {
    const secret = newTaggedSecret(config(first), 'session');
    expect(tell(config(first), secret, 'key')).toBe('untagged');
    for (const at of [0, 20, 47, 48, 63]) {
      const digit = secret[at] === '0' ? '1' : '0';
      expect(tell(config(first), secret.slice(0, at) + digit + secret.slice(at + 1))).toBe('untagged');
    }
  });

  test.each(Object.entries(kinds))('under a key that is gone leaves %s valid', async (_, kind) => {
    const { user, secret } = await newTagged(kind);
    const bindings = { ENCRYPTION_KEY: second };
    expect((await send(kind, secret, { user, bindings })).status).toBe(200);
  });
});
