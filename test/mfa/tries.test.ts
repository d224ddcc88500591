import { describe, expect, test } from 'vitest';
import { api } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { expectError } from '../support/expect';
import { newSession, withSession } from '../support/given';
import { codeOf, newChallenge, newMfaUser, newRecoveryCodes } from '../support/mfa';

stopClock();

/** As from ever new places: the limiter counts each for itself. */
const elsewhere = { SIGN_IN_LIMITER: { limit: async () => ({ success: true }) } };

const answer = (token: string, challengeId: string, otp: string) =>
  api('PUT /account/mfa/challenges', {
    headers: withSession(token),
    body: { challengeId, otp },
    env: elsewhere,
  });

/** Uses up an hour's tries, in a challenge of its own each. */
async function tryInVain(token: string, times: number): Promise<void> {
  for (let n = 0; n < times; n++) {
    expectError(await answer(token, await newChallenge(token), '000000x'), 'user_invalid_token');
  }
}

describe('Codes of an authenticator app', () => {
  test('can be tried ten times an hour, whoever tries from wherever; then not even a right one counts', async () => {
    const { userId, token, secret } = await newMfaUser();
    await tryInVain(token, 10);
    passTime(30 * 60_000);
    const other = (await newSession(userId)).token;
    for (const one of [token, other]) {
      const refused = await answer(one, await newChallenge(one), codeOf(secret));
      expectError(refused, 'general_rate_limit_exceeded');
      expect(refused.headers.get('retry-after')).toBe('1800');
    }
    passTime(30 * 60_000);
    expect((await answer(token, await newChallenge(token), codeOf(secret))).status).toBe(200);
  });

  test('that come all at once are counted before any is looked at', async () => {
    const { token, secret } = await newMfaUser();
    const challenge = await newChallenge(token);
    const codes = [...Array(15).fill('000000x'), codeOf(secret)];
    const answers = await Promise.all(codes.map((code) => answer(token, challenge, code)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(5);
  });

  test('begin to count anew with a right one', async () => {
    const { userId, token, secret } = await newMfaUser();
    await tryInVain(token, 9);
    expect((await answer(token, await newChallenge(token), codeOf(secret))).status).toBe(200);
    const other = (await newSession(userId)).token;
    await tryInVain(other, 10);
    expectError(
      await answer(other, await newChallenge(other), codeOf(secret, 1)),
      'general_rate_limit_exceeded',
    );
  });

  test('leave recovery codes to who can try no more', async () => {
    const { userId, token } = await newMfaUser();
    const [code = ''] = await newRecoveryCodes(userId);
    await tryInVain(token, 10);
    expect((await answer(token, await newChallenge(token, 'recoverycode'), code)).status).toBe(200);
  });
});
