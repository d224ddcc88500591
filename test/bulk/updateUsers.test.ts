import { beforeEach, describe, expect, test } from 'vitest';
import { api } from '../support/api';
import { expectError, expectInvalid } from '../support/expect';
import { newKey, newSession, newUser, UNLIMITED, withSession } from '../support/given';
import { importRows } from '../support/importing';
import { emptyStores, eventsOf, everything, rows } from '../support/rows';

beforeEach(emptyStores);

const patch = (body: object, headers = {}) => api('PATCH /users', { body, headers });
const user = async (id: string) => (await api(`GET /users/${id}`)).body;
const equal = (attribute: string, ...values: unknown[]) =>
  JSON.stringify({ method: 'equal', attribute, values });
const lives = async (token: string) =>
  (await api('GET /account', { headers: withSession(token) })).status === 200;

/** So many users, through an import. */
async function crowd(count: number, fields: object = {}): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, i) => `u${i}`);
  for (let i = 0; i < count; i += 1_000)
    await importRows(ids.slice(i, i + 1_000).map((userId) => ({ userId, ...fields })));
  return ids;
}

describe('PATCH /users', () => {
  test('changes users by their IDs, as single calls would, and nobody else', async () => {
    await crowd(3);
    const answer = await patch({
      userIds: ['u0', 'u1', 'nobody', 'u0'],
      emailVerification: true,
      labels: { set: ['vip'] },
    });
    expect(answer.body).toEqual({ total: 2, remaining: 0 });
    expect(await user('u0')).toMatchObject({ emailVerification: true, labels: ['vip'] });
    expect(await user('u2')).toMatchObject({ emailVerification: false, labels: [] });
    expect(await eventsOf('u1')).toEqual(['user.create', 'user.update', 'verification.update']);
    expect(await eventsOf('u2')).toEqual(['user.create']);
    expect((await api('GET /users?search=vip')).body.total).toBe(2);
    expect(await rows('SELECT * FROM selections')).toEqual([]);
  });

  test('changes users by filters', async () => {
    await crowd(4);
    await patch({ userIds: ['u1', 'u3'], labels: { add: ['old'] } });
    const contains = JSON.stringify({ method: 'contains', attribute: 'labels', values: ['old'] });
    const { body } = await patch({ queries: [contains, equal('status', true)], phoneVerification: true });
    expect(body).toEqual({ total: 2, remaining: 0 });
    const verified = (await api('GET /users')).body.users.map(
      (one: { phoneVerification: boolean }) => one.phoneVerification,
    );
    expect(verified).toEqual([false, true, false, true]);
  });

  test('leaves whoever is so already as they are: the same call changes nothing', async () => {
    await crowd(2);
    const body = { userIds: ['u0', 'u1'], status: false, labels: { add: ['a'], remove: ['b'] } };
    expect((await patch(body)).body).toEqual({ total: 2, remaining: 0 });
    const before = await everything();
    expect((await patch(body)).body).toEqual({ total: 0, remaining: 0 });
    expect(await everything()).toBe(before);
  });

  test('goes on with what remains, by the same call', async () => {
    await crowd(2_300);
    const body = { queries: [equal('status', true)], labels: { add: ['seen'] } };
    expect((await patch({ ...body, dryRun: true })).body).toEqual({ total: 2_300 });
    expect((await patch(body)).body).toEqual({ total: 1_000, remaining: 1_300 });
    expect((await patch(body)).body).toEqual({ total: 1_000, remaining: 300 });
    expect((await patch(body)).body).toEqual({ total: 300, remaining: 0 });
    expect((await patch(body)).body).toEqual({ total: 0, remaining: 0 });
    const [counted] = await rows('SELECT count(*) AS n FROM users WHERE labels = \'["seen"]\'');
    expect(counted).toEqual({ n: 2_300 });
  });

  test('adds and takes labels in their order', async () => {
    await importRows([{ userId: 'a', labels: ['x', 'y', 'z'] }, { userId: 'b' }]);
    await patch({ userIds: ['a', 'b'], labels: { add: ['n', 'x'], remove: ['y'] } });
    expect((await user('a')).labels).toEqual(['x', 'z', 'n']);
    expect((await user('b')).labels).toEqual(['n', 'x']);
    await patch({ userIds: ['a', 'b'], labels: { set: [] } });
    expect((await user('a')).labels).toEqual([]);
  });

  test('refuses more labels than a user can have, and changes nobody then', async () => {
    const full = Array.from({ length: 1_000 }, (_, i) => `l${i}`);
    await importRows([{ userId: 'a' }, { userId: 'b', labels: full }]);
    const answer = await patch({ userIds: ['a', 'b'], labels: { add: ['more'] } });
    expectInvalid(
      answer,
      'labels',
      'A user would have more than 1000 labels. Nothing was changed by this call.',
    );
    expect((await user('a')).labels).toEqual([]);
    expect(await rows('SELECT * FROM selections')).toEqual([]);
  });

  test('ends all that a blocked user holds', async () => {
    await crowd(3);
    const { token } = await newSession('u0');
    const { token: others } = await newSession('u2');
    const { secret } = (await api('POST /users/u1/tokens', { body: {} })).body;
    const { jwt } = (await api('POST /users/u1/jwts', { body: {} })).body;
    expect((await patch({ userIds: ['u0', 'u1'], status: false })).body.total).toBe(2);
    expect([await lives(token), await lives(others)]).toEqual([false, true]);
    await patch({ userIds: ['u1'], status: true });
    const headers = { 'x-appwrite-key': null, 'x-appwrite-jwt': jwt };
    expect((await api('GET /account', { headers })).status).toBe(401);
    const body = { userId: 'u1', secret };
    expect((await api('POST /account/sessions/token', { body, env: UNLIMITED })).status).toBe(401);
    expect(await eventsOf('u0')).toContain('session.delete');
  });

  test('blocks fewer at once where their sessions are many', async () => {
    await crowd(3);
    await rows(
      `INSERT INTO sessions (id, user_seq, secret_hash, provider, factors, expire, created_at, updated_at)
       SELECT users.id || '-' || key, users.seq, users.id || '-' || key, 'server', '[]', 1e15, 1, 1
       FROM users, json_each('[' || rtrim(replace(hex(zeroblob(600)), '00', '0,'), ',') || ']')`,
    );
    const body = { userIds: ['u0', 'u1', 'u2'], status: false };
    expect((await patch(body)).body).toEqual({ total: 1, remaining: 2 });
    expect((await patch(body)).body).toEqual({ total: 1, remaining: 1 });
    expect((await patch(body)).body).toEqual({ total: 1, remaining: 0 });
  });

  test.each([{ status: true }, { emailVerification: true }, { phoneVerification: false }])(
    'needs users.read for %j of a user that may act as others, and changes nobody without',
    async (change) => {
      await importRows([
        { userId: 'a', status: false, phoneVerification: true },
        { userId: 'b', status: false, phoneVerification: true },
      ]);
      await api('PATCH /users/b/impersonator', { body: { impersonator: true } });
      const key = { 'x-appwrite-key': (await newKey(['users.write'], { accessedAt: Date.now() })).secret };
      const before = await everything();
      const body = { userIds: ['a', 'b'], ...change };
      expectError(await patch(body, key), 'general_unauthorized_scope', { message: /\(`impersonator`\)/ });
      expect(await everything()).toBe(before);
      const both = { 'x-appwrite-key': (await newKey(['users.write', 'users.read'])).secret };
      expect((await patch(body, both)).body.total).toBe(2);
      expect((await patch({ userIds: ['a', 'b'], status: false }, key)).status).toBe(200);
    },
  );

  test.each([
    [
      { status: false },
      'At least one of userIds, or a filter in queries, is required: nothing is done to everybody.',
    ],
    [
      { queries: [], status: false },
      'At least one of userIds, or a filter in queries, is required: nothing is done to everybody.',
    ],
    [
      { userIds: ['a'] },
      'At least one of status, labels, emailVerification, or phoneVerification is required.',
    ],
    [
      { userIds: ['a'], queries: [equal('status', true)], status: false },
      'Invalid `queries` param: Value must not stand beside userIds.',
    ],
    [
      { queries: ['limit(5)'], status: false },
      "Invalid `queries` param: limit can't be used here: all rows that the filters leave are taken, in the order of their creation.",
    ],
    [
      { userIds: ['a'], labels: { set: ['a'], add: ['b'] } },
      /^Invalid `labels` param: Value must be an object of either `set`/,
    ],
    [{ userIds: ['a'], labels: {} }, /^Invalid `labels` param: Value must be an object of either `set`/],
    [{ userIds: ['_a'], status: true }, /^Invalid `userIds` param: UID must contain at most 36 chars/],
    [
      { userIds: Array(1_001).fill('a'), status: true },
      /^Invalid `userIds` param: Value must be an array of at most 1000 IDs/,
    ],
  ])('refuses %j', async (body, message) => {
    await newUser({ userId: 'a' });
    const before = await everything();
    expectError(await patch(body), 'general_argument_invalid', { message });
    expect(await everything()).toBe(before);
  });
});
