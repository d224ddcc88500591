import { describe, expect, test } from 'vitest';
import { api } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { expectError } from '../support/expect';
import { newSession, newUser, withSession } from '../support/given';
import { failures } from '../support/guessing';
import { answerChallenge, codeOf, newChallenge, newMfaUser, newRecoveryCodes } from '../support/mfa';

stopClock();

/** Tries so often in vain, in a challenge of its own each. */
async function tryInVain(token: string, times: number, factor = 'totp'): Promise<void> {
  for (let n = 0; n < times; n++) {
    const challenge = await newChallenge(token, factor);
    expectError(await answerChallenge(token, challenge, '000000x'), 'user_invalid_token');
  }
}

describe('Codes of an authenticator app', { timeout: 30_000 }, () => {
  test('can be tried in vain ten times a minute, by whichever session; then not even a right one counts', async () => {
    const { userId, token, secret } = await newMfaUser();
    await tryInVain(token, 4);
    passTime(20_000);
    await tryInVain(token, 6);
    const other = (await newSession(userId)).token;
    for (const one of [token, other]) {
      const refused = await answerChallenge(one, await newChallenge(one), codeOf(secret));
      expectError(refused, 'general_rate_limit_exceeded');
      expect(refused.headers.get('retry-after')).toBe('40');
      expect(refused.headers.get('x-ratelimit-limit')).toBe('10');
    }
    passTime(40_000);
    expect((await answerChallenge(token, await newChallenge(token), codeOf(secret))).status).toBe(200);
  });

  test('can be tried in vain a hundred times an hour', async () => {
    const { token, secret } = await newMfaUser();
    const challenge = await newChallenge(token);
    for (let n = 0; n < 100; n++) {
      expect((await answerChallenge(token, challenge, '000000x')).status).toBe(401);
      passTime(6_000);
    }
    const refused = await answerChallenge(token, await newChallenge(token), codeOf(secret));
    expectError(refused, 'general_rate_limit_exceeded');
    expect(refused.headers.get('retry-after')).toBe('3000');
    passTime(3_000_000);
    expect((await answerChallenge(token, await newChallenge(token), codeOf(secret))).status).toBe(200);
  });

  test('that come all at once are no more effective, the right one among them', async () => {
    const { token, secret } = await newMfaUser();
    const challenge = await newChallenge(token);
    const codes = [...Array(40).fill('000000x'), codeOf(secret)];
    const answers = await Promise.all(codes.map((code) => answerChallenge(token, challenge, code)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(31);
  });

  test('are counted when wrong alone: a right one neither counts nor begins the count anew', async () => {
    const { userId, token, secret } = await newMfaUser();
    await tryInVain(token, 9);
    expect((await answerChallenge(token, await newChallenge(token), codeOf(secret))).status).toBe(200);
    const other = (await newSession(userId)).token;
    await tryInVain(other, 1);
    expectError(
      await answerChallenge(other, await newChallenge(other), codeOf(secret, 1)),
      'general_rate_limit_exceeded',
    );
  });

  test('leave recovery codes to who can try no more, and the other way round', async () => {
    const { userId, token, secret } = await newMfaUser();
    const [code = ''] = await newRecoveryCodes(userId);
    await tryInVain(token, 10);
    expect((await answerChallenge(token, await newChallenge(token, 'recoverycode'), code)).status).toBe(200);
    passTime(60_000);
    await tryInVain(token, 10, 'recoverycode');
    const refused = await answerChallenge(token, await newChallenge(token, 'recoverycode'), code);
    expectError(refused, 'general_rate_limit_exceeded');
    expect((await answerChallenge(token, await newChallenge(token), codeOf(secret))).status).toBe(200);
  });

  test('are not counted for a challenge that is none of the session', async () => {
    const { userId, token } = await newMfaUser();
    const before = await failures();
    const other = (await newSession(userId)).token;
    const challenge = await newChallenge(token);
    for (let n = 0; n < 12; n++)
      expectError(await answerChallenge(other, challenge, '000000x'), 'user_invalid_token');
    expect(await failures()).toEqual(before);
  });
});

describe('The first code of an authenticator app', { timeout: 30_000 }, () => {
  const ROUTE = '/account/mfa/authenticators/totp';

  test('can be tried in vain ten times a minute, without regard to what else is guessed', async () => {
    const user = await newUser({ password: 'correct horse' });
    const headers = withSession((await newSession(user)).token);
    const { body } = await api(`POST ${ROUTE}`, { headers });
    const verify = (otp: string) => api(`PUT ${ROUTE}`, { headers, body: { otp } });
    for (let n = 0; n < 10; n++) expectError(await verify('000000x'), 'user_invalid_token');
    const refused = await verify(codeOf(body.secret));
    expectError(refused, 'general_rate_limit_exceeded');
    expect(refused.headers.get('retry-after')).toBe('60');
    const change = { password: 'another horse', oldPassword: 'correct horse' };
    expect((await api('PATCH /account/password', { headers, body: change })).status).toBe(200);
    passTime(60_000);
    expect((await verify(codeOf(body.secret))).status).toBe(200);
  });
});
