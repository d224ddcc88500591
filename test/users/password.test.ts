import { describe, expect, test } from 'vitest';
import { verifyPassword } from '../../src/passwords';
import { api, CLASSIC } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { expectAnswer, expectError, expectInvalid, expectMissing } from '../support/expect';
import { newSession, newUser, withSession } from '../support/given';
import { ARGON2_HASH, ARGON2_OPTIONS, classicUser, LATER, modernUser } from '../support/models';
import { activityOf, eventsOf, row } from '../support/rows';

stopClock();

const RULE = 'Password must be between 8 and 256 characters long.';

/** Whether a user's stored hash is one of this password. */
async function isPasswordOf(userId: string, password: string): Promise<boolean> {
  const { password: hash } = await row('SELECT password FROM users WHERE id = ?', userId);
  return verifyPassword(password, { hash: String(hash), algorithm: 'argon2', options: ARGON2_OPTIONS });
}

describe('PATCH /users/{userId}/password', () => {
  test('answers the user in the modern dialect, with its new hash', async () => {
    const id = await newUser();
    passTime(60_000);
    const answer = await api(`PATCH /users/${id}/password`, { body: { password: 'correct horse' } });
    expectAnswer(
      answer,
      200,
      modernUser({
        $id: id,
        $updatedAt: LATER.iso,
        password: expect.stringMatching(ARGON2_HASH),
        hashOptions: ARGON2_OPTIONS,
        passwordUpdate: LATER.iso,
      }),
    );
  });

  test('answers the user in the classic dialect, without any hash', async () => {
    const id = await newUser();
    passTime(60_000);
    const body = { password: 'correct horse' };
    const answer = await api(`PATCH /users/${id}/password`, { body, headers: CLASSIC });
    expectAnswer(
      answer,
      200,
      classicUser({ $id: id, $updatedAt: LATER.seconds, passwordUpdate: LATER.seconds }),
    );
  });

  test('replaces the hash: the old password is none any more', async () => {
    const id = await newUser({ password: 'the old horse' });
    expect(await isPasswordOf(id, 'the old horse')).toBe(true);
    await api(`PATCH /users/${id}/password`, { body: { password: 'the new horse' } });
    expect(await isPasswordOf(id, 'the new horse')).toBe(true);
    expect(await isPasswordOf(id, 'the old horse')).toBe(false);
  });

  test('salts: two users of one password have two hashes', async () => {
    const [a, b] = [
      await newUser({ password: 'correct horse' }),
      await newUser({ password: 'correct horse' }),
    ];
    const hashOf = async (id: string) => (await row('SELECT password FROM users WHERE id = ?', id)).password;
    expect(await hashOf(a)).not.toBe(await hashOf(b));
  });

  test('writes one activity row that tells neither password nor hash', async () => {
    const id = await newUser();
    const answer = await api(`PATCH /users/${id}/password`, { body: { password: 'correct horse' } });
    const written = await activityOf(id);
    expect(written).toMatchObject([
      { event: 'user.create' },
      { event: 'user.update', request_id: answer.headers.get('x-request-id') },
    ]);
    expect(JSON.stringify(written)).not.toMatch(/correct horse|argon2/);
  });

  test('needs the parameter', async () => {
    const id = await newUser();
    expectMissing(await api(`PATCH /users/${id}/password`, { body: {} }), 'password');
    for (const password of [null, 12345678, ['correct horse'], true]) {
      expectInvalid(await api(`PATCH /users/${id}/password`, { body: { password } }), 'password', RULE);
    }
  });

  test('ends the sessions of the user, and writes one activity row for each', async () => {
    const id = await newUser();
    await newSession(id);
    await newSession(id);
    await api(`PATCH /users/${id}/password`, { body: { password: 'correct horse' } });
    expect((await api(`GET /users/${id}/sessions`)).body).toEqual({ total: 0, sessions: [] });
    expect((await eventsOf(id)).slice(-3).sort()).toEqual([
      'session.delete',
      'session.delete',
      'user.update',
    ]);
  });

  test('leaves the sessions alone where the deployment says so', async () => {
    const id = await newUser();
    const session = await newSession(id);
    const env = { REVOKE_ON_PASSWORD_CHANGE: 'false' };
    await api(`PATCH /users/${id}/password`, { body: { password: 'correct horse' }, env });
    const { body } = await api(`GET /users/${id}/sessions`);
    expect(body.sessions).toMatchObject([{ $id: session.id }]);
  });
});

describe('An empty password takes the password away', () => {
  const take = (id: string, more: Readonly<Record<string, unknown>> = {}) =>
    api(`PATCH /users/${id}/password`, { body: { password: '' }, ...more });
  const signIn = (email: string, password: string) =>
    api('POST /account/sessions/email', { body: { email, password }, headers: { 'x-appwrite-key': null } });

  test('and the user is answered as one without, in both dialects', async () => {
    const [id, other] = [await newUser({ password: 'the old horse' }), await newUser()];
    const imported = { userId: 'imported', email: 'imported@example.com', password: 'a'.repeat(32) };
    await api('POST /users/md5', { body: imported });
    passTime(60_000);
    const changed = { $updatedAt: LATER.iso, passwordUpdate: LATER.iso };
    expectAnswer(await take(id), 200, modernUser({ $id: id, ...changed }));
    expectAnswer(await take(other), 200, modernUser({ $id: other, ...changed }));
    const email = imported.email;
    expectAnswer(await take('imported'), 200, modernUser({ $id: 'imported', email, ...changed }));
    const seconds = { $updatedAt: LATER.seconds, passwordUpdate: LATER.seconds };
    expectAnswer(await take(id, { headers: CLASSIC }), 200, classicUser({ $id: id, ...seconds }));
    expect(await row('SELECT password, hash, hash_options FROM users WHERE id = ?', 'imported')).toEqual({
      password: null,
      hash: 'argon2',
      hash_options: null,
    });
  });

  test('so that nobody signs in with it, nor with an empty one, until there is a new one', async () => {
    const email = 'taken-away@example.com';
    const id = await newUser({ email, password: 'the old horse' });
    await take(id);
    expectError(await signIn(email, 'the old horse'), 'user_invalid_credentials');
    expect((await signIn(email, '')).status).toBe(400);
    await api(`PATCH /users/${id}/password`, { body: { password: 'the new horse' } });
    expect((await signIn(email, 'the new horse')).status).toBe(201);
  });

  test('and ends the sessions, as every change of a password does, unless the deployment says otherwise', async () => {
    const id = await newUser({ password: 'the old horse' });
    await newSession(id);
    await take(id, { env: { REVOKE_ON_PASSWORD_CHANGE: 'false' } });
    expect((await api(`GET /users/${id}/sessions`)).body.total).toBe(1);
    await take(id);
    expect((await api(`GET /users/${id}/sessions`)).body.total).toBe(0);
    expect((await eventsOf(id)).slice(2).sort()).toEqual(['session.delete', 'user.update', 'user.update']);
  });

  test('but not from what earlier passwords are compared with', async () => {
    for (const [PASSWORD_HISTORY, used, free] of [
      ['1', ['horse two'], 'horse one'],
      ['2', ['horse two', 'horse one'], 'horse zero'],
    ] as const) {
      const env = { PASSWORD_HISTORY };
      const id = await newUser({ password: 'horse zero' });
      const set = (password: string) => api(`PATCH /users/${id}/password`, { body: { password }, env });
      await set('horse one');
      await set('horse two');
      expect([(await take(id, { env })).status, (await take(id, { env })).status]).toEqual([200, 200]);
      for (const password of used) expectError(await set(password), 'password_recently_used');
      expect((await set(free)).status).toBe(200);
    }
  });

  test('and is a 404 for a user that is not there', async () => {
    expectError(await take('nobody'), 'user_not_found');
  });

  test.each([
    ['POST /users', { userId: 'unique()', password: '' }],
    ['PATCH /account/password', { password: '', oldPassword: 'the old horse' }],
  ])('which no other call does: %s', async (route, body) => {
    const { token } = await newSession(await newUser({ password: 'the old horse' }));
    const headers = route.includes('account') ? withSession(token) : {};
    expectInvalid(await api(route, { body, headers }), 'password', RULE);
  });
});

describe('A password is counted in code points, kept whole and never trimmed', () => {
  test.each([
    ['8 letters', 'abcdefgh'],
    ['256 letters', 'x'.repeat(256)],
    ['8 emoji', '🐴'.repeat(8)],
    ['256 emoji', '🐴'.repeat(256)],
    ['8 spaces', ' '.repeat(8)],
    ['spaces around', '  correct horse  '],
    ['a NUL', 'abc\u0000defg'],
    ['line breaks', 'one\ntwo\r\nthree'],
    ['right-to-left text', 'סיסמה ארוכה'],
    ['combining marks', 'e\u0301e\u0301e\u0301e\u0301'],
  ])('%s', async (_, password) => {
    const id = await newUser({ password });
    expect(await isPasswordOf(id, password)).toBe(true);
    expect(await isPasswordOf(id, password.trim())).toBe(password.trim() === password);
    expect(await isPasswordOf(id, [...password].slice(0, -1).join(''))).toBe(false);
  });

  test('is not normalised: composed and decomposed are two passwords', async () => {
    const id = await newUser({ password: 'é'.repeat(8) });
    expect(await isPasswordOf(id, 'é'.repeat(8).normalize('NFD'))).toBe(false);
  });

  test.each([
    ['7 letters', 'abcdefg'],
    ['7 emoji, though 28 bytes', '🐴'.repeat(7)],
    ['257 letters', 'x'.repeat(257)],
    ['257 emoji', '🐴'.repeat(257)],
    ['100 kB', 'x'.repeat(100_000)],
  ])('%s are refused', async (_, password) => {
    expectInvalid(await api('POST /users', { body: { userId: 'unique()', password } }), 'password', RULE);
  });
});
