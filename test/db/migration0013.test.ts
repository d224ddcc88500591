import { env } from 'cloudflare:test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../support/api';
import { migrate, migrateBefore } from '../support/migrations';
import { row, rows } from '../support/rows';

const USERS = 100_000;
const CHUNK = 5_000;

/** A directory as version 0012 left it: users with their targets, some of which were changed, a log, sessions. */
async function fill(): Promise<void> {
  for (let from = 0; from < USERS; from += CHUNK) {
    const numbers = `WITH RECURSIVE n(i) AS (SELECT ${from + 1} UNION ALL SELECT i + 1 FROM n WHERE i < ${from + CHUNK})`;
    await env.DB.batch([
      env.DB.prepare(
        `INSERT INTO users (id, name, name_key, email, phone, created_at, updated_at) ${numbers}
         SELECT 'u' || i, '', '', i || '@x.y', iif(i % 10 = 0, '+491510' || (1000000 + i), NULL), i, i FROM n`,
      ),
      env.DB.prepare(
        `INSERT INTO activity (user_seq, user_id, event, actor_type, actor_id, actor_name, ip, user_agent, country_code, request_id, time)
         ${numbers} SELECT i, 'u' || i, 'user.create', 'key', 'root', '', '', '', '', '', ? FROM n`,
      ).bind(Date.now()),
    ]);
  }
  await rows(
    `INSERT INTO sessions (id, user_seq, secret_hash, provider, factors, expire, created_at, updated_at)
     SELECT value, value, value, 'server', '[]', ?, 1, 1 FROM json_each('[1,2,3,4]')`,
    Date.now() + 1e9,
  );
  await rows('UPDATE sessions SET revoked_at = 5, updated_at = 5 WHERE seq = 3');
  await rows("DELETE FROM targets WHERE identifier = '7@x.y'");
  await rows("UPDATE users SET email = 'moved@x.y', updated_at = 9 WHERE id = 'u8'");
  await rows("DELETE FROM users WHERE id IN ('u9', 'u100000')");
}

const sumOf = (name: string) => row('SELECT sum(value) AS value FROM usage WHERE metric = ?', name);

interface Before {
  readonly targets: unknown;
  readonly usage: unknown;
}
const before: { state?: Before } = {};
const stateOf = async (): Promise<Before> => ({
  targets: await row(
    'SELECT count(*) AS count, sum(seq) AS seqs, group_concat(id) AS ids FROM (SELECT seq, id FROM targets ORDER BY seq DESC LIMIT 5000)',
  ),
  usage: [await sumOf('user.create'), await sumOf('session.create.server')],
});

beforeAll(async () => {
  await migrateBefore('0013');
  await fill();
  before.state = await stateOf();
  await migrate();
}, 180_000);

// By dropping the tables: to delete so many rows, whose triggers look after each, would take the next file its time.
afterAll(async () => {
  await migrateBefore('0001');
  await migrate();
}, 60_000);

test('A filled database goes over: targets keep their IDs, totals and usage their numbers', async () => {
  expect(await stateOf()).toEqual(before.state);
  const { body } = await api('GET /users/usage');
  expect([body.usersTotal, body.sessionsTotal]).toEqual([USERS - 2, 3]);
  expect(body.users.at(-1).value).toBe(USERS);
  expect((await api('GET /users?limit=1')).body.total).toBe(USERS - 2);
  const targetsOf = async (id: string) => (await api(`GET /users/${id}`)).body.targets;
  const [stored] = await rows("SELECT id FROM targets WHERE identifier = '50@x.y'");
  expect(await targetsOf('u50')).toMatchObject([
    { $id: stored?.id, identifier: '50@x.y' },
    { identifier: '+4915101000050' },
  ]);
  expect([await targetsOf('u7'), await targetsOf('u8')]).toMatchObject([[], [{ identifier: 'moved@x.y' }]]);
});

test('What was there is changed, ended and deleted as before, and what is new is counted', async () => {
  const [{ $id }] = (await api('GET /users/u60/targets')).body.targets;
  expect((await api('PATCH /users/u60/email', { body: { email: 'next@x.y' } })).status).toBe(200);
  expect((await api('GET /users/u60/targets')).body.targets[0]).toMatchObject({
    $id,
    identifier: 'next@x.y',
  });
  expect((await api('DELETE /users/u1/sessions')).status).toBe(204);
  expect((await api('DELETE /users/u70')).status).toBe(204);
  const made = await api('POST /users', { body: { userId: 'new', email: 'new@x.y' } });
  expect(made.body.targets).toMatchObject([{ identifier: 'new@x.y' }]);
  expect(await rows("SELECT id FROM targets WHERE identifier IN ('new@x.y', '70@x.y')")).toEqual([]);
  const taken = { userId: 'other', email: 'next@x.y' };
  expect((await api('POST /users', { body: taken })).status).toBe(409);
  const { body } = await api('GET /users/usage');
  expect([body.usersTotal, body.sessionsTotal]).toEqual([USERS - 2, 2]);
});
