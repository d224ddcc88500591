import { beforeEach, describe, expect, test } from 'vitest';
import { api } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { expectError } from '../support/expect';
import { freshId, newSession, newUser, withSession } from '../support/given';
import { failures, newToken, signInAt, signInWithTokenAt, times, tryInVain } from '../support/guessing';
import { emptyStores } from '../support/rows';

stopClock();
beforeEach(emptyStores);

const PASSWORD = 'correct horse';

async function newMember() {
  const email = `${freshId('member')}@example.com`;
  return { email, user: await newUser({ email, password: PASSWORD }) };
}

describe('Failed sign-ins of an account', { timeout: 30_000 }, () => {
  test('are ten a minute: then not even the right password counts, and the answer says how long', async () => {
    const { email } = await newMember();
    expect(await tryInVain(4, () => signInAt(null, email, 'wrong horse'))).toEqual(times(4, 401));
    passTime(20_000);
    expect(await tryInVain(6, () => signInAt(null, email, 'wrong horse'))).toEqual(times(6, 401));
    passTime(10_500);
    const refused = await signInAt(null, email, PASSWORD);
    expectError(refused, 'general_rate_limit_exceeded');
    expect(Object.fromEntries(refused.headers)).toMatchObject({
      'retry-after': '30',
      'x-ratelimit-limit': '10',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 30),
    });
    passTime(29_499);
    expect((await signInAt(null, email, PASSWORD)).status).toBe(429);
    passTime(1);
    expect((await signInAt(null, email, PASSWORD)).status).toBe(201);
  });

  test('leave the count with time, each for itself: no twenty around the turn of a minute', async () => {
    const user = await newUser();
    const attempt = () => signInWithTokenAt(null, user, 'wrong');
    await attempt();
    passTime(59_000);
    expect(await tryInVain(10, attempt)).toEqual([...times(9, 401), 429]);
    passTime(1_000);
    expect(await tryInVain(3, attempt)).toEqual([401, 429, 429]);
  });

  test('are a hundred an hour', async () => {
    const user = await newUser();
    const attempt = () => signInWithTokenAt(null, user, 'wrong');
    for (let n = 0; n < 100; n++) {
      expect((await attempt()).status).toBe(401);
      passTime(10_000);
    }
    const refused = await signInWithTokenAt(null, user, await newToken(user));
    expectError(refused, 'general_rate_limit_exceeded');
    expect(refused.headers.get('retry-after')).toBe(String(3600 - 1000));
    expect(refused.headers.get('x-ratelimit-limit')).toBe('100');
    passTime(2_600_000);
    expect(await tryInVain(2, attempt)).toEqual([401, 429]);
  });

  test('leave nothing behind once they are too many, but are counted where none is registered', async () => {
    const email = `${freshId('nobody')}@example.com`;
    expect(await tryInVain(12, () => signInAt(null, email, 'wrong horse'))).toEqual([
      ...times(10, 401),
      ...times(2, 429),
    ]);
    const stored = await failures();
    expect(stored).toHaveLength(10);
    expect(JSON.stringify(stored)).not.toContain('example');
  });

  test('are no more effective when all come at once', async () => {
    const { email } = await newMember();
    const guesses = [...times(24, 'wrong horse'), PASSWORD, ...times(5, 'wrong horse')];
    const answers = await Promise.all(guesses.map((guess) => signInAt(null, email, guess)));
    const wrong = answers.filter(({ status }) => status === 401);
    expect(wrong).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(19);
    expect(await failures()).toHaveLength(10);
    expect((await signInAt(null, email, PASSWORD)).status).toBe(429);
  });

  test('are no more effective when two hundred one-time tokens come at once, the right one last', async () => {
    const user = await newUser();
    const guesses = [...times(199, 'wrong'), await newToken(user)];
    const answers = await Promise.all(guesses.map((secret) => signInWithTokenAt(null, user, secret)));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(190);
    expect((await api(`GET /users/${user}/sessions`)).body.total).toBe(0);
  });

  test('are counted alone: right ones never', async () => {
    const { email, user } = await newMember();
    expect(await tryInVain(12, () => signInAt('192.0.2.1', email, PASSWORD))).toEqual(times(12, 201));
    for (let n = 0; n < 60; n++) {
      const secret = await newToken(user);
      expect((await signInWithTokenAt('192.0.2.1', user, secret)).status).toBe(201);
    }
    expect(await failures()).toEqual([]);
  });

  test('count with its old password, tried by its own sessions, as guesses at the same', async () => {
    const { email, user } = await newMember();
    const headers = withSession((await newSession(user)).token);
    const change = (oldPassword: string) =>
      api('PATCH /account/password', { headers, body: { password: 'another horse', oldPassword } });
    expect(await tryInVain(5, () => change('wrong horse'))).toEqual(times(5, 401));
    expect(await tryInVain(5, () => signInAt(null, email, 'wrong horse'))).toEqual(times(5, 401));
    expectError(await change(PASSWORD), 'general_rate_limit_exceeded');
    expectError(await signInAt(null, email, PASSWORD), 'general_rate_limit_exceeded');
    passTime(60_000);
    expect((await change(PASSWORD)).status).toBe(200);
  });

  test('do not keep one without a password from its first', async () => {
    const email = `${freshId('bare')}@example.com`;
    const user = await newUser({ email });
    await tryInVain(10, () => signInAt(null, email, 'wrong horse'));
    const headers = withSession((await newSession(user)).token);
    const body = { password: 'first horse' };
    expect((await api('PATCH /account/password', { headers, body })).status).toBe(200);
  });

  test('count for what is guessed alone: tokens do not stop a password', async () => {
    const { email, user } = await newMember();
    await tryInVain(10, () => signInWithTokenAt(null, user, 'wrong'));
    expect((await signInWithTokenAt(null, user, await newToken(user))).status).toBe(429);
    expect((await signInAt(null, email, PASSWORD)).status).toBe(201);
  });

  test('by a server count like anybody’s', async () => {
    const { email } = await newMember();
    const attempt = (password: string) => api('POST /account/sessions/email', { body: { email, password } });
    expect(await tryInVain(10, () => attempt('wrong horse'))).toEqual(times(10, 401));
    expectError(await attempt(PASSWORD), 'general_rate_limit_exceeded');
    expectError(await signInAt(null, email, PASSWORD), 'general_rate_limit_exceeded');
  });
});

describe('What is refused after a right password is counted as what is wrong', { timeout: 30_000 }, () => {
  test('the sign-ins of a user that is blocked', async () => {
    const { email, user } = await newMember();
    await api(`PATCH /users/${user}/status`, { body: { status: false } });
    expect(await tryInVain(11, () => signInAt(null, email, PASSWORD))).toEqual([...times(10, 403), 429]);
  });

  test('new passwords that may not be set: each costs as many verifications as the history is long', async () => {
    const { user } = await newMember();
    const { token } = await newSession(user);
    const body = { oldPassword: PASSWORD, password: PASSWORD };
    const env = { PASSWORD_HISTORY: '3' };
    const change = () => api('PATCH /account/password', { headers: withSession(token), body, env });
    expectError(await change(), 'password_recently_used');
    expect(await tryInVain(10, change)).toEqual([...times(9, 400), 429]);
    passTime(60_000);
    const other = { oldPassword: PASSWORD, password: 'another horse' };
    expect(
      (await api('PATCH /account/password', { headers: withSession(token), body: other, env })).status,
    ).toBe(200);
  });
});

describe('Failed sign-ins from an address', { timeout: 30_000 }, () => {
  const attempt = (ip: string) => signInWithTokenAt(ip, freshId('nobody'), 'wrong');

  test('are fifty a minute, whichever accounts are tried', async () => {
    expect(await tryInVain(51, () => attempt('192.0.2.1'))).toEqual([...times(50, 401), 429]);
    const user = await newUser();
    const secret = await newToken(user);
    const refused = await signInWithTokenAt('192.0.2.1', user, secret);
    expectError(refused, 'general_rate_limit_exceeded');
    expect([refused.headers.get('retry-after'), refused.headers.get('x-ratelimit-limit')]).toEqual([
      '60',
      '50',
    ]);
    expect((await signInWithTokenAt('192.0.2.2', user, secret)).status).toBe(201);
    passTime(60_000);
    expect((await attempt('192.0.2.1')).status).toBe(401);
  });

  test('count for the whole /64 of IPv6', async () => {
    let host = 0;
    await tryInVain(50, () => attempt(`2001:db8:1:2:${(++host).toString(16)}::1`));
    expect((await attempt('2001:db8:1:2::ffff')).status).toBe(429);
    expect((await attempt('2001:db8:1:3::1')).status).toBe(401);
  });

  test('count as IPv4 where that is mapped into IPv6', async () => {
    await tryInVain(25, () => attempt('::ffff:192.0.2.1'));
    await tryInVain(25, () => attempt('::ffff:c000:201'));
    expect((await attempt('192.0.2.1')).status).toBe(429);
    expect((await attempt('::ffff:192.0.2.2')).status).toBe(401);
  });

  test('do not count where it is a server’s, which stands for many people, or none that is known', async () => {
    const body = () => ({ userId: freshId('nobody'), secret: 'wrong' });
    for (const headers of [
      { 'cf-connecting-ip': '192.0.2.1' },
      { 'x-appwrite-key': null },
      { 'x-appwrite-key': null, 'cf-connecting-ip': 'garbage' },
    ]) {
      const one = () => api('POST /account/sessions/token', { body: body(), headers });
      expect(await tryInVain(51, one)).toEqual(times(51, 401));
    }
  });

  test('are stored without a trace of it', async () => {
    await attempt('192.0.2.1');
    expect(await failures()).toHaveLength(2);
    expect(JSON.stringify(await failures())).not.toContain('192.0.2');
  });
});
