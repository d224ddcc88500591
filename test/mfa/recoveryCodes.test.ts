import { describe, expect, test } from 'vitest';
import { api } from '../support/api';
import { stopClock } from '../support/clock';
import { expectAnswer, expectError } from '../support/expect';
import { newSession, newUser, withSession } from '../support/given';
import { answerChallenge, newChallenge, newMfaUser, newRecoveryCodes, passChallenges } from '../support/mfa';
import { activityOf, everything, rows } from '../support/rows';

stopClock();

const MASK = '••••••••••';
const hashesOf = (userId: string) =>
  rows(
    'SELECT code_hash FROM recovery_codes r JOIN users ON users.seq = r.user_seq WHERE users.id = ?',
    userId,
  );

describe('Recovery codes', () => {
  test('are six of ten hex characters, shown by the answer that makes them and masked ever after', async () => {
    const user = await newUser();
    const codes = await newRecoveryCodes(user);
    expect(new Set(codes).size).toBe(6);
    for (const code of codes) expect(code).toMatch(/^[0-9a-f]{10}$/);
    expectAnswer(await api(`GET /users/${user}/mfa/recovery-codes`), 200, {
      recoveryCodes: Array(6).fill(MASK),
    });
    expect((await activityOf(user)).at(-1)).toMatchObject({ event: 'user.update', actor_type: 'key' });
  });

  test('are stored as hashes that are the user’s own', async () => {
    const user = await newUser();
    const codes = await newRecoveryCodes(user);
    const hashes = await hashesOf(user);
    expect(hashes).toHaveLength(6);
    for (const { code_hash } of hashes) expect(code_hash).toMatch(/^[0-9a-f]{64}$/);
    const everywhere = await everything();
    for (const code of codes) expect(everywhere).not.toContain(code);
  });

  test('are made once, however many ask at once', async () => {
    const user = await newUser();
    const route = `PATCH /users/${user}/mfa/recovery-codes`;
    const answers = await Promise.all(Array.from({ length: 5 }, () => api(route, { body: {} })));
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused).toHaveLength(4);
    for (const answer of refused) expectError(answer, 'user_recovery_codes_already_exists');
    expect(await hashesOf(user)).toHaveLength(6);
  });

  test('are replaced as a whole: the old ones no longer count', async () => {
    const { userId, token } = await newMfaUser();
    const [old = ''] = await newRecoveryCodes(userId);
    const { status, body } = await api(`PUT /users/${userId}/mfa/recovery-codes`, { body: {} });
    expect([status, body.recoveryCodes.length]).toEqual([200, 6]);
    expect(await hashesOf(userId)).toHaveLength(6);
    const challenge = await newChallenge(token, 'recoverycode');
    expectError(await answerChallenge(token, challenge, old), 'user_invalid_token');
    expect((await answerChallenge(token, challenge, body.recoveryCodes[0])).status).toBe(200);
  });

  test('prove a factor once each, in any case', async () => {
    const { userId, token } = await newMfaUser();
    const [code = ''] = await newRecoveryCodes(userId);
    const { status, body } = await answerChallenge(
      token,
      await newChallenge(token, 'recoverycode'),
      ` ${code.toUpperCase()}`,
    );
    expect([status, body.factors]).toEqual([200, ['server', 'recoverycode']]);
    expectAnswer(await api(`GET /users/${userId}/mfa/recovery-codes`), 200, {
      recoveryCodes: Array(5).fill(MASK),
    });
    const again = await newChallenge(token, 'recoverycode');
    expectError(await answerChallenge(token, again, code), 'user_invalid_token');
  });

  test('are no good to another user', async () => {
    const [mine, theirs] = [await newMfaUser(), await newMfaUser()];
    const [code = ''] = await newRecoveryCodes(theirs.userId);
    await newRecoveryCodes(mine.userId);
    const challenge = await newChallenge(mine.token, 'recoverycode');
    expectError(await answerChallenge(mine.token, challenge, code), 'user_invalid_token');
  });

  test('still count when the encryption key was changed, and when it came later', async () => {
    const { userId, token } = await newMfaUser(false);
    const made = await api(`PATCH /users/${userId}/mfa/recovery-codes`, {
      body: {},
      env: { ENCRYPTION_KEY: '' },
    });
    const rotated = { ENCRYPTION_KEY: 'a newer key of thirty-two letters, encryption-key-of-the-tests-0001' };
    const use = async (code: string) =>
      api('PUT /account/mfa/challenges', {
        headers: withSession(token),
        body: { challengeId: await newChallenge(token, 'recoverycode'), otp: code },
        env: rotated,
      });
    expect((await use(made.body.recoveryCodes[0])).status).toBe(200);
    const { body } = await api(`PUT /users/${userId}/mfa/recovery-codes`, { body: {} });
    expect((await use(body.recoveryCodes[0])).status).toBe(200);
  });
});

describe('The user’s own recovery codes', () => {
  const ROUTE = '/account/mfa/recovery-codes';

  test('are made with 201, and read and replaced only after a recent challenge', async () => {
    const user = await newUser();
    const headers = withSession((await newSession(user)).token);
    const made = await api(`POST ${ROUTE}`, { headers });
    expect([made.status, made.body.recoveryCodes.length]).toEqual([201, 6]);
    expectError(await api(`POST ${ROUTE}`, { headers }), 'user_recovery_codes_already_exists');
    for (const method of ['GET', 'PATCH'])
      expectError(await api(`${method} ${ROUTE}`, { headers }), 'user_challenge_required');
    await passChallenges(user);
    expectAnswer(await api(`GET ${ROUTE}`, { headers }), 200, { recoveryCodes: Array(6).fill(MASK) });
    const replaced = await api(`PATCH ${ROUTE}`, { headers });
    expect([replaced.status, replaced.body.recoveryCodes.length]).toEqual([200, 6]);
    expect(replaced.body.recoveryCodes).not.toContain(made.body.recoveryCodes[0]);
    expect((await activityOf(user)).at(-1)).toMatchObject({ event: 'user.update', actor_type: 'user' });
  });

  test('are kept as they are by a replacement that is refused', async () => {
    const user = await newUser();
    const headers = withSession((await newSession(user)).token);
    await api(`POST ${ROUTE}`, { headers });
    const before = await hashesOf(user);
    expectError(await api(`PATCH ${ROUTE}`, { headers }), 'user_challenge_required');
    expect(await hashesOf(user)).toEqual(before);
  });
});
