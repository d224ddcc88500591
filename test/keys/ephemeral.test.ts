import { env } from 'cloudflare:test';
import { SignJWT } from 'jose';
import { beforeEach, describe, expect, test } from 'vitest';
import { configOf } from '../../src/config';
import { EPHEMERAL_PREFIX, signEphemeralKey } from '../../src/request/ephemeralKey';
import { forgetKeys } from '../../src/request/keyCache';
import { api } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { expectError } from '../support/expect';
import { newKey, newUser } from '../support/given';
import { NOW } from '../support/models';
import { emptyStores, everything, row, rows } from '../support/rows';

stopClock();
beforeEach(async () => {
  await emptyStores();
  forgetKeys();
});

const by = (secret: string) => ({ headers: { 'x-appwrite-key': secret } });
const hour = { scopes: ['users.read'], duration: 3600 };

async function newEphemeral(parent: string | null, body: Readonly<Record<string, unknown>> = hour) {
  const call = parent === null ? { body } : { ...by(parent), body };
  const answer = await api('POST /project/keys/ephemeral', call);
  expect(answer.status, answer.text).toBe(201);
  return String(answer.body.secret);
}

/** A key that may make others; its last use is noted already. */
const newParent = (more: { expire?: number } = {}) =>
  newKey(['keys.write', 'users.read', 'users.write'], { accessedAt: NOW.ms, ...more });

describe('POST /project/keys/ephemeral', () => {
  test('answers as Appwrite does, and keeps no row', async () => {
    const answer = await api('POST /project/keys/ephemeral', {
      body: { scopes: ['users.read', 'users.read', 'teams.read'], duration: 60 },
    });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      $id: '',
      $createdAt: NOW.iso,
      $updatedAt: NOW.iso,
      name: '',
      expire: new Date(Math.floor((NOW.ms + 60_000) / 1000) * 1000).toISOString().replace('Z', '+00:00'),
      scopes: ['users.read', 'teams.read'],
      secret: expect.stringMatching(/^ephemeral_[\w-]+\.[\w-]+\.[\w-]+$/),
      accessedAt: '',
      sdks: [],
    });
    expect(await rows('SELECT * FROM keys')).toEqual([]);
  });

  test.each([
    ['duration', { scopes: [], duration: 0 }],
    ['duration', { scopes: [], duration: 3601 }],
    ['scopes', { scopes: ['users.everything'], duration: 60 }],
    ['scopes', { scopes: 'users.read', duration: 60 }],
    ['person', { scopes: [], duration: 60, person: 'x'.repeat(129) }],
  ])('refuses %s of %j', async (name, body) => {
    const answer = await api('POST /project/keys/ephemeral', { body });
    expectError(answer, 'general_argument_invalid', { message: new RegExp(`^Invalid \`${name}`) });
  });

  test('gives no scope that its maker lacks', async () => {
    const { secret } = await newParent();
    const before = await everything();
    const body = { scopes: ['users.read', 'teams.write'], duration: 60 };
    const message =
      'A key can neither give scopes that it lacks nor change a key that has them: ["teams.write"]';
    expectError(
      await api('POST /project/keys/ephemeral', { ...by(secret), body }),
      'general_unauthorized_scope',
      { message },
    );
    expect(await everything()).toBe(before);
  });

  test('is a line in the activity log, of its maker, without the secret', async () => {
    const { id, secret } = await newParent();
    const ephemeral = await newEphemeral(secret, { ...hour, person: 'Ada' });
    const log = await rows('SELECT * FROM activity');
    expect(log).toMatchObject([
      { event: 'ephemeralKey.create', resource_id: id, actor_id: id, actor_name: `Key ${id}` },
    ]);
    expect(JSON.stringify(log)).not.toContain(ephemeral.slice(-20));
  });
});

describe('An ephemeral key', () => {
  test('does what it was made for, and nothing else that its parent may', async () => {
    const ephemeral = await newEphemeral((await newParent()).secret);
    expect((await api('GET /users', by(ephemeral))).status).toBe(200);
    const refused = await api('POST /users', { ...by(ephemeral), body: { userId: 'x' } });
    expectError(refused, 'general_unauthorized_scope', {
      message: 'app.default@service.api.test (role: applications) missing scopes (["users.write"])',
    });
  });

  test('ends when its time is over, and says so', async () => {
    const ephemeral = await newEphemeral(null, { ...hour, duration: 60 });
    passTime(58_000);
    expect((await api('GET /users', by(ephemeral))).status).toBe(200);
    passTime(2_000);
    expectError(await api('GET /users', by(ephemeral)), 'project_key_expired');
  });

  test('lasts no longer than its parent, which may be given less time later', async () => {
    const { id, secret } = await newParent({ expire: NOW.ms + 30_500 });
    const { body } = await api('POST /project/keys/ephemeral', { ...by(secret), body: hour });
    expect(Date.parse(body.expire)).toBeLessThanOrEqual(NOW.ms + 30_500);
    expect(Date.parse(body.expire)).toBeGreaterThan(NOW.ms + 29_000);
    const lasting = await newParent();
    const ephemeral = await newEphemeral(lasting.secret);
    await rows('UPDATE keys SET expire = ? WHERE id = ?', NOW.ms, lasting.id);
    expectError(await api('GET /users', by(ephemeral)), 'project_key_expired');
    expect(id).not.toBe(lasting.id);
  });

  test('loses what its parent loses', async () => {
    const { id, secret } = await newParent();
    const ephemeral = await newEphemeral(secret, { scopes: ['users.read', 'users.write'], duration: 60 });
    expect((await api('GET /users', by(ephemeral))).status).toBe(200);
    const body = { name: 'Less', scopes: ['users.read'] };
    expect((await api(`PUT /project/keys/${id}`, { body })).status).toBe(200);
    expect((await api('GET /users', by(ephemeral))).status).toBe(200);
    const refused = await api('POST /users', { ...by(ephemeral), body: { userId: 'x' } });
    expect(refused.status).toBe(401);
  });

  test('dies with its parent: here at once, elsewhere within 50 seconds', async () => {
    const here = await newParent();
    const ephemeral = await newEphemeral(here.secret);
    expect((await api('GET /users', by(ephemeral))).status).toBe(200);
    expect((await api(`DELETE /project/keys/${here.id}`)).status).toBe(204);
    expectError(await api('GET /users', by(ephemeral)), 'user_unauthorized');

    const elsewhere = await newParent();
    const other = await newEphemeral(elsewhere.secret);
    expect((await api('GET /users', by(other))).status).toBe(200);
    await rows('DELETE FROM keys WHERE id = ?', elsewhere.id);
    passTime(50_001);
    expectError(await api('GET /users', by(other)), 'user_unauthorized');
  });

  test('stands for no later key of the same ID', async () => {
    const { id, secret } = await newParent();
    const ephemeral = await newEphemeral(secret);
    await api(`DELETE /project/keys/${id}`);
    const body = { keyId: id, name: 'Another', scopes: ['users.read', 'keys.write'] };
    expect((await api('POST /project/keys', { body })).status).toBe(201);
    expectError(await api('GET /users', by(ephemeral)), 'user_unauthorized');
  });

  test('of the root key ends with it', async () => {
    const ephemeral = await newEphemeral(null);
    expect((await api('GET /users', by(ephemeral))).status).toBe(200);
    const rotated = { ...by(ephemeral), env: { ROOT_API_KEY: 'another-root-key-0000000000000001' } };
    expectError(await api('GET /users', rotated), 'user_unauthorized');
  });

  test('makes another one that ends no later, has no more, and names the same person', async () => {
    const scopes = ['keys.write', 'users.read'];
    const first = await newEphemeral(null, { scopes, duration: 60, person: 'Ada' });
    const { body } = await api('POST /project/keys/ephemeral', {
      ...by(first),
      body: { ...hour, person: 'Grace' },
    });
    expect(Date.parse(body.expire)).toBeLessThanOrEqual(NOW.ms + 60_000);
    expect(body.name).toBe('Ada');
    const more = { scopes: ['users.write'], duration: 60 };
    const answer = await api('POST /project/keys/ephemeral', { ...by(first), body: more });
    expect(answer.status).toBe(401);
  });

  test('makes nothing once its parent is gone, while an instance still remembers it', async () => {
    const { id, secret } = await newParent();
    const first = await newEphemeral(secret, { scopes: ['keys.write', 'users.read'], duration: 60 });
    expect((await api('POST /project/keys/ephemeral', { ...by(first), body: hour })).status).toBe(201);
    await rows('DELETE FROM keys WHERE id = ?', id);
    const before = await everything();
    const answer = await api('POST /project/keys/ephemeral', { ...by(first), body: hour });
    expectError(answer, 'user_unauthorized');
    expect(await everything()).toBe(before);
  });

  test('is told in the log by its parent, and the person where one was given', async () => {
    const { id, secret } = await newParent();
    const scopes = ['users.write'];
    const user = await newUser();
    for (const person of ['Ada Lovelace', '']) {
      const ephemeral = await newEphemeral(secret, { scopes, duration: 60, person });
      await api(`PATCH /users/${user}/name`, { ...by(ephemeral), body: { name: `By ${person}` } });
    }
    const { logs } = (await api(`GET /users/${user}/logs`)).body;
    expect(logs.slice(0, 2)).toMatchObject([
      { event: 'user.update', userType: 'keyProject', userId: id, userName: `Key ${id}` },
      { event: 'user.update', userType: 'keyProject', userId: id, userName: `Key ${id} (Ada Lovelace)` },
    ]);
  });

  test('is a use of its parent', async () => {
    const { id, secret } = await newParent();
    const ephemeral = await newEphemeral(secret);
    passTime(3_599_000);
    await api('GET /users', by(ephemeral));
    passTime(1_000);
    expect(await row('SELECT accessed_at FROM keys WHERE id = ?', id)).toEqual({ accessed_at: NOW.ms });
    const next = await newEphemeral(secret);
    await api('GET /users', by(next));
    expect(await row('SELECT accessed_at FROM keys WHERE id = ?', id)).toEqual({
      accessed_at: NOW.ms + 3_600_000,
    });
  });
});

describe('What is no ephemeral key of ours is refused, and D1 is not asked', () => {
  const claims = { keyId: 'root', keySeq: 0, scopes: ['users.read'], person: '' };
  const sign = (secret: string, audience = 'key', alg = 'HS256') =>
    new SignJWT(claims)
      .setProtectedHeader({ alg })
      .setIssuer('edge-users:default')
      .setAudience(audience)
      .setIssuedAt(Math.floor(NOW.ms / 1000))
      .setExpirationTime(Math.floor(NOW.ms / 1000) + 60)
      .sign(new TextEncoder().encode(secret));

  test.each<readonly [string, () => Promise<string> | string]>([
    ['nothing', () => ''],
    ['nonsense', () => 'a.b.c'],
    ['one signed with the root key itself', () => sign('root-key-of-the-tests-000000000001')],
    ['one signed with another secret', () => sign('x'.repeat(32))],
    [
      'one without a signature',
      () => `${btoa('{"alg":"none"}')}.${btoa(JSON.stringify(claims)).replaceAll('=', '')}.`,
    ],
    ['a very long one', () => 'x'.repeat(100_000)],
  ])('%s', async (_, make) => {
    const answer = await api('GET /users', by(EPHEMERAL_PREFIX + (await make())));
    expectError(answer, 'user_unauthorized');
  });

  test('a real one with one character changed, wherever that is', async () => {
    const secret = await signEphemeralKey({ ...claims, expire: NOW.ms + 60_000 }, configOf(env), NOW.ms);
    expect((await api('GET /users', by(secret))).status).toBe(200);
    for (const at of [12, 60, secret.lastIndexOf('.') + 3]) {
      const changed = secret.slice(0, at) + (secret[at] === 'A' ? 'B' : 'A') + secret.slice(at + 1);
      expectError(await api('GET /users', by(changed)), 'user_unauthorized');
    }
  });

  test("a user's JWT", async () => {
    const user = await newUser();
    const { jwt } = (await api(`POST /users/${user}/jwts`, { body: {} })).body;
    expectError(await api('GET /users', by(EPHEMERAL_PREFIX + jwt)), 'user_unauthorized');
  });

  test('and an ephemeral key is no JWT of a user', async () => {
    const ephemeral = (await newEphemeral(null)).slice(EPHEMERAL_PREFIX.length);
    const headers = { 'x-appwrite-key': null, 'x-appwrite-jwt': ephemeral };
    expectError(await api('GET /account', { headers }), 'user_jwt_invalid', { message: /^Failed to verify/ });
  });
});
