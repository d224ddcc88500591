import { TOTP } from 'otpauth';
import { expect, inject } from 'vitest';
import { type Driver, newUser, post, readUsers, textOf, writeUsers } from './driver';
import type { Sdk } from './generation';
import { user } from './models';
import { refused } from './refusals';

const nobody = { userId: 'nobody' };

/** Gives a user a verified authenticator, by its own session. */
async function enrol(userId: string): Promise<void> {
  const secret = textOf(await post(`/users/${userId}/sessions`), 'secret');
  const headers = { 'x-appwrite-session': secret, 'content-type': 'application/json' };
  const made = await post('/account/mfa/authenticators/totp', {}, headers);
  const body = JSON.stringify({ otp: new TOTP({ secret: textOf(made, 'secret') }).generate() });
  const url = `${inject('endpoint')}/account/mfa/authenticators/totp`;
  const answer = await fetch(url, { method: 'PUT', headers, body });
  if (!answer.ok) throw new Error(await answer.text());
}

const codes = { recoveryCodes: Array.from({ length: 6 }, () => expect.stringMatching(/^[0-9a-f]{10}$/)) };

/** The name that the generation calls it by: `Mfa` became `MFA` in 1.8. */
const named = (sdk: Sdk, name: string) => (sdk.methods.includes(name) ? name : name.replace('MFA', 'Mfa'));

const update: Driver = {
  example: { ...nobody, mfa: true },
  absent: 'user_not_found',
  scopes: writeUsers,
  invalid: [[{ mfa: 'maybe' }, 'Invalid `mfa` param: Value must be a valid boolean']],
  async answers(sdk, method) {
    const userId = await newUser(sdk);
    const email = `${userId}@example.com`;
    for (const mfa of [true, false])
      expect(await sdk.call(method, { userId, mfa })).toEqual(user(sdk, { $id: userId, email, mfa }));
  },
};

const factors: Driver = {
  example: nobody,
  absent: 'user_not_found',
  scopes: readUsers,
  async answers(sdk, method) {
    const userId = await newUser(sdk);
    const none = { totp: false, phone: false, email: false, recoveryCode: false };
    expect(await sdk.call(method, { userId })).toEqual(none);
    await enrol(userId);
    await sdk.call('updateEmailVerification', { userId, emailVerification: true });
    await sdk.call(named(sdk, 'createMFARecoveryCodes'), { userId });
    const some = { totp: true, phone: false, email: true, recoveryCode: true };
    expect(await sdk.call(method, { userId })).toEqual(some);
  },
};

const removeAuthenticator: Driver = {
  example: { ...nobody, type: 'totp' },
  absent: 'user_not_found',
  scopes: writeUsers,
  invalid: [[{ type: 'nonsense' }, 'Invalid `type` param: Value must be one of (totp)']],
  async answers(sdk, method) {
    const userId = await newUser(sdk);
    const call = { userId, type: 'totp' };
    expect(await sdk.refusal(method, call)).toEqual(refused('user_authenticator_not_found'));
    await enrol(userId);
    expect(await sdk.call(method, call)).toEqual(sdk.nothing);
    expect(await sdk.refusal(method, call)).toEqual(refused('user_authenticator_not_found'));
  },
};

const createCodes: Driver = {
  example: nobody,
  absent: 'user_not_found',
  scopes: writeUsers,
  async answers(sdk, method) {
    const userId = await newUser(sdk);
    expect(await sdk.call(method, { userId })).toEqual(codes);
    expect(await sdk.refusal(method, { userId })).toEqual(refused('user_recovery_codes_already_exists'));
  },
};

const getCodes: Driver = {
  example: nobody,
  absent: 'user_not_found',
  scopes: readUsers,
  async answers(sdk, method) {
    const userId = await newUser(sdk);
    expect(await sdk.refusal(method, { userId })).toEqual(refused('user_recovery_codes_not_found'));
    const made = await sdk.call(named(sdk, 'createMFARecoveryCodes'), { userId });
    expect(await sdk.call(method, { userId }), 'as often as they are asked for').toEqual(made);
  },
};

const updateCodes: Driver = {
  example: nobody,
  absent: 'user_not_found',
  scopes: writeUsers,
  async answers(sdk, method) {
    const userId = await newUser(sdk);
    expect(await sdk.refusal(method, { userId })).toEqual(refused('user_recovery_codes_not_found'));
    const before = await sdk.call(named(sdk, 'createMFARecoveryCodes'), { userId });
    const after = await sdk.call(method, { userId });
    expect(after).toEqual(codes);
    expect(after).not.toEqual(before);
  },
};

/** Drivers of the methods of factors, which 1.8 renamed. */
export const mfaDrivers: Readonly<Record<string, Driver>> = {
  updateMfa: update,
  updateMFA: update,
  listMfaFactors: factors,
  listMFAFactors: factors,
  deleteMfaAuthenticator: removeAuthenticator,
  deleteMFAAuthenticator: removeAuthenticator,
  createMfaRecoveryCodes: createCodes,
  createMFARecoveryCodes: createCodes,
  getMfaRecoveryCodes: getCodes,
  getMFARecoveryCodes: getCodes,
  updateMfaRecoveryCodes: updateCodes,
  updateMFARecoveryCodes: updateCodes,
};
