import { env } from 'cloudflare:test';
import { beforeAll, describe, expect, test } from 'vitest';
import { measured } from '../bench/support/measuredD1';
import { maintain } from '../src/cron';
import { api, type Call } from './support/api';
import { freshPhone } from './support/calls';
import { freshId, newSession, newUser } from './support/given';
import { rows } from './support/rows';

/*
 * What D1 bills and its one writer does: rows, in tables and indexes, what triggers write among them. They follow from the
 * statements alone, so each call has a number that it never passes; docs/costs.md has the same ones.
 */

/** Makes a call; returns the rows that it wrote, those after the answer included. */
async function written(route: string, call: Call = {}): Promise<number> {
  const { env: counted, cost } = measured(env);
  const answer = await api(route, { ...call, env: counted });
  expect(answer.status, answer.text).toBeLessThan(300);
  return cost.rowsWritten;
}

const person = (fields: object = {}) => ({
  body: { userId: freshId('person'), email: `${freshId('mail')}@example.com`, name: 'Ada', ...fields },
});

// Not the first of anything: of each kind there is a row, as in life.
beforeAll(async () => {
  await newSession(await newUser({ email: 'first@example.com' }));
});

describe('Rows that a call writes', () => {
  test.each<[string, number, () => Promise<[route: string, call?: Call]>]>([
    ['POST /users, e-mail', 12, async () => ['POST /users', person()]],
    ['POST /users, e-mail and phone', 13, async () => ['POST /users', person({ phone: freshPhone() })]],
    [
      'POST /users, e-mail and password',
      13,
      async () => ['POST /users', person({ password: 'correct horse' })],
    ],
    ['POST /users, nothing', 12, async () => ['POST /users', { body: { userId: freshId() } }]],
    [
      'PATCH name',
      6,
      async () => [`PATCH /users/${await newUser(person().body)}/name`, { body: { name: 'Countess' } }],
    ],
    [
      'POST /teams/{id}/memberships, a new e-mail',
      24,
      async () => {
        const teamId = freshId('team');
        await api('POST /teams', { body: { teamId, name: 'Team' } });
        return [
          `POST /teams/${teamId}/memberships`,
          { body: { email: `${freshId('mail')}@example.com`, roles: [] } },
        ];
      },
    ],
    ['PATCH prefs', 4, async () => [`PATCH /users/${await newUser()}/prefs`, { body: { prefs: { a: 1 } } }]],
    ['POST /users/{id}/sessions', 8, async () => [`POST /users/${await newUser()}/sessions`, { body: {} }]],
    [
      'ending a session, the newest of all',
      5,
      async () => {
        const user = await newUser();
        return [`DELETE /users/${user}/sessions/${(await newSession(user)).id}`];
      },
    ],
    [
      'ending a session',
      4,
      async () => {
        const user = await newUser();
        const { id } = await newSession(user);
        await newSession(user);
        return [`DELETE /users/${user}/sessions/${id}`];
      },
    ],
    [
      'deleting a target that is told',
      3,
      async () => {
        const user = await newUser(person().body);
        const [{ $id }] = (await api(`GET /users/${user}/targets`)).body.targets;
        return [`DELETE /users/${user}/targets/${$id}`];
      },
    ],
  ])('%s: %i at most', async (_, most, make) => {
    const [route, call] = await make();
    expect(await written(route, call)).toBeLessThanOrEqual(most);
  });

  test('ending 1,000 sessions: 4 at most for each, and what is left to the cron trigger', async () => {
    const user = await newUser();
    await rows(
      `INSERT INTO sessions (id, user_seq, secret_hash, provider, factors, expire, used_at, created_at, updated_at)
       SELECT 'many' || value, (SELECT seq FROM users WHERE id = ?), 'many' || value, 'server', '[]', ?, 1, 1, 1 FROM json_each(?)`,
      user,
      Date.now() + 1e9,
      JSON.stringify([...Array(1000).keys()]),
    );
    const live = async () => (await rows('SELECT id FROM sessions WHERE revoked_at IS NULL')).length;
    const total = async () => (await api('GET /users/usage')).body.sessionsTotal;
    const before = await live();
    expect(await total()).toBe(before);
    expect(await written(`DELETE /users/${user}/sessions`)).toBeLessThanOrEqual(4 * 1000);
    expect([await live(), await total()]).toEqual([before - 1000, before - 1000]);
    for (let runs = 0; runs < 3; runs++) await maintain(env, Date.now());
    expect(await rows("SELECT id FROM sessions WHERE id LIKE 'many%'")).toEqual([]);
    expect(await total()).toBe(before - 1000);
  }, 60_000);

  test('an import of 1,000 users in one statement: as many for each as one takes, and no more', async () => {
    const people = [...Array(1000).keys()].map((n) => ({
      id: `import${n}`,
      email: `import${n}@example.com`,
    }));
    const { meta } = await env.DB.prepare(
      `INSERT INTO users (id, email, name, name_key, stored_targets, created_at, updated_at)
       SELECT value ->> 'id', value ->> 'email', '', '', 0, 1, 1 FROM json_each(?)`,
    )
      .bind(JSON.stringify(people))
      .run();
    expect(meta.rows_written).toBeLessThanOrEqual(10 * 1000 + 10);
  });
});
