import { createExecutionContext, env, waitOnExecutionContext } from 'cloudflare:test';
import { beforeAll, describe, expect, test } from 'vitest';
import worker from '../../src/index';
import { CLASSIC, requestOf } from '../support/api';
import { recordingD1 } from '../support/recordingD1';
import { rows } from '../support/rows';

/* Every list, with the largest rows that its endpoints let anybody store, and more of them than fit into 10 MB. */

const MOST = 10_000_000;

const TOO_LARGE = {
  message:
    'Invalid `queries` param: this page is larger than 10 MB. Ask for fewer rows with `limit`, or for fewer fields with `select`.',
  code: 400,
  type: 'general_argument_invalid',
  version: '1.9.6',
};

const numbers = (count: number) => JSON.stringify([...Array(count).keys()]);

/** The longest text of so many characters, in UTF-8. */
const longest = (characters: number) => '💩'.repeat(characters);

beforeAll(async () => {
  await rows(
    `INSERT INTO users (id, name, email, labels, prefs, created_at, updated_at)
     SELECT 'u' || value, ?2, iif(value % 2, value || '@' || ?3, NULL), iif(value < 300, ?4, '[]'), iif(value < 200, ?5, '{}'), value, value FROM json_each(?1)`,
    numbers(3000),
    longest(128),
    `${'x'.repeat(240)}.example`,
    JSON.stringify(Array.from({ length: 1000 }, (_, index) => String(index).padStart(36, 'x'))),
    // As objects these are some megabytes for each user.
    `{"a":[${'{},'.repeat(21_000)}{}]}`,
  );
  await rows(
    `INSERT INTO targets (id, user_seq, name, provider_type, provider_id, identifier, created_at, updated_at)
     SELECT 't' || seq || '-' || value, seq, ?3, 'push', ?4, seq || '-' || value || ?5, 1, 1
     FROM users CROSS JOIN json_each(?1) WHERE seq <= ?2`,
    numbers(100),
    70,
    longest(128),
    'x'.repeat(36),
    longest(240),
  );
  await rows(
    `INSERT INTO teams (id, name, prefs, created_at, updated_at)
     SELECT 'team' || value, ?2, ?3, 1, 1 FROM json_each(?1)`,
    numbers(200),
    longest(128),
    `{"a":"${'x'.repeat(65_000)}"}`,
  );
  await rows(
    `INSERT INTO memberships (id, team_seq, user_seq, roles, invited, joined, confirm, created_at, updated_at)
     SELECT 'm' || teams.seq || '-' || users.seq, teams.seq, users.seq, ?1, 1, 1, 1, 1, 1
     FROM teams CROSS JOIN users WHERE teams.seq = 1 OR users.seq = 1`,
    JSON.stringify(Array.from({ length: 100 }, (_, index) => `role${index}`.padEnd(32, 'x'))),
  );
}, 60_000);

/** An answer as it is sent, and what D1 was asked for it; `api()` would hold every row against the schema. */
async function get(path: string, headers: Record<string, string> = {}) {
  const { binding, trips, roundsOf } = recordingD1();
  const ctx = createExecutionContext();
  const answer = worker.fetch(requestOf(`GET ${path}`, { headers }), { ...env, DB: binding }, ctx);
  await roundsOf(answer);
  const bytes = new Uint8Array(await (await answer).arrayBuffer());
  await waitOnExecutionContext(ctx);
  expect(bytes.length).toBeLessThanOrEqual(MOST);
  const statements = trips.flat().map(({ query }) => query);
  return { status: (await answer).status, body: JSON.parse(new TextDecoder().decode(bytes)), statements };
}

const limit = (count: number) => `queries[]=limit(${count})`;
const select = (...fields: string[]) => `queries[]=select(${JSON.stringify(fields)})`;

test.each([
  ['/users', ''],
  ['/users', select('prefs')],
  ['/users', `${select('labels', 'name')}&queries[]=orderDesc("name")`],
  ['/users', `${select('targets')}&queries[]=startsWith("$id","u")`],
  ['/users', `${select('prefs')}&search=💩💩💩`],
  ['/teams', ''],
  ['/teams', `${select('prefs')}&search=team`],
  ['/teams/team0/memberships', ''],
  ['/teams/team0/memberships', select('roles')],
])('GET %s with %s is refused where it is more than 10 MB, naming limit and select', async (path, query) => {
  const { status, body } = await get(`${path}?${limit(5000)}&${query}`);
  expect(body).toEqual(TOO_LARGE);
  expect(status).toBe(400);
});

test.each([
  ['/users', select('name', 'email'), 'users', 3000],
  ['/users', select('status', 'registration'), 'users', 3000],
  ['/teams', select('name', 'total'), 'teams', 200],
  ['/teams/team0/memberships', select('userId', 'userName'), 'memberships', 3000],
  ['/users/u0/memberships', select('teamId', 'confirm'), 'memberships', 200],
])('GET %s with %s is answered, however large the rest is', async (path, query, name, count) => {
  const { status, body } = await get(`${path}?${limit(5000)}&${query}`);
  expect([status, body[name].length]).toEqual([200, count]);
});

test.each(['/users', '/teams', '/teams/team0/memberships', '/users/u0/memberships'])(
  'GET %s is answered with 25 rows, whatever they hold',
  async (path) => {
    const { status, body } = await get(`${path}?${limit(25)}`);
    expect([status, Object.values(body).flat().length]).toEqual([200, 26]);
  },
);

test('What a classic client is not told is not read for it: labels, targets, preferences of teams', async () => {
  const { status, statements } = await get('/teams?limit=100', CLASSIC);
  expect(status).toBe(200);
  expect(statements.join()).not.toMatch(/(?<!as )"prefs"/);
  const users = await get('/users?limit=1', CLASSIC);
  for (const column of ['labels', 'hash', 'password', 'hash_options', 'password_history'])
    expect(users.statements.join()).not.toMatch(new RegExp(`(?<!as )"${column}"`));
});

describe('Of a page of user agents that anybody chose', () => {
  test.each([
    ['/users/u1/logs', CLASSIC],
    ['/users/u1/logs', {}],
  ])('GET %s reads the first 250 different ones, each as often as it comes', async (path, headers) => {
    await rows('DELETE FROM activity');
    await rows(
      `INSERT INTO activity (user_seq, user_id, actor_type, actor_id, actor_name, event, resource_id, request_id, ip, user_agent, country_code, time)
       SELECT 2, 'u1', 'key', 'k', 'k', 'user.update', '', 'r', '', 'curl/' || iif(value % 2, 0, value + 2), '', 1 FROM json_each(?1)`,
      numbers(5000),
    );
    const { status, body } = await get(`${path}?${limit(5000)}`, headers);
    const read = body.logs.map(({ clientName }: { clientName: string }) => clientName);
    expect([status, read.length]).toEqual([200, 5000]);
    const others = read.filter((_: string, index: number) => index % 2 === 1);
    expect(others.filter((name: string) => name === 'curl')).toHaveLength(249);
    expect(read.filter((name: string) => name === 'curl')).toHaveLength(2500 + 249);
  });
});
