import { describe, expect, test } from 'vitest';
import { api } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { expectError } from '../support/expect';
import { faultyStores, refusing } from '../support/faults';
import { freshId, newSession, newUser, withSession } from '../support/given';
import { activityOf } from '../support/rows';

stopClock();

const PASSWORD = 'correct horse';
const guest = { 'x-appwrite-key': null };

async function newMember() {
  const email = `${freshId('newcomer')}@example.com`;
  const user = await newUser({ email, password: PASSWORD });
  return { user, email, ...(await newSession(user)) };
}

const signIn = (email: string, headers: Record<string, string | null>) =>
  api('POST /account/sessions/email', { body: { email, password: PASSWORD }, headers });

describe('A client that shows a session', () => {
  test('may not sign in while it lives', async () => {
    const { email, token } = await newMember();
    expectError(await signIn(email, withSession(token)), 'user_session_already_exists');
  });

  test('may at once when it has ended, even if KV still has a copy of it', async () => {
    const { user, email, id, token } = await newMember();
    const { stores } = faultyStores(refusing(/kv.delete/));
    await api(`DELETE /users/${user}/sessions/${id}`, { env: stores });
    expect((await api('GET /account/sessions/current', { headers: withSession(token) })).status).toBe(200);
    expect((await signIn(email, withSession(token))).status).toBe(201);
    // Nobody did it in the name of the session that had ended.
    expect((await activityOf(user)).at(-1)).toMatchObject({ event: 'session.create', actor_id: '' });
  });

  test('may use a one-time token then, too', async () => {
    const { user, id, token } = await newMember();
    const { stores } = faultyStores(refusing(/kv.delete/));
    await api(`DELETE /users/${user}/sessions/${id}`, { env: stores });
    const { body } = await api(`POST /users/${user}/tokens`, { body: {} });
    const call = { body: { userId: user, secret: body.secret }, headers: withSession(token) };
    expect((await api('POST /account/sessions/token', call)).status).toBe(201);
  });
});

describe('The secret for scripts, X-Fallback-Cookies,', () => {
  const origin = 'https://app.test';
  const signInFrom = async (headers: Record<string, string>) => {
    const { email } = await newMember();
    const call = { body: { email, password: PASSWORD }, headers: { ...guest, ...headers } };
    return api('POST /account/sessions/email', { ...call, env: { ALLOWED_ORIGINS: origin } });
  };

  test.each([
    ['a page of another site', { origin, 'sec-fetch-site': 'cross-site' }, true],
    ['a page of our site on another host', { origin, 'sec-fetch-site': 'same-site' }, false],
    ['a page of our own', { origin: 'https://api.test', 'sec-fetch-site': 'same-origin' }, false],
    ['a page of another origin in a browser that tells no more', { origin }, true],
    ['no page at all', {}, false],
  ])('is for %s: %j', async (_, headers, expected) => {
    const answer = await signInFrom(headers);
    expect(answer.headers.get('x-fallback-cookies') !== null).toBe(expected);
    const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';');
    expect((await api('GET /account', { headers: { ...guest, cookie } })).status).toBe(200);
  });

  test('is taken away by signing out', async () => {
    const { token } = await newMember();
    const headers = { ...guest, origin, 'x-fallback-cookies': JSON.stringify({ a_session_default: token }) };
    const env = { ALLOWED_ORIGINS: origin };
    const answer = await api('DELETE /account/sessions/current', { headers, env });
    expect([answer.status, answer.headers.get('x-fallback-cookies')]).toEqual([204, '[]']);
    const cleared = answer.headers.getSetCookie();
    expect(cleared.map((cookie) => cookie.split('=')[0])).toEqual([
      '__Host-a_session_default',
      'a_session_default',
      'a_session_default_legacy',
    ]);
    for (const cookie of cleared)
      expect(cookie).toMatch(
        /^[\w-]+=; Path=\/; Expires=Thu, 01 Jan 1970 .*; HttpOnly; Secure; SameSite=None$/,
      );
    expect((await api('GET /account', { headers, env })).status).toBe(401);
  });

  test.each(['', '[]', 'null', '1', '{', '{"a_session_default":1}', '{"a_session_default":{}}', '"é"'])(
    'is nobody’s, and no error of ours, as %j',
    async (value) => {
      const headers = { ...guest, 'x-fallback-cookies': value };
      expect((await api('GET /account', { headers })).status).toBe(401);
    },
  );

  test.each(['a_session_default=%', 'a_session_default=%FF', 'a_session_default', '=;;=', '\u00ff=\u00ff'])(
    'and the cookie too, as %j',
    async (cookie) => {
      expect((await api('GET /account', { headers: { ...guest, cookie } })).status).toBe(401);
    },
  );
});

test('A session that is extended is extended in the browser too, where the cookie showed it', async () => {
  const { token } = await newMember();
  const cookie = `a_session_default=${encodeURIComponent(token)}`;
  const extend = (headers: Record<string, string>) =>
    api('PATCH /account/sessions/current', { headers: { ...guest, ...headers } });
  passTime(60_000);
  const [set = ''] = (await extend({ cookie })).headers.getSetCookie();
  expect(set).toMatch(/^__Host-a_session_default=[^;]{20,}; /);
  const expires = new Date(Date.now() + 365 * 86_400_000).toUTCString();
  expect(set).toContain(`Expires=${expires}`);
  const [shown = ''] = set.split(';');
  expect((await api('GET /account', { headers: { ...guest, cookie: shown } })).status).toBe(200);
  expect((await extend({ 'x-appwrite-session': token })).headers.getSetCookie()).toEqual([]);
  const { body } = await api('POST /account/jwts', { headers: withSession(token) });
  const stale = await extend({ cookie: 'a_session_default=stale', 'x-appwrite-jwt': body.jwt });
  expect([stale.status, stale.headers.getSetCookie()]).toEqual([200, []]);
});
