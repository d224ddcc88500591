import { describe, expect, test } from 'vitest';
import { api } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { expectError, expectInvalid } from '../support/expect';
import { newSession, newUser, withSession } from '../support/given';
import { row, rows } from '../support/rows';

stopClock();

const newToken = async (userId: string, body: Readonly<Record<string, unknown>> = {}) =>
  (await api(`POST /users/${userId}/tokens`, { body })).body.secret;
const signIn = (userId: string, secret: string) =>
  api('POST /account/sessions/token', { body: { userId, secret }, headers: { 'x-appwrite-key': null } });

describe('A one-time token', { timeout: 30_000 }, () => {
  test.each([4, 6, 128])('has the length that was asked for: %i', async (length) => {
    const user = await newUser();
    const secret = await newToken(user, { length });
    expect(secret).toMatch(new RegExp(`^[0-9a-f]{${length}}$`));
    expect(JSON.stringify(await rows('SELECT * FROM tokens'))).not.toContain(`"${secret}"`);
    expect((await signIn(user, secret)).body).toMatchObject({
      userId: user,
      provider: 'token',
      factors: ['token'],
    });
  });

  test.each([
    [{ length: 3 }, 'length', '4 and 128'],
    [{ length: 129 }, 'length', '4 and 128'],
    [{ expire: 59 }, 'expire', '60 and 31,536,000'],
    [{ expire: 31_536_001 }, 'expire', '60 and 31,536,000'],
  ])('is not made of %j', async (body, name, range) => {
    const before = await rows('SELECT * FROM tokens');
    const answer = await api(`POST /users/${await newUser()}/tokens`, { body });
    expectInvalid(answer, name, `Value must be a valid range between ${range}`);
    expect(await rows('SELECT * FROM tokens')).toEqual(before);
  });

  test('makes no second session', async () => {
    const user = await newUser();
    const secret = await newToken(user);
    expect((await signIn(user, secret)).status).toBe(201);
    expectError(await signIn(user, secret), 'user_invalid_token');
  });

  test('is over when its time is', async () => {
    const user = await newUser();
    const secrets = [await newToken(user, { expire: 60 }), await newToken(user, { expire: 60 })];
    passTime(59_999);
    expect((await signIn(user, secrets[0])).status).toBe(201);
    passTime(1);
    expectError(await signIn(user, secrets[1]), 'user_invalid_token');
  });

  test('is of its user alone, and of no later one with the same ID', async () => {
    const [user, other] = [await newUser(), await newUser()];
    const secret = await newToken(user);
    expectError(await signIn(other, secret), 'user_invalid_token');
    expectError(await signIn('nobody', secret), 'user_invalid_token');
    await api(`DELETE /users/${user}`);
    await api('POST /users', { body: { userId: user } });
    expectError(await signIn(user, secret), 'user_invalid_token');
  });

  test('that is wrong takes no session away, where the user has more than are allowed by now', async () => {
    const user = await newUser();
    const sessions = [await newSession(user), await newSession(user)];
    const body = { userId: user, secret: 'wrong' };
    const env = { SESSION_LIMIT: '1' };
    const answer = await api('POST /account/sessions/token', {
      body,
      headers: { 'x-appwrite-key': null },
      env,
    });
    expectError(answer, 'user_invalid_token');
    expect((await api(`GET /users/${user}/sessions`)).body.total).toBe(sessions.length);
  });

  test('that somebody could guess ends after five wrong tries, whoever makes them', async () => {
    for (const length of [4, 6, 15]) {
      const user = await newUser();
      const secrets = [await newToken(user, { length }), await newToken(user, { length })];
      for (let n = 0; n < 4; n++) {
        const headers = { 'x-appwrite-key': null, 'cf-connecting-ip': `198.51.${n}.1` };
        const body = { userId: user, secret: 'wrong' };
        expectError(await api('POST /account/sessions/token', { body, headers }), 'user_invalid_token');
      }
      expect((await signIn(user, secrets[0])).status).toBe(201);
      expectError(await signIn(user, 'wrong'), 'user_invalid_token');
      expectError(await signIn(user, secrets[1]), 'user_invalid_token');
      // Those that are made afterwards have tries of their own.
      expect((await signIn(user, await newToken(user, { length }))).status).toBe(201);
    }
  });

  test('that somebody could guess is no better guessed by many at once', async () => {
    const user = await newUser();
    const secret = await newToken(user);
    const guesses = [...Array(20).fill('wrong'), secret];
    const answers = await Promise.all(guesses.map((guess) => signIn(user, guess)));
    expect(answers.filter(({ status }) => status === 201)).toEqual([]);
    passTime(60_000);
    expectError(await signIn(user, secret), 'user_invalid_token');
  });

  test.each([16, 64])('that nobody could guess is not harmed by wrong tries: %i', async (length) => {
    const user = await newUser();
    const secret = await newToken(user, { length });
    for (let n = 0; n < 9; n++) await signIn(user, 'wrong');
    expect((await signIn(user, secret)).status).toBe(201);
  });

  test('is harmed neither by a right try of another one, nor by tries at another user', async () => {
    const [user, other] = [await newUser(), await newUser()];
    const secrets = [];
    for (let n = 0; n < 7; n++) secrets.push(await newToken(user));
    for (let n = 0; n < 6; n++) expectError(await signIn(other, 'wrong'), 'user_invalid_token');
    for (const secret of secrets) expect((await signIn(user, secret)).status).toBe(201);
  });

  test('gives way to the newest ten of its user', async () => {
    const [user, other] = [await newUser(), await newUser()];
    const theirs = await newToken(other);
    const secrets = [];
    for (let n = 0; n < 11; n++) secrets.push(await newToken(user));
    expectError(await signIn(user, secrets[0]), 'user_invalid_token');
    for (const secret of secrets.slice(1)) expect((await signIn(user, secret)).status).toBe(201);
    expect((await signIn(other, theirs)).status).toBe(201);
  });

  test('that is made while its user is blocked waits until it is not', async () => {
    const user = await newUser();
    await api(`PATCH /users/${user}/status`, { body: { status: false } });
    const secret = await newToken(user);
    expectError(await signIn(user, secret), 'user_blocked');
    await api(`PATCH /users/${user}/status`, { body: { status: true } });
    expect((await signIn(user, secret)).status).toBe(201);
    expect((await row('SELECT accessed_at FROM users WHERE id = ?', user)).accessed_at).toBe(Date.now());
  });

  const password = { password: 'another horse', oldPassword: 'correct horse' };
  const kept = { REVOKE_ON_PASSWORD_CHANGE: 'false' };
  test.each([
    ['a server deletes the sessions', (user: string) => api(`DELETE /users/${user}/sessions`)],
    [
      'its user signs out everywhere',
      async (user: string) =>
        api('DELETE /account/sessions', { headers: withSession((await newSession(user)).token) }),
    ],
    [
      'its user is blocked, and unblocked',
      async (user: string) => {
        await api(`PATCH /users/${user}/status`, { body: { status: false } });
        return api(`PATCH /users/${user}/status`, { body: { status: true } });
      },
    ],
    [
      'a server changes the password',
      (user: string) => api(`PATCH /users/${user}/password`, { body: password }),
    ],
    [
      'a server changes the password, and sessions stay',
      (user: string) => api(`PATCH /users/${user}/password`, { body: password, env: kept }),
    ],
    ['its user changes the password', (user: string) => changeOwn(user)],
    ['its user changes the password, and sessions stay', (user: string) => changeOwn(user, kept)],
  ])('ends when %s', async (_, revoke) => {
    const [user, other] = [await newUser({ password: 'correct horse' }), await newUser()];
    const secrets = [await newToken(user), await newToken(user)];
    const others = await newToken(other);
    expect((await revoke(user)).status).toBeLessThan(300);
    for (const secret of secrets) expectError(await signIn(user, secret), 'user_invalid_token');
    expect((await signIn(other, others)).status).toBe(201);
  });

  const changeOwn = async (user: string, env = {}) => {
    const headers = withSession((await newSession(user)).token);
    return api('PATCH /account/password', { headers, body: password, env });
  };

  test('stays when a change of the password is refused', async () => {
    const user = await newUser({ password: 'correct horse' });
    const secret = await newToken(user);
    const headers = withSession((await newSession(user)).token);
    const body = { password: 'another horse', oldPassword: 'a wrong horse' };
    expectError(await api('PATCH /account/password', { headers, body }), 'user_invalid_credentials');
    expect((await signIn(user, secret)).status).toBe(201);
  });
});
