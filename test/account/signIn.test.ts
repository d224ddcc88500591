import { describe, expect, test } from 'vitest';
import { api, CLASSIC } from '../support/api';
import { stopClock } from '../support/clock';
import { expectError } from '../support/expect';
import { freshId, newSession, newUser, withSession } from '../support/given';
import { row, rows } from '../support/rows';

stopClock();

const PASSWORD = 'correct horse';
const guest = { 'x-appwrite-key': null };

async function newMember(): Promise<{ user: string; email: string }> {
  const email = `${freshId('member')}@example.com`;
  return { user: await newUser({ email, password: PASSWORD, name: 'Member' }), email };
}

const signIn = (email: string, password = PASSWORD, headers: Record<string, string | null> = guest) =>
  api('POST /account/sessions/email', { body: { email, password }, headers });

const cookieOf = (answer: { headers: Headers }) => answer.headers.get('set-cookie')?.split(';')[0] ?? '';

describe('Signing in', () => {
  test('gives a browser a cookie out of reach of its scripts, and no secret', async () => {
    const { user, email } = await newMember();
    const answer = await signIn(email.toUpperCase());
    expect([answer.status, answer.body.userId, answer.body.current]).toEqual([201, user, true]);
    expect([answer.body.provider, answer.body.factors, answer.body.secret]).toEqual([
      'email',
      ['password'],
      '',
    ]);
    expect(answer.headers.get('set-cookie')).toMatch(
      /^__Host-a_session_default=\S+; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=None$/,
    );
    expect(answer.headers.get('x-fallback-cookies')).toBeNull();
    const account = await api('GET /account', { headers: { ...guest, cookie: cookieOf(answer) } });
    expect([account.body.$id, 'password' in account.body]).toEqual([user, false]);
  });

  test('gives a page of another site X-Fallback-Cookies too', async () => {
    const { user, email } = await newMember();
    const origin = 'https://app.example.com';
    const answer = await api('POST /account/sessions', {
      body: { email, password: PASSWORD },
      headers: { ...guest, ...CLASSIC, origin },
      env: { ALLOWED_ORIGINS: origin },
    });
    expect('secret' in answer.body).toBe(false);
    const fallback = answer.headers.get('x-fallback-cookies') ?? '';
    const headers = { ...guest, 'x-fallback-cookies': fallback };
    expect((await api('GET /account', { headers })).body.$id).toBe(user);
  });

  test('gives a server with an API key the secret, and no cookie', async () => {
    const { user, email } = await newMember();
    const answer = await signIn(email, PASSWORD, {});
    expect([answer.body.current, answer.headers.get('set-cookie')]).toEqual([false, null]);
    const account = await api('GET /account', { headers: withSession(answer.body.secret) });
    expect(account.body.$id).toBe(user);
  });

  test('tells a wrong password and an unknown address alike', async () => {
    const { email } = await newMember();
    expectError(await signIn(email, 'wrong horse'), 'user_invalid_credentials');
    expectError(await signIn('nobody@example.com'), 'user_invalid_credentials');
  });

  test('tells a blocked user by 403, by 401 in 0.15, and only who knows the password', async () => {
    const { user, email } = await newMember();
    await api(`PATCH /users/${user}/status`, { body: { status: false } });
    expectError(await signIn(email), 'user_blocked');
    expectError(await signIn(email, PASSWORD, { ...guest, ...CLASSIC }), 'user_blocked', { classic: true });
    expectError(await signIn(email, 'wrong horse'), 'user_invalid_credentials');
  });

  test('replaces a hash that is not of today, and only then', async () => {
    const { user, email } = await newMember();
    const hash = () => row('SELECT password, hash FROM users WHERE id = ?', user);
    const current = await hash();
    await signIn(email);
    expect(await hash()).toEqual(current);
    // MD5 of the password, as an import would leave it.
    await rows(
      'UPDATE users SET password = ?, hash = \'md5\', hash_options = \'{"type":"md5"}\' WHERE id = ?',
      '3cb4e732631f47e6eb961f34554b7cde',
      user,
    );
    expect((await signIn(email)).status).toBe(201);
    expect(await hash()).toEqual({ password: expect.stringMatching(/^\$argon2id\$/), hash: 'argon2' });
    expect((await signIn(email)).status).toBe(201);
  });
});

describe('A one-time token', () => {
  test('makes one session, however many come at once', async () => {
    const user = await newUser();
    const { body } = await api(`POST /users/${user}/tokens`, { body: { length: 64, expire: 60 } });
    const attempts = Array.from({ length: 8 }, () =>
      api('POST /account/sessions/token', { body: { userId: user, secret: body.secret }, headers: guest }),
    );
    const statuses = (await Promise.all(attempts)).map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array(7).fill(401)]);
  });
});

describe('A user that is signed in', () => {
  test('sees, extends and ends its own sessions', async () => {
    const user = await newUser();
    const [here, elsewhere] = [await newSession(user), await newSession(user)];
    const headers = withSession(here.token);
    const { body } = await api('GET /account/sessions', { headers });
    const currents = body.sessions.map(({ $id, current }: { $id: string; current: boolean }) => [
      $id,
      current,
    ]);
    expect(currents).toEqual([
      [here.id, true],
      [elsewhere.id, false],
    ]);
    expect((await api('PATCH /account/sessions/current', { headers })).body.$id).toBe(here.id);
    expect((await api(`DELETE /account/sessions/${elsewhere.id}`, { headers })).status).toBe(204);
    expect((await api('GET /account', { headers: withSession(elsewhere.token) })).status).toBe(401);
    expect((await api('DELETE /account/sessions/current', { headers })).status).toBe(204);
    expect((await api('GET /account/sessions/current', { headers })).status).toBe(401);
  });

  test('may use a JWT that dies with its session', async () => {
    const user = await newUser();
    const { id, token } = await newSession(user);
    const { body } = await api('POST /account/jwts', { headers: withSession(token) });
    const headers = { ...guest, 'x-appwrite-jwt': body.jwt };
    expect((await api('GET /account', { headers })).body.$id).toBe(user);
    await api(`DELETE /users/${user}/sessions/${id}`);
    expect((await api('GET /account', { headers })).status).toBe(401);
  });

  test('ends its other sessions by a new password', async () => {
    const { user, email } = await newMember();
    const here = (await signIn(email, PASSWORD, {})).body.secret;
    const elsewhere = await newSession(user);
    const body = { password: 'better horse', oldPassword: PASSWORD };
    expect((await api('PATCH /account/password', { body, headers: withSession(here) })).status).toBe(200);
    expect((await api('GET /account', { headers: withSession(here) })).status).toBe(200);
    expect((await api('GET /account', { headers: withSession(elsewhere.token) })).status).toBe(401);
    expect((await signIn(email, 'better horse')).status).toBe(201);
  });
});

test.each([
  '',
  'nonsense',
  btoa('{}'),
  btoa('{"id":1,"secret":2}'),
  btoa('{"id":"a","secret":"b"}'),
  'x'.repeat(5000),
  '😀',
])('The session %j is nobody’s, and no error of ours', async (token) => {
  const headers = { ...guest, 'x-appwrite-session': encodeURIComponent(token) };
  expect((await api('GET /account', { headers })).status).toBe(401);
});
