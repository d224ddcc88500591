import { env } from 'cloudflare:test';
import { describe, expect, test } from 'vitest';
import { maintain } from '../../src/cron';
import { api } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { expectAnswer, expectError, expectInvalid } from '../support/expect';
import { newSession, newUser, withSession } from '../support/given';
import { answerChallenge, codeOf, newChallenge, newMfaUser, newRecoveryCodes } from '../support/mfa';
import { NOW } from '../support/models';
import { activityOf, rows } from '../support/rows';

stopClock();

describe('A challenge', { timeout: 30_000 }, () => {
  test('is told as Appwrite does, in both spellings of its path', async () => {
    const { userId, token } = await newMfaUser();
    for (const path of ['challenges', 'challenge']) {
      const answer = await api(`POST /account/mfa/${path}`, {
        headers: withSession(token),
        body: { factor: 'totp' },
      });
      expectAnswer(answer, 201, {
        $id: expect.stringMatching(/^[0-9a-f]{20}$/),
        $createdAt: NOW.iso,
        userId,
        expire: '2026-01-31T13:34:56.789+00:00',
      });
      expect((await activityOf(userId)).at(-1)).toMatchObject({
        event: 'challenge.create',
        resource_id: answer.body.$id,
      });
    }
  });

  test('is answered once: the session then has the factor and the time', async () => {
    const { userId, token, secret } = await newMfaUser();
    const challenge = await newChallenge(token);
    const { status, body } = await answerChallenge(token, challenge, codeOf(secret));
    expect(status).toBe(200);
    expect(body).toMatchObject({ userId, current: true, secret: '', mfaUpdatedAt: NOW.iso });
    expect(body.factors).toEqual(['server', 'totp']);
    expect((await activityOf(userId)).at(-1)).toMatchObject({
      event: 'challenges.update',
      resource_id: challenge,
    });
    expectError(await answerChallenge(token, challenge, codeOf(secret, 1)), 'user_invalid_token');
  });

  test('is answered under the older path too', async () => {
    const { token, secret } = await newMfaUser();
    const body = { challengeId: await newChallenge(token), otp: codeOf(secret) };
    const answer = await api('PUT /account/mfa/challenge', { headers: withSession(token), body });
    expect([answer.status, answer.body.factors]).toEqual([200, ['server', 'totp']]);
  });

  test('adds a factor that the session has no second time, only its time', async () => {
    const { token, secret } = await newMfaUser();
    await answerChallenge(token, await newChallenge(token), codeOf(secret));
    passTime(60_000);
    const { body } = await answerChallenge(token, await newChallenge(token), codeOf(secret));
    expect([body.factors, body.mfaUpdatedAt]).toEqual([['server', 'totp'], '2026-01-31T12:35:56.789+00:00']);
  });

  test('refuses a code that was used, in another challenge and another session too', async () => {
    const { userId, token, secret } = await newMfaUser();
    const otp = codeOf(secret);
    await answerChallenge(token, await newChallenge(token), otp);
    expectError(await answerChallenge(token, await newChallenge(token), otp), 'user_invalid_token');
    const other = (await newSession(userId)).token;
    expectError(await answerChallenge(other, await newChallenge(other), otp), 'user_invalid_token');
    // A step that was used ends those before it, too.
    expectError(
      await answerChallenge(other, await newChallenge(other), codeOf(secret, -1)),
      'user_invalid_token',
    );
    passTime(30_000);
    expect((await answerChallenge(other, await newChallenge(other), codeOf(secret))).status).toBe(200);
  });

  test('takes a code one step early or late, and no other', async () => {
    const { userId, token, secret } = await newMfaUser();
    const challenge = await newChallenge(token);
    for (const steps of [-2, 2])
      expectError(await answerChallenge(token, challenge, codeOf(secret, steps)), 'user_invalid_token');
    expect((await answerChallenge(token, challenge, codeOf(secret, 0))).status).toBe(200);
    const other = (await newSession(userId)).token;
    expect((await answerChallenge(other, await newChallenge(other), codeOf(secret, 1))).status).toBe(200);
  });

  test('lets one of many through that come with the same code at once', async () => {
    const { userId, secret } = await newMfaUser();
    const tokens = [];
    for (let i = 0; i < 4; i++) tokens.push((await newSession(userId)).token);
    const otp = codeOf(secret);
    const attempts = [];
    for (const token of tokens) attempts.push({ token, challenge: await newChallenge(token) });
    const answers = await Promise.all(
      attempts.flatMap(({ token, challenge }) => [
        answerChallenge(token, challenge, otp),
        answerChallenge(token, challenge, otp),
      ]),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(401)]);
    const sessions = await rows(
      `SELECT factors FROM sessions WHERE user_seq = (SELECT seq FROM users WHERE id = ?) AND factors LIKE '%totp%'`,
      userId,
    );
    // The one that was enrolled with, and the one that won.
    expect(sessions).toHaveLength(2);
  });

  test('lets one of many through that come with the same recovery code at once', async () => {
    const { userId } = await newMfaUser();
    const [code = ''] = await newRecoveryCodes(userId);
    const attempts = [];
    for (let i = 0; i < 4; i++) {
      const { token } = await newSession(userId);
      attempts.push({ token, challenge: await newChallenge(token, 'recoverycode') });
    }
    const answers = await Promise.all(
      attempts.map(({ token, challenge }) => answerChallenge(token, challenge, code)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401]);
    const { body } = await api(`GET /users/${userId}/mfa/recovery-codes`);
    expect(body.recoveryCodes).toHaveLength(5);
  });

  test('is for the session that began it, and for an hour', async () => {
    const { userId, token, secret } = await newMfaUser();
    const challenge = await newChallenge(token);
    const other = (await newSession(userId)).token;
    expectError(await answerChallenge(other, challenge, codeOf(secret)), 'user_invalid_token');
    passTime(60 * 60 * 1000);
    expectError(await answerChallenge(token, challenge, codeOf(secret)), 'user_invalid_token');
  });

  test('is answered by its own factor alone', async () => {
    const { userId, token, secret } = await newMfaUser();
    const [code = ''] = await newRecoveryCodes(userId);
    expectError(await answerChallenge(token, await newChallenge(token), code), 'user_invalid_token');
    const recovery = await newChallenge(token, 'recoveryCode');
    expectError(await answerChallenge(token, recovery, codeOf(secret)), 'user_invalid_token');
  });

  test('gives way to the newest ten of its session, and to no other’s', async () => {
    const { userId, token, secret } = await newMfaUser();
    const other = (await newSession(userId)).token;
    const theirs = await newChallenge(other);
    const first = await newChallenge(token);
    let last = '';
    for (let i = 0; i < 10; i++) last = await newChallenge(token);
    expect(
      await rows('SELECT 1 FROM challenges WHERE user_seq = (SELECT seq FROM users WHERE id = ?)', userId),
    ).toHaveLength(11);
    expect((await answerChallenge(other, theirs, codeOf(secret, -1))).status).toBe(200);
    expectError(await answerChallenge(token, first, codeOf(secret)), 'user_invalid_token');
    expect((await answerChallenge(token, last, codeOf(secret))).status).toBe(200);
  });

  test('is refused for factors that need messages, and for what is none', async () => {
    const { token } = await newMfaUser();
    const begin = (factor: string) =>
      api('POST /account/mfa/challenges', { headers: withSession(token), body: { factor } });
    expectError(await begin('email'), 'general_smtp_disabled');
    expectError(await begin('phone'), 'general_phone_disabled');
    expectInvalid(await begin('push'), 'factor', 'Value must be one of (email, phone, totp, recoverycode)');
  });

  test('is limited like sign-ins: ten wrong answers a minute, counted whether the code is of an app or for recovery', async () => {
    const { userId, token } = await newMfaUser();
    await newRecoveryCodes(userId);
    for (const factor of ['totp', 'recoverycode']) {
      const challenge = await newChallenge(token, factor);
      const statuses = [];
      for (let i = 0; i < 12; i++) statuses.push((await answerChallenge(token, challenge, '000000x')).status);
      expect(statuses).toEqual([...Array(10).fill(401), 429, 429]);
    }
  });
});

test('The cron trigger removes challenges that are over, and no others', async () => {
  const { token } = await newMfaUser();
  const over = await newChallenge(token);
  passTime(60 * 60 * 1000 - 1);
  const open = await newChallenge(token);
  passTime(1);
  await maintain(env, Date.now());
  const left = (await rows('SELECT id FROM challenges')).map(({ id }) => id);
  expect(left).toContain(open);
  expect(left).not.toContain(over);
});

test('A user without an authenticator or recovery codes is told so', async () => {
  const { token } = await newSession(await newUser());
  const begin = (factor: string) =>
    api('POST /account/mfa/challenges', { headers: withSession(token), body: { factor } });
  expectError(await begin('totp'), 'user_authenticator_not_found');
  expectError(await begin('recoverycode'), 'user_recovery_codes_not_found');
});
