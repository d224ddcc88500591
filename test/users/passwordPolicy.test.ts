import { describe, expect, test } from 'vitest';
import { holdsPersonalData, isCommonPassword } from '../../src/passwords/policy';
import commonPasswords from '../../src/passwords/policy/commonPasswords.txt';
import { api } from '../support/api';
import { expectError, expectInvalid } from '../support/expect';
import { freshId, newSession, newUser, withSession } from '../support/given';
import { row } from '../support/rows';

const setPassword = (id: string, password: string, env = {}) =>
  api(`PATCH /users/${id}/password`, { body: { password }, env });

const changeOwn = (token: string, oldPassword: string, password: string, env = {}) =>
  api('PATCH /account/password', { body: { password, oldPassword }, headers: withSession(token), env });

describe('Without a policy', () => {
  test('any password of 8 characters will do, again and again', async () => {
    const id = await newUser({ password: 'password' });
    expect((await setPassword(id, 'password')).status).toBe(200);
    expect((await setPassword(id, `${id} 12345678`)).status).toBe(200);
  });

  test('no earlier hash is kept', async () => {
    const id = await newUser({ password: 'first horse' });
    await setPassword(id, 'second horse', { PASSWORD_HISTORY: '5' });
    await setPassword(id, 'third horse');
    const { password_history } = await row('SELECT password_history FROM users WHERE id = ?', id);
    expect(password_history).toBe('[]');
  });
});

describe('A history of 3 passwords', () => {
  const env = { PASSWORD_HISTORY: '3' };

  test('refuses the present one and the two before it, and takes the one before those', async () => {
    const id = await newUser({ password: 'horse one' });
    expect((await setPassword(id, 'horse two', env)).status).toBe(200);
    expect((await setPassword(id, 'horse three', env)).status).toBe(200);
    for (const used of ['horse one', 'horse two', 'horse three'])
      expectError(await setPassword(id, used, env), 'password_recently_used');
    expect((await setPassword(id, 'horse four', env)).status).toBe(200);
    expect((await setPassword(id, 'horse one', env)).status).toBe(200);
  });

  test('counts for the user’s own change as well', async () => {
    const id = await newUser({ password: 'horse one' });
    const { token } = await newSession(id);
    expect((await changeOwn(token, 'horse one', 'horse two', env)).status).toBe(200);
    expectError(await changeOwn(token, 'horse two', 'horse one', env), 'password_recently_used');
  });

  test('keeps hashes alone, and never shows them', async () => {
    const id = await newUser({ password: 'horse one' });
    const { text } = await setPassword(id, 'horse two', env);
    const { password_history } = await row('SELECT password_history FROM users WHERE id = ?', id);
    const kept = JSON.parse(String(password_history));
    expect(kept).toEqual([
      { hash: expect.stringMatching(/^\$argon2id\$/), algorithm: 'argon2', options: expect.any(Object) },
    ]);
    expect(text).not.toContain(kept[0].hash);
  });

  test('loses none of two changes at the same time', async () => {
    const id = await newUser({ password: 'horse one' });
    await Promise.all([setPassword(id, 'horse two', env), setPassword(id, 'horse three', env)]);
    for (const used of ['horse one', 'horse two', 'horse three'])
      expectError(await setPassword(id, used, env), 'password_recently_used');
  });

  test('is a 404 for a user that is not', async () => {
    expectError(await setPassword('nobody', 'horse one', env), 'user_not_found');
  });
});

describe('A dictionary', () => {
  const env = { PASSWORD_DICTIONARY: 'true' };
  const RULE = 'Password must not be one of the 10,000 most common passwords.';

  test('refuses a common password in any case, for new users and old ones', async () => {
    const body = { userId: freshId(), password: 'PassWord' };
    expectInvalid(await api('POST /users', { body, env }), 'password', RULE);
    const id = await newUser({ password: 'horse one' });
    expectInvalid(await setPassword(id, 'sunshine', env), 'password', RULE);
    const { token } = await newSession(id);
    expectInvalid(await changeOwn(token, 'horse one', 'iloveyou', env), 'password', RULE);
    expect((await setPassword(id, 'an uncommon horse', env)).status).toBe(200);
  });

  test('holds 10,000 passwords that are long enough to be set, sorted as the look-up needs them', () => {
    const lines = commonPasswords.split('\n');
    expect(lines.pop()).toBe('');
    expect(lines).toHaveLength(10_000);
    expect(lines).toEqual([...new Set(lines)].sort());
    expect(lines.filter((line) => line.length < 8 || line !== line.toLowerCase())).toEqual([]);
    expect(lines.filter((line) => !isCommonPassword(line))).toEqual([]);
    expect(isCommonPassword('correct horse battery staple')).toBe(false);
  });
});

describe('Personal data', () => {
  const person = {
    id: 'ada-1815',
    name: 'Ada Lovelace',
    email: 'countess@example.com',
    phone: '+4915112345678',
  };

  test.each([
    ['the ID', 'x ADA-1815 x'],
    ['the name', 'i am ada lovelace!'],
    ['the e-mail address', 'countess@example.com'],
    ['what is before its @', 'the Countess of'],
    ['the phone number', '4915112345678!'],
  ])('in a password: %s', (_, password) => {
    expect(holdsPersonalData(password, person)).toBe(true);
  });

  test('is an e-mail address even where what is before its @ is short', () => {
    const short = { id: 'xyz', name: '', email: 'ab@example.com', phone: null };
    expect(holdsPersonalData('AB@example.com', short)).toBe(true);
  });

  test('is not what is shorter than three characters, missing or empty', () => {
    expect(holdsPersonalData('correct horse', { id: 'co', name: '', email: 'rr@ho.rs', phone: null })).toBe(
      false,
    );
    expect(holdsPersonalData('correct horse', person)).toBe(false);
  });

  test('is refused where the policy says so, for new users and old ones', async () => {
    const env = { PASSWORD_PERSONAL_DATA: 'true' };
    const body = { userId: freshId(), name: 'Grace Hopper', password: 'my grace hopper' };
    expectError(await api('POST /users', { body, env }), 'password_personal_data');
    const id = await newUser({ name: 'Grace Hopper', password: 'horse one' });
    expectError(await setPassword(id, 'GRACE HOPPER', env), 'password_personal_data');
    const { token } = await newSession(id);
    expectError(await changeOwn(token, 'horse one', 'grace hopper', env), 'password_personal_data');
    expect((await setPassword(id, 'hopper, grace', env)).status).toBe(200);
  });
});
