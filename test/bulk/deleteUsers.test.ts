import { env } from 'cloudflare:test';
import { beforeEach, describe, expect, test } from 'vitest';
import { api } from '../support/api';
import { expectError } from '../support/expect';
import { faultyStores, refusing } from '../support/faults';
import {
  newIdentity,
  newMembership,
  newSession,
  newTarget,
  newTeam,
  newUser,
  withSession,
} from '../support/given';
import { importRows } from '../support/importing';
import { emptyStores, everything, rows } from '../support/rows';
import { cron } from '../support/worker';

beforeEach(emptyStores);

const remove = (body: object, call = {}) => api('DELETE /users', { body, ...call });
const startsWith = (start: string) =>
  JSON.stringify({ method: 'startsWith', attribute: '$id', values: [start] });
const ids = async () => (await rows('SELECT id FROM users ORDER BY seq')).map(({ id }) => id);

/** So many users, through an import. */
async function crowd(count: number): Promise<string[]> {
  const made = Array.from({ length: count }, (_, i) => `u${i}`);
  for (let i = 0; i < count; i += 1_000)
    await importRows(made.slice(i, i + 1_000).map((userId) => ({ userId })));
  return made;
}

/** A user of whom there is something wherever there can be, made by calls from an address of its own. */
async function newPerson(userId: string) {
  await newUser({ userId, email: `${userId}@example.com`, phone: null, password: 'correct horse' });
  await newTarget(userId);
  await newIdentity(userId);
  await newMembership(await newTeam(), userId);
  await api(`POST /users/${userId}/tokens`, { body: {} });
  const { token } = await newSession(userId);
  await api('GET /account', { headers: withSession(token) });
  const person = { 'x-appwrite-key': null, 'cf-connecting-ip': '203.0.113.77', 'user-agent': 'Zebedee/7.7' };
  const body = { email: `${userId}@example.com`, password: 'wrong horse' };
  await api('POST /account/sessions/email', { body, headers: person });
  await api('POST /account/sessions/email', {
    body: { ...body, password: 'correct horse' },
    headers: person,
  });
  return token;
}

/** What is left in the tables, but for numbers of rows and times. */
async function left(): Promise<unknown[]> {
  const tables = [
    'users',
    'targets',
    'identities',
    'memberships',
    'tokens',
    'authenticators',
    'recovery_codes',
    'challenges',
    'failures',
    'networks',
  ];
  const counts = [];
  for (const table of tables) counts.push((await rows(`SELECT count(*) AS n FROM ${table}`))[0]?.n);
  const activity = await rows(
    'SELECT event, user_id, actor_type, actor_name, ip, user_agent, country_code FROM activity ORDER BY seq',
  );
  const totals = await rows('SELECT total FROM teams');
  const { keys } = await env.SESSIONS.list();
  return [counts, activity, totals, keys.length];
}

describe('DELETE /users', () => {
  test('does all that single deletions do', async () => {
    const people = ['a', 'b'];
    const states = [];
    for (const isBulk of [false, true]) {
      await emptyStores();
      const tokens = [];
      for (const userId of people) tokens.push(await newPerson(userId));
      const other = await newSession(await newUser());
      if (isBulk) expect((await remove({ userIds: people })).body).toEqual({ total: 2, remaining: 0 });
      else for (const userId of people) await api(`DELETE /users/${userId}`, { body: {} });
      for (const token of tokens)
        expect((await api('GET /account', { headers: withSession(token) })).status).toBe(401);
      expect((await api('GET /account', { headers: withSession(other.token) })).status).toBe(200);
      await cron();
      states.push(JSON.stringify(sorted(await left())).replaceAll(/user-\d+/g, 'user'));
    }
    expect(states[1]).toBe(states[0]);
    expect(states[1]).not.toContain('Zebedee');
    expect(await rows('SELECT * FROM selections')).toEqual([]);
  });

  test('deletes by filters what a dry run has counted', async () => {
    await crowd(5);
    await newUser({ userId: 'stays' });
    const body = { queries: [startsWith('u')] };
    const before = await everything();
    expect((await remove({ ...body, dryRun: true })).body).toEqual({ total: 5 });
    expect(await everything()).toBe(before);
    expect((await remove({ ...body, confirm: 5 })).body).toEqual({ total: 5, remaining: 0 });
    expect(await ids()).toEqual(['stays']);
  });

  test('needs the count, and the right one', async () => {
    await crowd(3);
    const body = { queries: [startsWith('u')] };
    const before = await everything();
    const message =
      'Param "confirm" is not optional beside queries: the number of users that a dry run tells.';
    expectError(await remove(body), 'general_argument_invalid', { message });
    for (const confirm of [0, 2, 4]) {
      expectError(await remove({ ...body, confirm }), 'user_count_changed', {
        message: 'The filters find 3 users now, and not as many as was confirmed.',
      });
    }
    expect(await everything()).toBe(before);
    await newUser({ userId: 'u-new' });
    expectError(await remove({ ...body, confirm: 3 }), 'user_count_changed', { message: /find 4 users/ });
    expect(await ids()).toHaveLength(4);
  });

  test('goes on by the same call, until somebody else changes the count', async () => {
    await crowd(2_300);
    const body = { queries: [startsWith('u')], confirm: 2_300 };
    expect((await remove(body)).body).toEqual({ total: 1_000, remaining: 1_300 });
    await newUser({ userId: 'u-new' });
    expectError(await remove(body), 'user_count_changed', { message: /find 1301 users/ });
    await api('DELETE /users/u-new', { body: {} });
    expect((await remove(body)).body).toEqual({ total: 1_000, remaining: 300 });
    expect((await remove({ ...body, confirm: 300 })).body).toEqual({ total: 300, remaining: 0 });
    expect(await ids()).toEqual([]);
  });

  test('answers the same call again where its last answer was lost', async () => {
    await crowd(2);
    const body = { queries: [startsWith('u')], confirm: 2 };
    expect((await remove(body)).body).toEqual({ total: 2, remaining: 0 });
    expect((await remove(body)).body).toEqual({ total: 0, remaining: 0 });
  });

  test('takes IDs that are nobody for done', async () => {
    await crowd(2);
    expect((await remove({ userIds: ['u0', 'nobody'] })).body).toEqual({ total: 1, remaining: 0 });
    expect((await remove({ userIds: ['u0', 'nobody'] })).body).toEqual({ total: 0, remaining: 0 });
    expect(await ids()).toEqual(['u1']);
  });

  test('erases long activity by and by', async () => {
    await newUser({ userId: 'a' });
    await rows(
      `INSERT INTO activity (user_seq, user_id, event, actor_type, actor_id, actor_name, ip, user_agent, country_code, request_id, time)
       SELECT users.seq, users.id, 'user.update', 'user', '', 'Zebedee', '203.0.113.7', 'Zebedee', 'NZ', 'z', 1
       FROM users, json_each('[' || rtrim(replace(hex(zeroblob(100)), '00', '0,'), ',') || ']')`,
    );
    const personal = async () =>
      (await rows("SELECT 1 FROM activity WHERE ip <> '' OR user_agent <> ''")).length;
    await remove({ userIds: ['a'] });
    expect(await personal()).toBeGreaterThan(0);
    await cron();
    expect(await personal()).toBe(0);
  });

  test('deletes nobody where its transaction fails', async () => {
    await crowd(2);
    const before = await everything();
    const answer = await remove(
      { userIds: ['u0', 'u1'] },
      { env: faultyStores(refusing(/d1.batch/)).stores },
    );
    expect(answer.status).toBeGreaterThanOrEqual(500);
    expect(await everything()).toBe(before);
  });

  test.each([
    [{}, 'At least one of userIds, or a filter in queries, is required: nothing is done to everybody.'],
    [
      { confirm: 2 },
      'At least one of userIds, or a filter in queries, is required: nothing is done to everybody.',
    ],
    [{ queries: ['limit(1)'], confirm: 1 }, /limit can't be used here/],
    [{ queries: ['search("name", "a")', 'orderDesc("")'], confirm: 1 }, /orderDesc can't be used here/],
  ])('refuses %j, and deletes nobody', async (body, message) => {
    await crowd(2);
    expectError(await remove(body), 'general_argument_invalid', { message });
    expect(await ids()).toHaveLength(2);
  });

  test('forgets by itself that a deletion could go on', async () => {
    await crowd(1);
    await remove({ queries: [startsWith('u')], confirm: 1 });
    await rows('UPDATE confirmations SET expire = 1');
    await cron();
    expect(await rows('SELECT * FROM confirmations')).toEqual([]);
  });
});

/** Rows of the log of one moment come in no order. */
function sorted(state: unknown[]): unknown[] {
  return state.map((part) => (Array.isArray(part) ? part.map((one) => JSON.stringify(one)).sort() : part));
}
