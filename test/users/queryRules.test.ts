import { createExecutionContext, env, waitOnExecutionContext } from 'cloudflare:test';
import { beforeAll, describe, expect, test } from 'vitest';
import worker from '../../src/index';
import { api, CLASSIC, requestOf } from '../support/api';
import { expectError } from '../support/expect';
import { newKey, newUser } from '../support/given';
import { ARGON2_HASH } from '../support/models';
import { recordingD1 } from '../support/recordingD1';

const json = (method: string, attribute?: string, values?: unknown[]) =>
  JSON.stringify({ method, attribute, values });

const asked = (...queries: string[]) =>
  `GET /users?${new URLSearchParams(queries.map((query) => ['queries[]', query]))}`;

const USERS = 1000;

beforeAll(async () => {
  // Half of them have no e-mail, no phone and no name, and as many as that are active, verified, and so on.
  await env.DB.prepare(
    `INSERT INTO users (id, name, email, phone, status, email_verification, phone_verification, impersonator, mfa,
       password_update, accessed_at, created_at, updated_at)
     SELECT 'u' || value, iif(value % 2, '', 'Name ' || (value % 7)), iif(value % 2, NULL, value || '@rules.example'),
       iif(value % 2, '+49' || (value + 1000000), NULL), value % 2, value % 2, value % 2, value % 2, value % 2,
       iif(value % 2, NULL, value), iif(value % 2, NULL, value), value / 3, value / 3
     FROM json_each(?)`,
  )
    .bind(JSON.stringify([...Array(USERS).keys()]))
    .run();
});

/** What a request sent to D1, but for what goes on after its answer. */
async function sent(route: string): Promise<{ query: string; values: readonly unknown[] }[]> {
  const { binding, trips, roundsOf } = recordingD1();
  const ctx = createExecutionContext();
  const answer = worker.fetch(requestOf(route, {}), { ...env, DB: binding }, ctx);
  await roundsOf(answer);
  expect((await answer).status).toBe(200);
  await waitOnExecutionContext(ctx);
  return trips.flat().filter(({ query }) => !query.startsWith('insert into "usage"'));
}

describe('A page in the order of an attribute', () => {
  const orders = ['name', 'email', 'phone', 'status', 'passwordUpdate', 'registration', 'emailVerification'];
  const more = ['phoneVerification', 'impersonator', 'mfa', 'accessedAt', '$id', '$createdAt', '$updatedAt'];

  test.each([...orders, ...more, '$sequence'])(
    '%s reads about as many rows as it has, wherever it is',
    async (name) => {
      for (const order of ['orderAsc', 'orderDesc']) {
        for (const cursor of [
          [],
          [json('cursorAfter', undefined, ['u500'])],
          [json('cursorBefore', undefined, ['u501'])],
        ]) {
          const statements = await sent(asked(json(order, name), json('limit', undefined, [10]), ...cursor));
          expect(statements).toHaveLength(2);
          for (const { query, values } of statements) {
            const { meta } = await env.DB.prepare(query)
              .bind(...values)
              .run();
            expect(meta.rows_read, `${order}(${name}) ${cursor}: ${query}`).toBeLessThan(150);
          }
        }
      }
    },
  );
});

describe('The number of queries and their length', () => {
  test('is 100 of 4,096 characters each', async () => {
    const longest = (more: number) =>
      `equal("name", ["${'💩'.repeat(4096 - 'equal("name", [""])'.length + more)}"])`;
    expect((await api(asked(...Array(100).fill('limit(1)')))).body.users).toHaveLength(1);
    expect((await api(asked(longest(0)))).body).toEqual({ total: 0, users: [] });
    expectError(await api(asked(...Array(101).fill('limit(1)'))), 'general_argument_invalid', {
      message: 'Invalid `queries` param: at most 100 queries are allowed, there are 101.',
    });
    expectError(await api(asked('limit(1)', longest(1))), 'general_argument_invalid', {
      message:
        /^Invalid `queries` param: Invalid query: A query can't be longer than 4096 characters\. \(queries\[1\]: equal\("name", .*\)$/,
    });
  });
});

describe('total=false', () => {
  test('counts nothing', async () => {
    const route = asked(json('equal', 'status', [true]), json('limit', undefined, [1]));
    const counting = async (more: string) =>
      (await sent(route + more)).filter(({ query }) => query.includes('count(*)')).length;
    expect([await counting(''), await counting('&total=false')]).toEqual([1, 0]);
    expect((await api(`${route}&total=false`)).body).toMatchObject({ total: 0, users: [{ status: true }] });
  });

  test('of an unfiltered list asks no counter', async () => {
    const statements = await sent('GET /users?limit=1&total=false');
    expect(statements.filter(({ query }) => query.includes('"counters"'))).toEqual([]);
  });
});

describe('select', () => {
  const select = (...fields: string[]) =>
    asked(json('select', undefined, fields), json('limit', undefined, [1]));

  test('answers the fields of all its queries, and always the ID', async () => {
    const { body } = await api(`${select('name')}&queries[]=select(["status","prefs"])`);
    expect(body.users).toEqual([{ $id: 'u0', name: 'Name 0', status: false, prefs: {} }]);
  });

  test('reads targets only where they are asked for', async () => {
    const readsTargets = async (route: string) =>
      (await sent(route)).some(({ query }) => query.includes('FROM targets'));
    expect(await readsTargets('GET /users?limit=1')).toBe(true);
    expect(await readsTargets(select('name', 'targets'))).toBe(true);
    expect(await readsTargets(select('name'))).toBe(false);
    const user = await newUser({ email: 'selected@example.com' });
    const route = asked(json('select', undefined, ['targets']), json('equal', '$id', [user]));
    expect((await api(route)).body.users).toMatchObject([
      { $id: user, targets: [{ providerType: 'email' }] },
    ]);
  });

  test('of everything is everything', async () => {
    const [whole, all] = [await api('GET /users?limit=1'), await api(select('*'))];
    expect(all.body.users).toEqual(whole.body.users);
  });

  test('answers a classic client in its own form, without what it does not know', async () => {
    const { body } = await api(select('registration', 'labels'), { headers: CLASSIC });
    expect(body.users).toEqual([{ $id: 'u0', registration: 0 }]);
  });

  test('shows no hash to a key that may not see any', async () => {
    const { secret } = await newKey(['users.read']);
    const user = await newUser({ password: 'long enough' });
    const route = asked(json('select', undefined, ['password']), json('equal', '$id', [user]));
    const { body } = await api(route, { headers: { 'x-appwrite-key': secret } });
    expect(body.users).toEqual([{ $id: user, password: null }]);
    const [shown] = (await api(route)).body.users;
    expect(shown).toEqual({ $id: user, password: expect.stringMatching(ARGON2_HASH) });
  });

  test.each(['nonsense', 'seq', 'passwordHistory', '__proto__'])('of %s is refused', async (field) => {
    expectError(await api(select('name', field)), 'general_argument_invalid', {
      message: `Invalid \`queries\` param: Invalid query: Attribute not found in schema: ${field} (queries[0]: select)`,
    });
  });
});
