import {
  Account,
  AppwriteException,
  AuthenticationFactor,
  AuthenticatorType,
  Client,
  ID,
  Users,
} from 'node-appwrite';
import { TOTP } from 'otpauth';
import { describe, expect, inject, test } from 'vitest';

const newClient = () => new Client().setEndpoint(inject('endpoint')).setProject('default');
const users = new Users(newClient().setKey(inject('rootKey')));

const accountOf = (session: string) => new Account(newClient().setSession(session));
const codeOf = (secret: string, steps = 0) =>
  new TOTP({ secret }).generate({ timestamp: Date.now() + steps * 30_000 });

const errorOf = (call: Promise<unknown>) =>
  call.then(
    () => 'no error',
    (error: unknown) => (error instanceof AppwriteException ? [error.code, error.type] : error),
  );

async function newMember() {
  const email = `${ID.unique()}@example.com`;
  const user = await users.create({ userId: ID.unique(), email, password: 'correct horse' });
  const signIn = async () =>
    (
      await new Account(newClient().setKey(inject('rootKey'))).createEmailPasswordSession({
        email,
        password: 'correct horse',
      })
    ).secret;
  return { userId: user.$id, signIn };
}

describe('Multi-factor authentication with node-appwrite', () => {
  test('enrols an app, asks for it at the next sign-in, and lets in who has the code', async () => {
    const { userId, signIn } = await newMember();
    const account = accountOf(await signIn());
    const { secret, uri } = await account.createMFAAuthenticator({ type: AuthenticatorType.Totp });
    expect(uri).toMatch(/^otpauth:\/\/totp\//);
    const verified = await account.updateMFAAuthenticator({
      type: AuthenticatorType.Totp,
      otp: codeOf(secret),
    });
    expect(verified.$id).toBe(userId);
    expect((await account.updateMFA({ mfa: true })).mfa).toBe(true);
    const { recoveryCodes } = await account.createMFARecoveryCodes();
    expect(recoveryCodes).toHaveLength(6);
    expect((await account.get()).$id).toBe(userId);

    const next = accountOf(await signIn());
    expect(await errorOf(next.get())).toEqual([401, 'user_more_factors_required']);
    expect(await next.listMFAFactors()).toEqual({
      totp: true,
      phone: false,
      email: false,
      recoveryCode: true,
    });
    expect(await errorOf(next.createMFAChallenge({ factor: AuthenticationFactor.Email }))).toEqual([
      503,
      'general_smtp_disabled',
    ]);
    const challenge = await next.createMFAChallenge({ factor: AuthenticationFactor.Totp });
    expect(challenge.userId).toBe(userId);
    const wrong = next.updateMFAChallenge({ challengeId: challenge.$id, otp: '12345' });
    expect(await errorOf(wrong)).toEqual([401, 'user_invalid_token']);
    // The code of now was used to enrol, so this is the next one.
    const otp = codeOf(secret, 1);
    const session = await next.updateMFAChallenge({ challengeId: challenge.$id, otp });
    expect(session.factors).toEqual(['password', 'totp']);
    expect((await next.get()).$id).toBe(userId);
    expect((await next.getMFARecoveryCodes()).recoveryCodes).toEqual(recoveryCodes);

    const lost = accountOf(await signIn());
    const recovery = await lost.createMFAChallenge({ factor: AuthenticationFactor.Recoverycode });
    await lost.updateMFAChallenge({ challengeId: recovery.$id, otp: recoveryCodes[0] ?? '' });
    expect((await lost.getMFARecoveryCodes()).recoveryCodes).toEqual(recoveryCodes.slice(1));
    expect((await lost.updateMFARecoveryCodes()).recoveryCodes).not.toContain(recoveryCodes[1]);
    // The session that turned it on has passed no challenge since; this one has.
    expect(await errorOf(account.updateMFA({ mfa: false }))).toEqual([401, 'user_challenge_required']);
    expect((await lost.updateMFA({ mfa: false })).mfa).toBe(false);
    await lost.deleteMFAAuthenticator({ type: AuthenticatorType.Totp });
    expect((await lost.listMFAFactors()).totp).toBe(false);
  });

  test('is seen and managed by a server', async () => {
    const { userId, signIn } = await newMember();
    const account = accountOf(await signIn());
    const { secret } = await account.createMFAAuthenticator({ type: AuthenticatorType.Totp });
    await account.updateMFAAuthenticator({ type: AuthenticatorType.Totp, otp: codeOf(secret) });
    expect((await users.updateMFA({ userId, mfa: true })).mfa).toBe(true);
    expect(await errorOf(users.getMFARecoveryCodes({ userId }))).toEqual([
      404,
      'user_recovery_codes_not_found',
    ]);
    expect(await errorOf(users.updateMFARecoveryCodes({ userId }))).toEqual([
      404,
      'user_recovery_codes_not_found',
    ]);
    expect((await users.createMFARecoveryCodes({ userId })).recoveryCodes).toHaveLength(6);
    expect(await errorOf(users.createMFARecoveryCodes({ userId }))).toEqual([
      409,
      'user_recovery_codes_already_exists',
    ]);
    const { recoveryCodes } = await users.updateMFARecoveryCodes({ userId });
    expect(recoveryCodes).toHaveLength(6);
    expect((await users.getMFARecoveryCodes({ userId })).recoveryCodes).toEqual(recoveryCodes);
    expect(await users.listMFAFactors({ userId })).toMatchObject({ totp: true, recoveryCode: true });
    await users.deleteMFAAuthenticator({ userId, type: AuthenticatorType.Totp });
    expect(await errorOf(users.deleteMFAAuthenticator({ userId, type: AuthenticatorType.Totp }))).toEqual([
      404,
      'user_authenticator_not_found',
    ]);
  });
});
