import { beforeEach, describe, expect, test } from 'vitest';
import { errorsOf } from '../../src/http/openapi';
import { api } from '../support/api';
import { type AppEndpoint, namedEndpoints, toApi, validCall } from '../support/calls';
import { passTime, stopClock } from '../support/clock';
import { expectError } from '../support/expect';
import { freshId, newSession, newUser, spendBudget, withSession } from '../support/given';
import { newToken, signInWithTokenAt, times, tryInVain } from '../support/guessing';
import { emptyStores, eventsOf, everything, row } from '../support/rows';

stopClock();
beforeEach(emptyStores);

const extend = (headers: Record<string, string | null>) =>
  api('PATCH /account/sessions/current', { headers });

async function newMember() {
  const user = await newUser();
  const { token } = await newSession(user);
  return { user, token, headers: withSession(token) };
}

describe('What a user writes itself', { timeout: 30_000 }, () => {
  test('is sixty at once and one more a second; the answer beyond says when', async () => {
    const { headers } = await newMember();
    expect(await tryInVain(60, () => extend(headers))).toEqual(times(60, 200));
    const before = await everything();
    const refused = await extend(headers);
    expectError(refused, 'general_rate_limit_exceeded');
    expect(Object.fromEntries(refused.headers)).toMatchObject({
      'retry-after': '1',
      'x-ratelimit-limit': '60',
      'x-ratelimit-remaining': '0',
    });
    expect(await everything()).toBe(before);
    passTime(999);
    expect((await extend(headers)).status).toBe(429);
    passTime(1);
    expect(await tryInVain(2, () => extend(headers))).toEqual([200, 429]);
    passTime(60_000);
    expect(await tryInVain(61, () => extend(headers))).toEqual([...times(60, 200), 429]);
  });

  test('is no more when it comes all at once, or with several sessions and JWTs', async () => {
    const { user, headers } = await newMember();
    const { body } = await api(`POST /users/${user}/jwts`, { body: {} });
    const asJwt = { 'x-appwrite-key': null, 'x-appwrite-jwt': body.jwt };
    const other = withSession((await newSession(user)).token);
    const { sessions } = (await api(`GET /users/${user}/sessions`)).body;
    const calls = Array.from({ length: 90 }, (_, n) =>
      n % 3 === 0
        ? api(`PATCH /account/sessions/${sessions[0].$id}`, { headers: asJwt })
        : extend(n % 3 === 1 ? other : headers),
    );
    const statuses = (await Promise.all(calls)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(60);
    expect(statuses.filter((status) => status === 429)).toHaveLength(30);
  });

  test('is spent by no other user, and by no server', async () => {
    const { user, headers } = await newMember();
    for (let n = 0; n < 70; n++) await api(`PATCH /users/${user}/prefs`, { body: { prefs: { n } } });
    expect((await extend(headers)).status).toBe(200);
    await spendBudget(user);
    expect((await api(`PATCH /users/${user}/prefs`, { body: { prefs: {} } })).status).toBe(200);
    expect((await extend((await newMember()).headers)).status).toBe(200);
  });

  test('is spent neither by signing in nor by signing out, which stay free when it is spent', async () => {
    const { user } = await newMember();
    for (let n = 0; n < 70; n++)
      expect((await signInWithTokenAt(null, user, await newToken(user))).status).toBe(201);
    const { token } = await newSession(user);
    expect((await extend(withSession(token))).status).toBe(200);
    await spendBudget(user);
    const again = await signInWithTokenAt(null, user, await newToken(user));
    expect(again.status).toBe(201);
    const ended = await api('DELETE /account/sessions/current', { headers: withSession(token) });
    expect(ended.status).toBe(204);
    expect((await eventsOf(user)).at(-1)).toBe('session.delete');
  });

  test('is spent once by a request, however many rows it writes', async () => {
    const user = await newUser({ password: 'correct horse' });
    const { token } = await newSession(user);
    for (let n = 0; n < 5; n++) await newSession(user);
    const body = { password: 'another horse', oldPassword: 'correct horse' };
    expect((await api('PATCH /account/password', { headers: withSession(token), body })).status).toBe(200);
    expect(await row('SELECT spent_until FROM budgets')).toEqual({ spent_until: Date.now() + 1000 });
  });

  test('is spent by requests that call themselves the same, too', async () => {
    const { headers } = await newMember();
    const same = { ...headers, 'cf-ray': 'always-the-same-ray' };
    for (let n = 0; n < 60; n++) {
      passTime(1);
      expect((await extend(same)).status).toBe(200);
    }
    passTime(1);
    expect((await extend(same)).status).toBe(429);
  });

  test('is forgotten with its user', async () => {
    const { user, headers } = await newMember();
    await extend(headers);
    await api(`DELETE /users/${user}`);
    expect(await row('SELECT count(*) AS budgets FROM budgets')).toEqual({ budgets: 0 });
  });
});

/** Calls that users make for themselves and that are no mere reading. */
const own = namedEndpoints.filter(([, { scopes, method }]) => scopes.includes('account') && method !== 'GET');

/** Those that a spent budget does not stop: what they do is no writing that can go on for ever. */
const free: readonly string[] = [
  'DELETE /account/sessions',
  'DELETE /account/sessions/:sessionId',
  // Nothing of them is stored.
  'POST /account/jwts',
  'POST /account/jwt',
];

test.each(own.filter(([name]) => !free.includes(name)))('%s is within the budget', async (_, endpoint) => {
  const { answer, before } = await callWithoutBudget(endpoint);
  expectError(answer, 'general_rate_limit_exceeded');
  expect(await everything()).toBe(before);
  expect(errorsOf(endpoint)).toContain('general_rate_limit_exceeded');
});

test.each(own.filter(([name]) => free.includes(name)))('%s needs none', async (_, endpoint) => {
  const { answer, before } = await callWithoutBudget(endpoint);
  expect(answer.status).toBe(endpoint.status);
  // That the user was seen is noted all the same.
  const seen = /"(accessed_at|used_at)":(null|\d+)/g;
  if (endpoint.event === null) expect((await everything()).replace(seen, '')).toBe(before.replace(seen, ''));
});

/** Makes a valid call of a user that has spent its budget. */
async function callWithoutBudget(endpoint: AppEndpoint) {
  const valid = await validCall(endpoint);
  await spendBudget(valid.about ?? freshId('whose'));
  const before = await everything();
  return { before, answer: await api(...toApi(endpoint, valid)) };
}
