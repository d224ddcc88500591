import { env } from 'cloudflare:test';
import { parse } from 'csv-parse/sync';
import { beforeEach, describe, expect, test } from 'vitest';
import { api } from '../support/api';
import { expectError, expectExactly, expectInvalid } from '../support/expect';
import {
  newIdentity,
  newKey,
  newMembership,
  newSession,
  newTarget,
  newTeam,
  newUser,
} from '../support/given';
import { emptyStores, eventsOf, rows } from '../support/rows';

beforeEach(emptyStores);

const query = (...queries: readonly object[]) =>
  queries.map((one) => `&queries[]=${encodeURIComponent(JSON.stringify(one))}`).join('');

async function exported(parameters = '', headers = {}): Promise<Record<string, unknown>[]> {
  const answer = await api(`GET /users/export?${parameters}`, { headers });
  expect(answer.status, answer.text).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/x-ndjson; charset=UTF-8');
  return answer.text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

const ids = async (parameters = '') => (await exported(parameters)).map(({ userId }) => userId);

/** So many users, made quickly. */
const crowd = (count: number, prefs = '{}') =>
  env.DB.prepare(
    `INSERT INTO users (id, name, name_key, prefs, created_at, updated_at)
     SELECT 'crowd-' || key, 'Name ' || key, 'name ' || key, ?, 1000 + key, 1000 + key
     FROM json_each('[' || rtrim(replace(hex(zeroblob(?)), '00', '0,'), ',') || ']')`,
  )
    .bind(prefs, count)
    .run();

describe('GET /users/export', () => {
  test('tells all of a user, in the form that an import takes', async () => {
    const userId = await newUser({
      email: 'ada@example.com',
      phone: '+4915100000001',
      name: 'Ada Lovelace',
      password: 'correct horse',
    });
    await api(`PUT /users/${userId}/labels`, { body: { labels: ['vip'] } });
    await api(`PATCH /users/${userId}/prefs`, { body: '{"prefs":{"big":12345678901234567890}}' });
    const targetId = await newTarget(userId, { identifier: 'token', name: 'Phone' });
    const identityId = await newIdentity(userId, { providerUid: 'gh-1', providerEmail: 'ada@github.test' });
    const teamId = await newTeam('Analysts');
    const membershipId = await newMembership(teamId, userId, { roles: ['owner', 'editor'] });
    const answer = await api('GET /users/export');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="users.ndjson"');
    expect(answer.text).toContain('"prefs":{"big":12345678901234567890}');
    const user = (await api(`GET /users/${userId}`)).body;
    expectExactly(JSON.parse(answer.text), {
      userId,
      email: 'ada@example.com',
      phone: '+4915100000001',
      name: 'Ada Lovelace',
      hash: user.password,
      algorithm: 'argon2',
      hashOptions: user.hashOptions,
      passwordUpdate: user.passwordUpdate,
      status: true,
      labels: ['vip'],
      prefs: user.prefs,
      emailVerification: false,
      phoneVerification: false,
      mfa: false,
      impersonator: false,
      registration: user.registration,
      accessedAt: null,
      targets: [
        {
          targetId,
          providerType: 'push',
          identifier: 'token',
          providerId: null,
          name: 'Phone',
          expired: false,
        },
      ],
      identities: [{ identityId, provider: 'github', providerUid: 'gh-1', providerEmail: 'ada@github.test' }],
      memberships: [
        { membershipId, teamId, teamName: 'Analysts', roles: ['owner', 'editor'], confirm: true },
      ],
    });
  });

  test('tells the target of an own address once something of it was changed', async () => {
    const userId = await newUser({ email: 'ada@example.com' });
    expect((await exported())[0]?.targets).toEqual([]);
    const [target] = (await api(`GET /users/${userId}`)).body.targets;
    await api(`PATCH /users/${userId}/targets/${target.$id}`, { body: { name: 'Work' } });
    expect((await exported())[0]?.targets).toMatchObject([{ identifier: 'ada@example.com', name: 'Work' }]);
  });

  test('tells hashes to those alone who may see them', async () => {
    await newUser({ password: 'correct horse' });
    const key = await newKey(['users.read']);
    const [row] = await exported('', { 'x-appwrite-key': key.secret });
    expect(Object.keys(row ?? {}).filter((name) => /hash|algorithm/.test(name))).toEqual([]);
    const both = await newKey(['users.read', 'users.hashes.read']);
    const [whole] = await exported('', { 'x-appwrite-key': both.secret });
    expect(whole?.hash).toMatch(/^\$argon2id\$/);
  });

  test('streams all of a directory in order of creation, page after page', async () => {
    await crowd(1_203);
    const all = await ids();
    expect(all).toEqual(Array.from({ length: 1_203 }, (_, i) => `crowd-${i}`));
  });

  test('streams users that take much, each once', async () => {
    await crowd(60, JSON.stringify({ text: 'x'.repeat(60_000) }));
    expect(await ids()).toEqual(Array.from({ length: 60 }, (_, i) => `crowd-${i}`));
  });

  test('goes on behind any row', async () => {
    await crowd(700);
    expect(await ids(query({ method: 'cursorAfter', values: ['crowd-698'] }))).toEqual(['crowd-699']);
    expect(await ids(query({ method: 'cursorAfter', values: ['crowd-699'] }))).toEqual([]);
    expect((await ids(query({ method: 'cursorAfter', values: ['crowd-9'] }))).length).toBe(690);
  });

  test('leaves out what filters, search and limit leave out, and fields that are not asked for', async () => {
    await crowd(30);
    const between = query(
      { method: 'greaterThanEqual', attribute: '$createdAt', values: ['1970-01-01T00:00:01.010Z'] },
      { method: 'limit', values: [3] },
      { method: 'select', values: ['name', '$createdAt'] },
    );
    expect(await exported(between)).toEqual(
      [10, 11, 12].map((i) => ({
        userId: `crowd-${i}`,
        name: `Name ${i}`,
        registration: `1970-01-01T00:00:01.0${i}+00:00`,
      })),
    );
    expect(await ids('search=name%2027')).toEqual(['crowd-27']);
    expect(await ids('search=nobody')).toEqual([]);
  });

  test.each([
    ['orderDesc', { method: 'orderDesc', attribute: 'name' }],
    ['orderRandom', { method: 'orderRandom' }],
    ['offset', { method: 'offset', values: [1] }],
    ['cursorBefore', { method: 'cursorBefore', values: ['a'] }],
  ])('refuses %s, since it has an order of its own', async (method, asked) => {
    const rule = `${method} can't be used here: all rows that the filters leave are taken, in the order of their creation.`;
    expectInvalid(await api(`GET /users/export?${query(asked)}`), 'queries', rule);
  });

  test('refuses a cursor that names nobody, as an error and no file', async () => {
    const answer = await api(`GET /users/export?${query({ method: 'cursorAfter', values: ['nobody'] })}`);
    expectError(answer, 'general_cursor_not_found', {
      message: "User 'nobody' for the 'cursor' value not found.",
    });
    expect(answer.headers.has('content-disposition')).toBe(false);
  });

  test('wins over a user of that ID, which nobody can have any more', async () => {
    await rows("INSERT INTO users (id, created_at, updated_at) VALUES ('export', 1, 1)");
    expect(await ids()).toEqual(['export']);
    for (const userId of ['export']) {
      expectInvalid(
        await api('POST /users', { body: { userId } }),
        'userId',
        `"${userId}" is a fixed part of this API's paths and can't be an ID. Choose another one.`,
      );
    }
  });
});

describe('GET /users/export?format=csv', () => {
  test('writes what a spreadsheet takes for a formula as text, and quotes by the rule', async () => {
    const userId = await newUser({ name: '=HYPERLINK("https://evil.test","a"),b', phone: '+4915100000001' });
    const answer = await api('GET /users/export?format=csv');
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=UTF-8');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="users.csv"');
    const [row] = parse(answer.text, { columns: true });
    expect(row).toMatchObject({
      userId,
      name: '\'=HYPERLINK("https://evil.test","a"),b',
      phone: "'+4915100000001",
      email: '',
      status: 'true',
      labels: '[]',
      prefs: '{}',
    });
    expect(answer.text.split('\r\n')).toHaveLength(3);
  });

  test('has its names where there is nobody', async () => {
    expect((await api('GET /users/export?format=csv')).text).toMatch(
      /^userId,email,phone,name,.*memberships\r\n$/,
    );
  });
});

describe('GET /users/{userId}/export', () => {
  test('tells all that is kept about one person', async () => {
    const userId = await newUser({ email: 'ada@example.com', password: 'correct horse' });
    await newUser({ email: 'other@example.com' });
    const targetId = await newTarget(userId);
    const identityId = await newIdentity(userId);
    const teamId = await newTeam();
    const membershipId = await newMembership(teamId, userId);
    const session = await newSession(userId);
    const token = (await api(`POST /users/${userId}/tokens`, { body: {} })).body;
    const answer = await api(`GET /users/${userId}/export`);
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="user-${userId}.json"`);
    const { user, targets, identities, memberships, sessions, tokens, logs, ...others } = answer.body;
    expect(user).toEqual((await api(`GET /users/${userId}`)).body);
    expect(targets).toEqual((await api(`GET /users/${userId}/targets`)).body.targets);
    expect(targets.map(({ $id }: { $id: string }) => $id)).toContain(targetId);
    expect(identities).toMatchObject([{ $id: identityId }]);
    expect(memberships).toMatchObject([{ $id: membershipId, teamId }]);
    expect(sessions).toEqual((await api(`GET /users/${userId}/sessions`)).body.sessions);
    expect(tokens).toMatchObject([{ $id: token.$id, expire: token.expire }]);
    expect(logs.map(({ event }: { event: string }) => event)).toEqual(await eventsOf(userId));
    expect(others).toEqual({ authenticators: [], recoveryCodes: 0, networks: [], actions: [] });
    expect(answer.text).not.toContain(session.token);
    expect(answer.text).not.toContain(token.secret);
  });

  test('tells a long log whole, oldest first', async () => {
    const userId = await newUser();
    for (let i = 0; i < 6; i++) {
      await rows(
        `INSERT INTO activity (user_seq, user_id, event, actor_type, actor_id, actor_name, ip, user_agent, country_code, request_id, time)
         SELECT user_seq, user_id, 'user.update', 'key', 'k', 'K', '', '', '', '', time + 1 FROM activity LIMIT 100`,
      );
    }
    const { logs } = (await api(`GET /users/${userId}/export`)).body;
    const stored = await rows('SELECT event FROM activity ORDER BY seq');
    expect(logs.length).toBe(stored.length);
    expect(logs.length).toBeGreaterThan(60);
  });

  test('is nothing of nobody', async () => {
    expectError(await api('GET /users/nobody/export'), 'user_not_found');
  });
});
