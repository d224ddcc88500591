import { describe, expect, test } from 'vitest';
import { api } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { expectError } from '../support/expect';
import { faultyStores, refusing } from '../support/faults';
import { newSession, newUser, withSession } from '../support/given';

stopClock();

const withJwt = (jwt: string) => ({ 'x-appwrite-key': null, 'x-appwrite-jwt': jwt });
const account = (jwt: string) => api('GET /account', { headers: withJwt(jwt) });
const jwtOf = async (user: string, body: Readonly<Record<string, unknown>> = {}) =>
  (await api(`POST /users/${user}/jwts`, { body })).body.jwt;

const ends = {
  'its session is deleted': (user: string) => api(`DELETE /users/${user}/sessions`),
  'its user is blocked': (user: string) => api(`PATCH /users/${user}/status`, { body: { status: false } }),
  'its user is deleted': (user: string) => api(`DELETE /users/${user}`),
};

describe('A JWT of a session', () => {
  test.each(Object.entries(ends))('ends at once when %s', async (_, end) => {
    const user = await newUser();
    const { token } = await newSession(user);
    const { body } = await api('POST /account/jwts', { headers: withSession(token) });
    const recent = await jwtOf(user, { sessionId: 'recent' });
    for (const jwt of [body.jwt, recent]) expect((await account(jwt)).body.$id).toBe(user);
    await end(user);
    for (const jwt of [body.jwt, recent])
      expectError(await account(jwt), 'general_unauthorized_scope', { message: /guests/ });
  });

  test('is refused where D1 can’t be asked: 503, not 401', async () => {
    const user = await newUser();
    await newSession(user);
    const jwt = await jwtOf(user, { sessionId: 'recent' });
    const { stores } = faultyStores(refusing(/d1/));
    expectError(
      await api('GET /account', { headers: withJwt(jwt), env: stores }),
      'general_service_unavailable',
    );
  });
});

describe('A JWT without a session', () => {
  test('ends when its user is blocked or deleted, and is none of a later user of the same ID', async () => {
    const [blocked, deleted] = [await newUser(), await newUser()];
    const jwts = [await jwtOf(blocked), await jwtOf(deleted)];
    expect((await account(jwts[0])).body.$id).toBe(blocked);
    await api(`PATCH /users/${blocked}/status`, { body: { status: false } });
    await api(`DELETE /users/${deleted}`);
    passTime(1_000);
    await api('POST /users', { body: { userId: deleted } });
    for (const jwt of jwts) expect((await account(jwt)).status).toBe(401);
  });
});

test('A JWT is over when its time is: 15 minutes, or what was asked for', async () => {
  const user = await newUser();
  const [usual, short] = [await jwtOf(user), await jwtOf(user, { duration: 60 })];
  passTime(59_000);
  expect((await account(short)).status).toBe(200);
  passTime(2_000);
  expectError(await account(short), 'user_jwt_invalid', {
    message: 'Failed to verify JWT. Token has expired',
  });
  passTime(838_000);
  expect((await account(usual)).status).toBe(200);
  passTime(2_000);
  expectError(await account(usual), 'user_jwt_invalid', {
    message: 'Failed to verify JWT. Token has expired',
  });
});

test('A JWT that was signed with another key, or with none, is nobody’s', async () => {
  const jwt = await jwtOf(await newUser());
  const [head, claims] = jwt.split('.');
  const unsigned = `${btoa('{"alg":"none","typ":"JWT"}').replace(/=+$/, '')}.${claims}.`;
  for (const forged of [unsigned, `${head}.${claims}.AAAA`, `${head}.${claims}`]) {
    expectError(await account(forged), 'user_jwt_invalid', { message: /Token is malformed or not ours$/ });
  }
  const rotated = { headers: withJwt(jwt), env: { ROOT_API_KEY: 'another-root-key-of-the-tests-0002' } };
  expectError(await api('GET /account', rotated), 'user_jwt_invalid', { message: /not ours$/ });
});
