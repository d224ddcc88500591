import { beforeEach, describe, expect, test, vi } from 'vitest';
import { findKey, forgetKeys, type KnownKey } from '../../src/request/keyCache';
import { api } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { expectError } from '../support/expect';
import { newKey, newUser } from '../support/given';
import { NOW } from '../support/models';
import { row, rows } from '../support/rows';

stopClock();
beforeEach(forgetKeys);

const by = (secret: string, more: Record<string, string> = {}) => ({
  headers: { 'x-appwrite-key': secret, ...more },
});

describe('A caller', () => {
  test('without a key is a guest, who lacks the scope', async () => {
    const message = 'User (role: guests) missing scopes (["users.read"])';
    expectError(
      await api('GET /users', { headers: { 'x-appwrite-key': null } }),
      'general_unauthorized_scope',
      { message },
    );
  });

  test('with a key that lacks the scope is told which', async () => {
    const { secret } = await newKey(['users.read']);
    const message = 'app.default@service.api.test (role: applications) missing scopes (["users.write"])';
    const answer = await api('POST /users', { ...by(secret), body: { userId: 'x' } });
    expectError(answer, 'general_unauthorized_scope', { message });
  });

  test.each(['wrong', 'standard_wrong', 'root-key-of-the-test', 'foo_bar'])(
    'with the wrong key %j is refused',
    async (key) => {
      expectError(await api('GET /users', by(key)), 'user_unauthorized');
    },
  );

  test.each([
    ['0.15.0', 'general_unauthorized_scope'],
    ['1.0.0', 'user_unauthorized'],
    ['1.9.6', 'user_unauthorized'],
  ] as const)('of %s is told of a wrong key by %s', async (version, type) => {
    const message = 'The current user is not authorized to perform the requested action.';
    for (const key of ['wrong', 'standard_wrong']) {
      const answer = await api('GET /users', by(key, { 'x-appwrite-response-format': version }));
      expectError(answer, type, { message });
    }
  });

  test('with an expired key is told so', async () => {
    const { secret } = await newKey(['users.read'], { expire: NOW.ms });
    expectError(await api('GET /users', by(secret)), 'project_key_expired');
  });

  test('that names another project is refused', async () => {
    expectError(await api('GET /users', { headers: { 'x-appwrite-project': 'other' } }), 'project_not_found');
    expectError(
      await api('GET /users?project=other', { headers: { 'x-appwrite-project': null } }),
      'project_not_found',
    );
  });

  test('with sessions.write alone may make sessions, and nothing else', async () => {
    const { secret } = await newKey(['sessions.write']);
    const user = await newUser();
    expect((await api(`POST /users/${user}/sessions`, by(secret))).status).toBe(201);
    expect((await api(`DELETE /users/${user}`, by(secret))).status).toBe(401);
  });

  test('sees hashes of passwords only with the scope for them', async () => {
    const user = await newUser({ password: 'correct horse' });
    const shown = async (scopes: string[]) => {
      const { body } = await api(`GET /users/${user}`, by((await newKey(scopes)).secret));
      return [body.password, body.hashOptions, body.hash];
    };
    expect(await shown(['users.read'])).toEqual([null, null, 'argon2']);
    const [password, options] = await shown(['users.read', 'users.hashes.read']);
    expect([password, options.type]).toEqual([expect.stringMatching(/^\$argon2id\$/), 'argon2']);
  });
});

describe('The use of a key', () => {
  const usage = (id: string) => row('SELECT accessed_at, sdks FROM keys WHERE id = ?', id);

  test('is noted at most once an hour', async () => {
    const { id, secret } = await newKey(['users.read']);
    await api('GET /users', by(secret));
    expect((await usage(id)).accessed_at).toBe(NOW.ms);
    passTime(59 * 60_000);
    await api('GET /users', by(secret));
    expect((await usage(id)).accessed_at).toBe(NOW.ms);
    passTime(60_000);
    await api('GET /users', by(secret));
    expect((await usage(id)).accessed_at).toBe(NOW.ms + 60 * 60_000);
  });

  test('is noted with the names of the SDKs', async () => {
    const { id, secret } = await newKey(['users.read']);
    for (const name of ['Node.js', 'Python', 'Node.js'])
      await api('GET /users', by(secret, { 'x-sdk-name': name }));
    expect((await usage(id)).sdks).toBe('["Node.js","Python"]');
  });
});

describe('A key that was read before', () => {
  const key: KnownKey = { seq: 1, id: 'k', name: 'K', scopes: [], expire: null, accessedAt: null, sdks: [] };
  const find = async (hash: string, read: () => Promise<KnownKey | null>, now: number, admit = () => {}) => {
    const deferred: Promise<unknown>[] = [];
    const found = await findKey(hash, { read, admit, defer: (work) => deferred.push(work), now });
    await Promise.all(deferred);
    return found;
  };

  test('costs no query for 20 seconds, and one after the answer until 50', async () => {
    const read = vi.fn(async () => key);
    await find('h', read, 0);
    await find('h', read, 20_000);
    expect(read).toHaveBeenCalledTimes(1);
    await find('h', read, 45_000);
    expect(read).toHaveBeenCalledTimes(2);
  });

  test('is refused within 60 seconds of its deletion, whatever is remembered', async () => {
    await find('h', async () => key, 0);
    expect(await find('h', async () => null, 50_000)).toBe(key);
    expect(await find('h', async () => null, 50_001)).toBeNull();
    forgetKeys();
    await find('h', async () => key, 0);
    expect(await find('h', async () => null, 50_001)).toBeNull();
  });

  test('is remembered as unknown too, and room is made for new ones', async () => {
    const read = vi.fn(async () => null);
    await find('h0', read, 0);
    await find('h0', read, 1);
    expect(read).toHaveBeenCalledTimes(1);
    for (let i = 1; i <= 1000; i++) await find(`h${i}`, read, 2);
    await find('h0', read, 3);
    expect(read).toHaveBeenCalledTimes(1002);
  });

  test('is put out by no number of unknown ones', async () => {
    const read = vi.fn(async () => key);
    await find('real', read, 0);
    for (let i = 0; i < 2_000; i++) await find(`made up ${i}`, async () => null, 1);
    expect(await find('real', read, 2)).toBe(key);
    expect(read).toHaveBeenCalledTimes(1);
  });

  test('is admitted only where a request waits for D1', async () => {
    const admit = vi.fn();
    const read = async () => key;
    for (const now of [0, 20_000, 45_000, 95_000]) await find('h', read, now, admit);
    expect(admit).toHaveBeenCalledTimes(1);
    await find('h', read, 145_001, admit);
    expect(admit).toHaveBeenCalledTimes(2);
    const refused = find('another', read, 0, () => {
      throw new Error('too many');
    });
    await expect(refused).rejects.toThrow('too many');
  });
});

describe('API keys', () => {
  test('are made, listed, changed and deleted; the secret is told once', async () => {
    const expire = '2027-01-31T12:34:56.789+00:00';
    const body = { keyId: 'backend', name: 'Backend', scopes: ['users.read'], expire };
    const made = await api('POST /project/keys', { body });
    const { secret } = made.body;
    const key = {
      $id: 'backend',
      $createdAt: NOW.iso,
      $updatedAt: NOW.iso,
      name: 'Backend',
      expire,
      scopes: ['users.read'],
      secret: '',
      accessedAt: '',
      sdks: [],
    };
    expect([made.status, made.body]).toEqual([
      201,
      { ...key, secret: expect.stringMatching(/^standard_[0-9a-f]{64}$/) },
    ]);
    expect((await api('GET /project/keys/backend')).body).toEqual(key);
    expect((await api('GET /project/keys?queries[]=equal("name",["Backend"])')).body).toEqual({
      total: 1,
      keys: [key],
    });
    expect((await api('GET /users', by(secret))).status).toBe(200);

    const changed = { name: 'Writer', scopes: ['users.write'] };
    expect((await api('PUT /project/keys/backend', { body: changed })).body).toMatchObject({
      ...changed,
      expire: '',
      secret: '',
    });
    expect((await api('GET /users', by(secret))).status).toBe(401);
    expect((await api('POST /users', { ...by(secret), body: { userId: 'made-by-key' } })).status).toBe(201);

    expect((await api('DELETE /project/keys/backend')).status).toBe(204);
    expectError(await api('GET /users', by(secret)), 'user_unauthorized');
    expect(JSON.stringify(await rows('SELECT * FROM keys'))).not.toContain(secret.slice(9));
  });

  test.each([
    '2027-02-30T00:00:00Z',
    '2027-13-01T00:00:00Z',
    '2027-01-31',
    'tomorrow',
    '2027-01-31T12:00:00+0x:00',
    5,
  ])('do not take %j for the end of their time, and so never live for ever by mistake', async (expire) => {
    const body = { keyId: 'unique()', name: 'x', scopes: [], expire };
    const answer = await api('POST /project/keys', { body });
    expectError(answer, 'general_argument_invalid', {
      message: /^Invalid `expire` param: Value must be a valid ISO 8601/,
    });
  });
});
