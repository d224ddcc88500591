import { beforeEach, describe, expect, test } from 'vitest';
import { endpoints } from '../../src/app';
import { api, type Call } from '../support/api';
import { type AppEndpoint, nameOf, toApi, validCall } from '../support/calls';
import { expectError } from '../support/expect';
import { faultyStores, holding } from '../support/faults';
import { newKey, newSession, newUser, withSession } from '../support/given';
import { emptyStores, eventsOf, everything, row, rows } from '../support/rows';

/*
 * A user with the capability `impersonator` reads the directory. No key without `users.read` may come to be that user.
 */

beforeEach(emptyStores);

/** What lets somebody in as a user, or makes it easier. */
const ENTRANCES = [
  'POST /users/:userId/sessions',
  'POST /users/:userId/tokens',
  'POST /users/:userId/jwts',
  'PATCH /users/:userId/password',
  'PATCH /users/:userId/email',
  'PATCH /users/:userId/phone',
  'PATCH /users/:userId/verification',
  'PATCH /users/:userId/verification/phone',
  'POST /users/:userId/targets',
  'PATCH /users/:userId/targets/:targetId',
  'POST /users/:userId/identities',
  'DELETE /users/:userId/mfa/authenticators/:type',
  'PATCH /users/:userId/mfa/recovery-codes',
  'PUT /users/:userId/mfa/recovery-codes',
];

/** The same, by what is asked for; asked for the opposite, they let nobody in. */
const SWITCHES: Readonly<Record<string, readonly [opens: object, closes: object]>> = {
  'PATCH /users/:userId/status': [{ status: true }, { status: false }],
  'PATCH /users/:userId/mfa': [{ mfa: false }, { mfa: true }],
  'PATCH /users/:userId/impersonator': [{ impersonator: true }, { impersonator: false }],
};

/** What lets nobody in. */
const OTHERS = [
  'DELETE /users/:userId',
  'PATCH /users/:userId/name',
  'PUT /users/:userId/labels',
  'PATCH /users/:userId/prefs',
  'DELETE /users/:userId/targets/:targetId',
  'DELETE /users/:userId/sessions',
  'DELETE /users/:userId/sessions/:sessionId',
];

const changesOfUsers = endpoints.filter(
  ({ method, path }) => method !== 'GET' && path.startsWith('/users/:userId'),
);
const endpointOf = (name: string): AppEndpoint => {
  const found = endpoints.find((endpoint) => nameOf(endpoint) === name);
  if (found === undefined) throw new Error(`no endpoint ${name}`);
  return found;
};

const capable = (userId: string, impersonator = true) =>
  rows('UPDATE users SET impersonator = ? WHERE id = ?', Number(impersonator), userId);

const by = ({ secret }: { secret: string }) => ({ 'x-appwrite-key': secret });

/** A valid call of an endpoint about a user; `body` instead of the usual one. */
async function callOf(name: string, body?: object) {
  const endpoint = endpointOf(name);
  const valid = await validCall(endpoint);
  const [route, call] = toApi(endpoint, { ...valid, ...(body === undefined ? {} : { body: { ...body } }) });
  const { userId = '' } = valid.params ?? {};
  return { route, userId, status: endpoint.status, send: (more: Call) => api(route, { ...call, ...more }) };
}

test('Every change of a user is known either to let somebody in or not to', () => {
  const known = [...ENTRANCES, ...Object.keys(SWITCHES), ...OTHERS].sort();
  const advice =
    'Add what is new to ENTRANCES of this file if it lets somebody in as the user (its handler then uses `changeEntrance` or `mayEnter`), else to OTHERS';
  expect(changesOfUsers.map(nameOf).sort(), advice).toEqual(known);
});

const entrances = [
  ...ENTRANCES.map((name) => [name, undefined] as const),
  ...Object.entries(SWITCHES).map(([name, [opens]]) => [name, opens] as const),
];

describe.each(entrances)('%s %j of a user that may act as others', (name, body) => {
  const refusal = { message: /\(`impersonator`\).* also takes the scope \["users\.read"\]/ };
  const scope = name.includes('/sessions') ? 'sessions.write' : 'users.write';

  test('is refused to a key without users.read, and nothing is written', async () => {
    const call = await callOf(name, body);
    await capable(call.userId);
    // Its last use is noted at most once an hour.
    const key = await newKey([scope, 'teams.write', 'keys.write'], { accessedAt: Date.now() });
    const before = await everything();
    const answer = await call.send({ headers: by(key) });
    expect(answer.status, `${name} lets such a key through: use changeEntrance or mayEnter`).toBe(401);
    expectError(answer, 'general_unauthorized_scope', refusal);
    expect(await everything()).toBe(before);
  });

  test('is refused where the capability comes at the last moment before', async () => {
    const call = await callOf(name, body);
    const key = await newKey([scope]);
    const { fault, isHolding, release } = holding(/d1.batch/);
    const answer = call.send({ headers: by(key), env: faultyStores(fault).stores });
    await Promise.race([isHolding, answer]);
    await capable(call.userId);
    release();
    expectError(await answer, 'general_unauthorized_scope', refusal);
  });

  test('is allowed with users.read', async () => {
    const call = await callOf(name, body);
    await capable(call.userId);
    const answer = await call.send({ headers: by(await newKey([scope, 'users.read'])) });
    expect(answer.status, answer.text).toBe(call.status);
  });
});

test.each([
  ...OTHERS.map((name) => [name, undefined] as const),
  ...Object.entries(SWITCHES).map(([name, [, closes]]) => [name, closes] as const),
])('%s %j lets nobody in, so it takes no other scope', async (name, body) => {
  const call = await callOf(name, body);
  await capable(call.userId);
  const answer = await call.send({ headers: by(await newKey(['users.write', 'sessions.write'])) });
  expect(answer.status, answer.text).toBe(call.status);
});

describe('What a key without users.read made for a user before it may act as others', () => {
  const directory = (headers: Call['headers'] = {}) => api('GET /users', { headers });
  const KINDS: Readonly<
    Record<string, (userId: string, key: { secret: string }) => Promise<Call['headers']>>
  > = {
    session: async (userId, key) => {
      const { body } = await api(`POST /users/${userId}/sessions`, { headers: by(key), body: {} });
      return withSession(body.secret);
    },
    token: async (userId, key) => {
      const { secret } = (await api(`POST /users/${userId}/tokens`, { headers: by(key), body: {} })).body;
      const answer = await api('POST /account/sessions/token', { body: { userId, secret } });
      return withSession(answer.body.secret);
    },
    "JWT of the user's own session": async (userId, key) => {
      const { id: sessionId } = await newSession(userId);
      const { body } = await api(`POST /users/${userId}/jwts`, { headers: by(key), body: { sessionId } });
      return { 'x-appwrite-key': null, 'x-appwrite-jwt': body.jwt };
    },
  };

  test.each(Object.entries(KINDS))(
    'ends with that, and never opens the directory: a %s',
    async (kind, make) => {
      const user = await newUser();
      const headers = (await make(user, await newKey(['users.write', 'sessions.write']))) ?? {};
      expect((await api('GET /account', { headers })).body.$id).toBe(user);
      await api(`PATCH /users/${user}/impersonator`, { body: { impersonator: true } });
      // A JWT says of itself whose it is; what that may do is asked of D1.
      const who = kind.startsWith('JWT') ? `${user} (role: users)` : 'User (role: guests)';
      const message = `${who} missing scopes (["users.read"])`;
      expectError(await api('GET /users', { headers }), 'general_unauthorized_scope', { message });
      for (const [route, body] of [
        ['GET /account', undefined],
        ['PATCH /account/password', { password: 'correct horse' }],
        ['POST /account/jwts', {}],
      ] as const) {
        expectError(await api(route, { headers, body }), 'general_unauthorized_scope', { message: /guests/ });
      }
      const as = { ...headers, 'x-appwrite-impersonate-user-id': await newUser() };
      expect((await api('GET /account', { headers: as })).status).toBe(401);
      expect((await row('SELECT password FROM users WHERE id = ?', user)).password).toBeNull();
    },
  );

  test('ends with that: a token that nobody used yet', async () => {
    const user = await newUser();
    const key = await newKey(['users.write']);
    const { secret } = (await api(`POST /users/${user}/tokens`, { headers: by(key), body: {} })).body;
    await api(`PATCH /users/${user}/impersonator`, { body: { impersonator: true } });
    const answer = await api('POST /account/sessions/token', { body: { userId: user, secret } });
    expectError(answer, 'user_invalid_token');
  });

  test.each(Object.entries(KINDS))('opens it where the key has users.read: a %s', async (_, make) => {
    const user = await newUser();
    const headers = await make(user, await newKey(['users.write', 'users.read']));
    await api(`PATCH /users/${user}/impersonator`, { body: { impersonator: true } });
    expect((await directory(headers)).status).toBe(200);
    expect(await eventsOf(user)).not.toContain('session.delete');
  });

  test('is of no matter to the session that the user makes by its password', async () => {
    const email = 'support@example.com';
    const user = await newUser({ email, password: 'correct horse' });
    await KINDS.session?.(user, await newKey(['sessions.write']));
    await api(`PATCH /users/${user}/impersonator`, { body: { impersonator: true } });
    const body = { email, password: 'correct horse' };
    const { secret } = (await api('POST /account/sessions/email', { body })).body;
    expect((await directory(withSession(secret))).status).toBe(200);
  });
});
