import { TOTP } from 'otpauth/slim';
import { expect } from 'vitest';
import { api } from './api';
import { newSession, newUser, withSession } from './given';
import { rows } from './rows';

/** The code that an authenticator app shows so many steps of 30 seconds from now. */
export const codeOf = (secret: string, steps = 0) =>
  new TOTP({ secret }).generate({ timestamp: Date.now() + steps * 30_000 });

/** Gives a user a verified authenticator, as if it had been some time ago: its code of now is not used up. */
export async function enrol(token: string): Promise<string> {
  const headers = withSession(token);
  const made = await api('POST /account/mfa/authenticators/totp', { headers, body: {} });
  expect(made.status, made.text).toBe(200);
  const body = { otp: codeOf(made.body.secret) };
  const verified = await api('PUT /account/mfa/authenticators/totp', { headers, body });
  expect(verified.status, verified.text).toBe(200);
  await rows(
    'UPDATE authenticators SET used_step = 0 WHERE user_seq = (SELECT seq FROM users WHERE id = ?)',
    verified.body.$id,
  );
  return made.body.secret;
}

/** A user with an authenticator and multi-factor authentication on or off; `token` is a session that has one factor. */
export async function newMfaUser(mfa = true): Promise<{ userId: string; secret: string; token: string }> {
  const userId = await newUser({ password: 'correct horse' });
  const secret = await enrol((await newSession(userId)).token);
  await api(`PATCH /users/${userId}/mfa`, { body: { mfa } });
  return { userId, secret, token: (await newSession(userId)).token };
}

/** Begins a challenge; returns its ID. */
export async function newChallenge(token: string, factor = 'totp'): Promise<string> {
  const answer = await api('POST /account/mfa/challenges', { headers: withSession(token), body: { factor } });
  expect(answer.status, answer.text).toBe(201);
  return answer.body.$id;
}

/** Answers a challenge. */
export const answerChallenge = (token: string, challengeId: string, otp: string) =>
  api('PUT /account/mfa/challenges', { headers: withSession(token), body: { challengeId, otp } });

/** Makes recovery codes for a user as a server does. */
export async function newRecoveryCodes(userId: string): Promise<string[]> {
  const answer = await api(`PATCH /users/${userId}/mfa/recovery-codes`, { body: {} });
  expect(answer.status, answer.text).toBe(200);
  return answer.body.recoveryCodes;
}

/** Makes the sessions of a user look as if each had passed a challenge just now. */
export const passChallenges = (userId: string) =>
  rows(
    'UPDATE sessions SET mfa_updated_at = ? WHERE user_seq = (SELECT seq FROM users WHERE id = ?)',
    Date.now(),
    userId,
  );
