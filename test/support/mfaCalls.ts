import { api } from './api';
import type { ValidCall } from './calls';
import { newSession, newUser, withSession } from './given';
import { codeOf, newChallenge, newMfaUser, newRecoveryCodes, passChallenges } from './mfa';

const ofUser = async () => ({ params: { userId: await newUser() } });

const asUser = async () => {
  const about = await newUser();
  return { headers: withSession((await newSession(about)).token), about };
};

/** Has an authenticator that it need not use, recovery codes, and a challenge that it passed just now. */
const asUserOfTwoFactors = async (): Promise<ValidCall> => {
  const { userId, token } = await newMfaUser(false);
  await newRecoveryCodes(userId);
  await passChallenges(userId);
  return { headers: withSession(token), params: { userId, type: 'totp' }, about: userId };
};

const enrolment = async (): Promise<ValidCall> => ({ ...(await asUser()), params: { type: 'totp' } });

const verification = async (): Promise<ValidCall> => {
  const call = await enrolment();
  const { body } = await api('POST /account/mfa/authenticators/totp', {
    headers: call.headers ?? {},
    body: {},
  });
  return { ...call, body: { otp: codeOf(body.secret) } };
};

const challenge = async (): Promise<ValidCall> => ({
  ...(await asUserOfTwoFactors()),
  body: { factor: 'totp' },
});

const challengeAnswer = async (): Promise<ValidCall> => {
  const { userId, secret, token } = await newMfaUser(false);
  const body = { challengeId: await newChallenge(token), otp: codeOf(secret) };
  return { headers: withSession(token), about: userId, body };
};

const ofUserWithCodes = async (): Promise<ValidCall> => {
  const call = await ofUser();
  await newRecoveryCodes(call.params.userId);
  return call;
};

const ofUserOfTwoFactors = async (): Promise<ValidCall> => ({ ...(await asUserOfTwoFactors()), headers: {} });

/** Calls of multi-factor authentication that succeed. */
export const mfaCalls: Readonly<Record<string, () => Promise<ValidCall>>> = {
  'PATCH /users/:userId/mfa': async () => ({
    ...(await asUserOfTwoFactors()),
    headers: {},
    body: { mfa: true },
  }),
  'GET /users/:userId/mfa/factors': ofUser,
  'DELETE /users/:userId/mfa/authenticators/:type': ofUserOfTwoFactors,
  'GET /users/:userId/mfa/recovery-codes': ofUserWithCodes,
  'PATCH /users/:userId/mfa/recovery-codes': ofUser,
  'PUT /users/:userId/mfa/recovery-codes': ofUserWithCodes,
  'PATCH /account/mfa': async () => ({ ...(await asUser()), body: { mfa: true } }),
  'GET /account/mfa/factors': asUser,
  'POST /account/mfa/authenticators/:type': enrolment,
  'PUT /account/mfa/authenticators/:type': verification,
  'DELETE /account/mfa/authenticators/:type': asUserOfTwoFactors,
  'GET /account/mfa/recovery-codes': asUserOfTwoFactors,
  'POST /account/mfa/recovery-codes': asUser,
  'PATCH /account/mfa/recovery-codes': asUserOfTwoFactors,
  'POST /account/mfa/challenges': challenge,
  'POST /account/mfa/challenge': challenge,
  'PUT /account/mfa/challenges': challengeAnswer,
  'PUT /account/mfa/challenge': challengeAnswer,
};
