import { beforeEach, describe, expect, test } from 'vitest';
import { api } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { expectError } from '../support/expect';
import { freshId, newKey, newUser, withSession } from '../support/given';
import { guestAt, newToken, signInAt, signInWithTokenAt, times, tryInVain } from '../support/guessing';
import { codeOf, newChallenge, newMfaUser, newRecoveryCodes } from '../support/mfa';
import { emptyStores, row, rows } from '../support/rows';
import { cron } from '../support/worker';

stopClock();
beforeEach(emptyStores);

const PASSWORD = 'correct horse';
const DAY = 24 * 60 * 60 * 1000;
const HOME = '192.0.2.1';
const STRANGER = '203.0.113.1';

async function newMember() {
  const email = `${freshId('member')}@example.com`;
  return { email, user: await newUser({ email, password: PASSWORD }) };
}

/** A user that signed in from somewhere, with a one-time token. */
async function newMemberOf(ip: string) {
  const user = await newUser();
  expect((await signInWithTokenAt(ip, user, await newToken(user))).status).toBe(201);
  return user;
}

const signOut = (user: string) => api(`DELETE /users/${user}/sessions`);
const statusFrom = async (ip: string | null, user: string) =>
  (await signInWithTokenAt(ip, user, await newToken(user))).status;
/** Uses up the tries of whoever is not at home. */
const guessFrom = (ip: string, user: string) => tryInVain(10, () => signInWithTokenAt(ip, user, 'wrong'));

describe('Somebody who guesses does not lock out the owner', { timeout: 30_000 }, () => {
  test('of a password, in a network where it has signed in', async () => {
    const { email } = await newMember();
    expect((await signInAt(HOME, email, PASSWORD)).status).toBe(201);
    await tryInVain(10, () => signInAt(STRANGER, email, 'wrong horse'));
    expectError(await signInAt('203.0.113.2', email, PASSWORD), 'general_rate_limit_exceeded');
    expect((await signInAt('192.0.2.254', email, PASSWORD)).status).toBe(201);
  });

  test.each([
    ['IPv4, by its /24', '192.0.2.1', '192.0.2.200', '192.0.3.1'],
    ['IPv4 mapped into IPv6', '192.0.2.1', '::ffff:192.0.2.9', '::ffff:192.0.3.9'],
    ['IPv6, by its /64', '2001:db8:1:2::1', '2001:db8:1:2:3:4:5:6', '2001:db8:1:3::1'],
  ])('at home in %s', async (_, home, alsoHome, elsewhere) => {
    const user = await newMemberOf(home);
    await guessFrom(STRANGER, user);
    expect([await statusFrom(alsoHome, user), await statusFrom(elsewhere, user)]).toEqual([201, 429]);
  });

  test('where it has a live session, however old, and not when that is over', async () => {
    const user = await newUser();
    const { body } = await signInWithTokenAt(HOME, user, await newToken(user));
    passTime(100 * DAY);
    await guessFrom(STRANGER, user);
    expect(await statusFrom(HOME, user)).toBe(201);
    await rows('DELETE FROM networks');
    for (const { $id } of (await api(`GET /users/${user}/sessions`)).body.sessions)
      if ($id !== body.$id) await api(`DELETE /users/${user}/sessions/${$id}`);
    const secret = await newToken(user);
    await api(`DELETE /users/${user}/sessions/${body.$id}`);
    expect((await signInWithTokenAt(HOME, user, secret)).status).toBe(429);
  });

  test('where a server made a session for it: there by its key alone, not for its neighbours', async () => {
    const user = await newUser();
    const { secret: key } = await newKey(['users.read', 'users.write']);
    const server = { 'x-appwrite-key': key, 'cf-connecting-ip': HOME };
    await api(`POST /users/${user}/sessions`, { headers: server });
    passTime(100 * DAY);
    await guessFrom(STRANGER, user);
    const secret = await newToken(user);
    const body = { userId: user, secret };
    expect((await signInWithTokenAt(HOME, user, secret)).status).toBe(429);
    const elsewhere = { 'x-appwrite-key': key, 'cf-connecting-ip': '198.51.100.1' };
    expect((await api('POST /account/sessions/token', { headers: elsewhere, body })).status).toBe(201);
  });

  test.each(['SESSION_IDLE_LIMIT', 'SESSION_MAX_LIFETIME'])(
    'and not where its session is over by %s',
    async (limit) => {
      const user = await newUser();
      await signInWithTokenAt(HOME, user, await newToken(user));
      const tryAfter = async (ms: number) => {
        await rows('DELETE FROM networks');
        passTime(ms);
        await guessFrom(STRANGER, user);
        const body = { userId: user, secret: await newToken(user) };
        const call = { body, headers: guestAt(HOME), env: { [limit]: '600' } };
        return (await api('POST /account/sessions/token', call)).status;
      };
      expect(await tryAfter(599_000)).toBe(201);
      expect(await tryAfter(600_000)).toBe(429);
    },
  );

  test('for thirty days after it signed in there, also when it has signed out', async () => {
    const user = await newMemberOf(HOME);
    await signOut(user);
    passTime(30 * DAY);
    await guessFrom(STRANGER, user);
    expect(await statusFrom(HOME, user)).toBe(201);
    await signOut(user);
    passTime(30 * DAY + 60 * 60_000);
    await guessFrom(STRANGER, user);
    expect(await statusFrom(HOME, user)).toBe(429);
  });

  test('even at the same address, with guesses at other accounts', async () => {
    const user = await newMemberOf(HOME);
    const other = await newUser();
    await tryInVain(50, () => signInWithTokenAt(HOME, freshId('nobody'), 'wrong'));
    expect([await statusFrom(HOME, other), await statusFrom(HOME, user)]).toEqual([429, 201]);
  });

  test('whom a server signs in with its key, wherever that calls from', async () => {
    const { email } = await newMember();
    const { secret } = await newKey(['users.read']);
    const viaServer = (ip: string, password: string) =>
      api('POST /account/sessions/email', {
        body: { email, password },
        headers: { 'x-appwrite-key': secret, 'cf-connecting-ip': ip },
      });
    expect((await viaServer(HOME, PASSWORD)).status).toBe(201);
    await tryInVain(10, () => signInAt(STRANGER, email, 'wrong horse'));
    expect((await viaServer('198.51.100.1', PASSWORD)).status).toBe(201);
    expect(await tryInVain(11, () => viaServer(HOME, 'wrong horse'))).toEqual([...times(10, 401), 429]);
  });
});

describe('A network where a user is at home', { timeout: 30_000 }, () => {
  test('has a budget of its own, as large as that of all others together', async () => {
    const user = await newMemberOf(HOME);
    expect(await tryInVain(11, () => signInWithTokenAt(HOME, user, 'wrong'))).toEqual([
      ...times(10, 401),
      429,
    ]);
    expect(await statusFrom(HOME, user)).toBe(429);
    expect(await statusFrom(STRANGER, user)).toBe(201);
  });

  test('is no other user’s', async () => {
    await newMemberOf(HOME);
    const other = await newUser();
    await guessFrom(STRANGER, other);
    expect(await statusFrom(HOME, other)).toBe(429);
  });

  test('is written down once an hour at most, and as a hash', async () => {
    const user = await newMemberOf(HOME);
    const first = await row('SELECT * FROM networks');
    passTime(59 * 60_000);
    await statusFrom(HOME, user);
    expect(await rows('SELECT * FROM networks')).toEqual([first]);
    passTime(60_000);
    await statusFrom(HOME, user);
    expect(await rows('SELECT * FROM networks')).toEqual([{ ...first, seen_at: Date.now() }]);
    expect(JSON.stringify(first)).not.toContain('192.0.2');
  });

  test('is one of twenty, the newest; none is where a refused sign-in came from', async () => {
    const user = await newMemberOf('198.51.1.1');
    await signInWithTokenAt('198.51.2.1', user, 'wrong');
    for (let n = 3; n < 23; n++) {
      passTime(1000);
      expect(await statusFrom(`198.51.${n}.1`, user)).toBe(201);
    }
    const known = await rows('SELECT seen_at FROM networks ORDER BY seen_at');
    expect(known.map(({ seen_at }) => Number(seen_at) - Date.now())).toEqual(
      Array.from({ length: 20 }, (_, n) => (n - 19) * 1000),
    );
  });

  test('goes with its user, and by itself when its time is over', async () => {
    const user = await newMemberOf(HOME);
    await newMemberOf(HOME);
    await api(`DELETE /users/${user}`);
    expect(await rows('SELECT * FROM networks')).toHaveLength(1);
    passTime(30 * DAY + 60 * 60_000 - 1);
    await cron();
    expect(await rows('SELECT * FROM networks')).toHaveLength(1);
    passTime(1);
    await cron();
    expect(await rows('SELECT * FROM networks')).toEqual([]);
  });

  test('keeps no count that is told apart where no network is known', async () => {
    const user = await newUser();
    await statusFrom(null, user);
    expect(await rows('SELECT * FROM networks')).toEqual([]);
    await guessFrom(STRANGER, user);
    expect(await statusFrom(null, user)).toBe(429);
  });
});

describe('For a second factor a user is at home where it has proved one', { timeout: 30_000 }, () => {
  const answer = async (ip: string, token: string, otp: string, factor = 'totp') =>
    api('PUT /account/mfa/challenges', {
      headers: { ...withSession(token), ...guestAt(ip) },
      body: { challengeId: await newChallenge(token, factor), otp },
    });

  /** A session that was made from somewhere with the password alone. */
  async function sessionFrom(ip: string, userId: string): Promise<string> {
    const headers = { 'cf-connecting-ip': ip };
    return (await api(`POST /users/${userId}/sessions`, { headers })).body.secret;
  }

  test('so that whoever has the password has ten tries, from however many networks', async () => {
    const { userId, secret } = await newMfaUser();
    const statuses = [];
    for (let n = 0; n < 12; n++) {
      const token = await sessionFrom(`198.51.${n}.1`, userId);
      statuses.push((await answer(`198.51.${n}.1`, token, '000000x')).status);
    }
    expect(statuses).toEqual([...times(10, 401), 429, 429]);
    const owner = await sessionFrom(HOME, userId);
    expectError(await answer(HOME, owner, codeOf(secret)), 'general_rate_limit_exceeded');
  });

  test.each(['totp', 'recoverycode'])('and the owner is not stopped there: %s', async (factor) => {
    const { userId, secret } = await newMfaUser();
    const codes = await newRecoveryCodes(userId);
    const owner = await sessionFrom(HOME, userId);
    expect((await answer(HOME, owner, codeOf(secret))).status).toBe(200);
    await signOut(userId);
    passTime(29 * DAY);
    const thief = await sessionFrom(STRANGER, userId);
    await tryInVain(10, () => answer(STRANGER, thief, '000000x', factor));
    const right = factor === 'totp' ? codeOf(secret) : (codes[0] ?? '');
    expect((await answer(STRANGER, thief, right, factor)).status).toBe(429);
    const again = await sessionFrom(HOME, userId);
    expect((await answer(HOME, again, right, factor)).status).toBe(200);
  });

  test('and nobody pushes such a place out with the password alone', async () => {
    const { userId, secret } = await newMfaUser();
    const owner = await sessionFrom(HOME, userId);
    await answer(HOME, owner, codeOf(secret));
    await signOut(userId);
    for (let n = 0; n < 21; n++) await statusFrom(`198.51.${n}.1`, userId);
    const known = await rows('SELECT factors, count(*) AS networks FROM networks GROUP BY factors');
    expect(known).toEqual([
      { factors: 1, networks: 20 },
      { factors: 2, networks: 1 },
    ]);
  });
});
