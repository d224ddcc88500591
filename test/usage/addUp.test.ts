import { env } from 'cloudflare:test';
import { beforeEach, expect, test } from 'vitest';
import { maintain } from '../../src/cron';
import { api, CLASSIC } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { newSession, newUser, signedIn } from '../support/given';
import { emptyStores, row, rows } from '../support/rows';

stopClock();
beforeEach(emptyStores);

interface Point {
  readonly value: number;
}

/** But for reads, which are counted otherwise. */
const usage = async (query = '') => {
  const { usersRead: _, ...body } = (await api(`GET /users/usage?range=24h${query}`, { headers: CLASSIC }))
    .body;
  return body;
};
const sum = (points: readonly Point[]) => points.reduce((total, { value }) => total + value, 0);

/** So many lines of the log, each of a user that was made. */
const fill = (count: number, request = '') =>
  rows(
    `INSERT INTO activity (user_seq, user_id, event, actor_type, actor_id, actor_name, ip, user_agent, country_code, request_id, time)
     SELECT 0, '', 'user.create', 'key', '', '', '', '', '', ?, ? FROM json_each(?)`,
    request,
    Date.now(),
    JSON.stringify([...Array(count).keys()]),
  );
const mark = async () =>
  (await row("SELECT coalesce(max(value), 0) AS value FROM totals WHERE name = 'activity'")).value;

test('Usage is the same before it is added up and after, by event, provider and half hour', async () => {
  const [first, second] = [await newUser(), await newUser()];
  await newSession(first);
  await signedIn(second);
  passTime(60 * 60_000);
  await api(`PATCH /users/${first}/name`, { body: { name: 'Ada' } });
  await api(`DELETE /users/${first}/sessions`);
  await newSession(second);
  const all = async () => [await usage(), await usage('&provider=server'), await usage('&provider=token')];
  const before = await all();
  expect([sum(before[1].sessionsProviderCreate), sum(before[2].sessionsProviderCreate)]).toEqual([2, 1]);
  expect(await rows('SELECT * FROM usage WHERE metric LIKE ?', 'session.%')).toEqual([]);
  await maintain(env, Date.now());
  expect(await all()).toEqual(before);
  expect(await rows('SELECT * FROM usage WHERE metric LIKE ?', 'session.create.%')).toHaveLength(3);
  await maintain(env, Date.now());
  expect(await all()).toEqual(before);
  await newSession(second);
  expect(sum((await usage('&provider=server')).sessionsProviderCreate)).toBe(3);
});

test('Usage is added up every thousand lines without the cron trigger, but not what a request is writing', async () => {
  await fill(2_400);
  expect([sum((await usage()).usersCreate), await mark()]).toEqual([2_400, 2_000]);
  await fill(700, 'a request');
  expect([sum((await usage()).usersCreate), await mark()]).toEqual([3_100, 2_400]);
  await maintain(env, Date.now());
  expect([sum((await usage()).usersCreate), await mark()]).toEqual([3_100, 3_100]);
});

test('A line that is removed has counted, added up or not; lines that get its number count for themselves', async () => {
  await fill(5);
  await rows('DELETE FROM activity WHERE seq = (SELECT max(seq) FROM activity)');
  await maintain(env, Date.now());
  await fill(2);
  await rows('DELETE FROM activity');
  await fill(3);
  expect(sum((await usage()).usersCreate)).toBe(10);
  await maintain(env, Date.now());
  expect(sum((await usage()).usersCreate)).toBe(10);
});

test('Lines past their retention are added up before they go', async () => {
  await fill(20);
  passTime(2 * 24 * 60 * 60_000);
  const forgetful = { ...env, ACTIVITY_RETENTION_DAYS: '1' };
  await maintain(forgetful, Date.now());
  await maintain(forgetful, Date.now());
  expect((await rows('SELECT 1 FROM activity')).length).toBe(1);
  expect(sum((await api('GET /users/usage?range=7d', { headers: CLASSIC })).body.usersCreate)).toBe(20);
});

test('A session is found to be finished though its revocation was added up while the log grew', async () => {
  const user = await newUser();
  for (let i = 0; i < 5; i++) await newSession(user);
  const refusing = new Proxy(env.SESSIONS, {
    get: (target, name) =>
      name === 'delete'
        ? () => Promise.reject(new Error('KV is out'))
        : Reflect.get(target, name).bind(target),
  });
  const last = Number((await row('SELECT max(seq) AS last FROM activity')).last);
  await fill(997 - last);
  // Its five lines are 998 to 1,002.
  expect((await api(`DELETE /users/${user}/sessions`, { env: { SESSIONS: refusing } })).status).toBe(204);
  await fill(1_000);
  expect((await usage()).sessionsDelete.at(-1)).toMatchObject({ value: 5 });
  await maintain(env, Date.now());
  expect([await rows('SELECT id FROM sessions'), (await env.SESSIONS.list()).keys]).toEqual([[], []]);
});
