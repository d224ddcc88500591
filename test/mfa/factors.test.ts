import { env } from 'cloudflare:test';
import { describe, expect, test } from 'vitest';
import example from '../../.dev.vars.example?raw';
import { configOf } from '../../src/config';
import { api } from '../support/api';
import { freshPhone } from '../support/calls';
import { stopClock } from '../support/clock';
import { expectAnswer, expectError, expectInvalid, expectMissing } from '../support/expect';
import { freshId, newUser, withSession } from '../support/given';
import { codeOf, newChallenge, newMfaUser, newRecoveryCodes } from '../support/mfa';
import { activityOf, row } from '../support/rows';

stopClock();

describe('A user’s factors', () => {
  test('are none to begin with', async () => {
    const none = { totp: false, phone: false, email: false, recoveryCode: false };
    expectAnswer(await api(`GET /users/${await newUser()}/mfa/factors`), 200, none);
  });

  test('are a verified authenticator, verified addresses, and recovery codes that are left', async () => {
    const { userId, token } = await newMfaUser();
    await newRecoveryCodes(userId);
    await api(`PATCH /users/${userId}/email`, { body: { email: `${freshId('mail')}@example.com` } });
    await api(`PATCH /users/${userId}/phone`, { body: { number: freshPhone() } });
    const unverified = { totp: true, phone: false, email: false, recoveryCode: true };
    expectAnswer(await api(`GET /users/${userId}/mfa/factors`), 200, unverified);
    await api(`PATCH /users/${userId}/verification`, { body: { emailVerification: true } });
    await api(`PATCH /users/${userId}/verification/phone`, { body: { phoneVerification: true } });
    const all = { totp: true, phone: true, email: true, recoveryCode: true };
    expectAnswer(await api(`GET /users/${userId}/mfa/factors`), 200, all);
    expectAnswer(await api('GET /account/mfa/factors', { headers: withSession(token) }), 200, all);
  });
});

describe('PATCH /users/{userId}/mfa', () => {
  test('answers the user, and writes who did it', async () => {
    const user = await newUser();
    const { status, body } = await api(`PATCH /users/${user}/mfa`, { body: { mfa: true } });
    expect([status, body.$id, body.mfa]).toEqual([200, user, true]);
    expect((await activityOf(user)).at(-1)).toMatchObject({ event: 'user.update', actor_type: 'key' });
    expect((await api(`GET /users/${user}`)).body.mfa).toBe(true);
  });

  test('takes a boolean, as JSON or as text, and nothing else', async () => {
    const route = `PATCH /users/${await newUser()}/mfa`;
    expect((await api(route, { body: { mfa: 'false' } })).body.mfa).toBe(false);
    expectMissing(await api(route, { body: {} }), 'mfa');
    for (const mfa of [null, 'yes', 2, [], {}])
      expectInvalid(await api(route, { body: { mfa } }), 'mfa', 'Value must be a valid boolean');
  });
});

describe('The encryption key', () => {
  test('is required, as the root key is', () => {
    const without = { ...env };
    Reflect.deleteProperty(without, 'ENCRYPTION_KEY');
    const named = /^The variable ENCRYPTION_KEY of this deployment is invalid: /;
    expect(() => configOf(without)).toThrow(named);
    for (const ENCRYPTION_KEY of ['', ' ', ','])
      expect(() => configOf({ ...env, ENCRYPTION_KEY })).toThrow(named);
  });

  test('can be changed: the old one opens what it sealed, which a right code then seals anew', async () => {
    const { userId, token, secret } = await newMfaUser();
    const stored = () =>
      row('SELECT secret FROM authenticators WHERE user_seq = (SELECT seq FROM users WHERE id = ?)', userId);
    const NEW = 'the key of tomorrow has thirty-two characters or more';
    const answer = async (ENCRYPTION_KEY: string, steps: number) =>
      api('PUT /account/mfa/challenges', {
        headers: withSession(token),
        body: { challengeId: await newChallenge(token), otp: codeOf(secret, steps) },
        env: { ENCRYPTION_KEY },
      });
    const before = await stored();
    expectError(await answer(NEW, 0), 'general_totp_disabled', { message: /^No key in this deployment/ });
    expect(await stored()).toEqual(before);
    expect((await answer(`${NEW},encryption-key-of-the-tests-0001`, 0)).status).toBe(200);
    expect(await stored()).not.toEqual(before);
    expect((await answer(NEW, 1)).status).toBe(200);
  });

  test('binds a secret to its user: a row that was copied opens for nobody', async () => {
    const [mine, theirs] = [await newMfaUser(), await newMfaUser()];
    const seqOf = '(SELECT seq FROM users WHERE id = ?)';
    await row(
      `UPDATE authenticators SET used_step = 0,
         secret = (SELECT secret FROM authenticators WHERE user_seq = ${seqOf}) WHERE user_seq = ${seqOf} RETURNING id`,
      mine.userId,
      theirs.userId,
    );
    const answer = await api('PUT /account/mfa/challenges', {
      headers: withSession(theirs.token),
      body: { challengeId: await newChallenge(theirs.token), otp: codeOf(mine.secret) },
    });
    expectError(answer, 'general_totp_disabled', { message: /^No key in this deployment/ });
  });

  test('is none that .dev.vars.example shows, which is public, nor is the root key, however they are written', () => {
    const shown = [...example.matchAll(/^\w+="(.+)"$/gm)].map(([, value = '']) => value);
    expect(shown).toHaveLength(2);
    for (const name of ['ROOT_API_KEY', 'ENCRYPTION_KEY']) {
      const refusal = new RegExp(
        `^The variable ${name} .* must not be what .dev.vars.example shows, which is public$`,
      );
      for (const value of shown.flatMap((text) => [text, ` ${text}\n`, text.toUpperCase(), `'${text}'`]))
        expect(() => configOf({ ...env, [name]: value }), value).toThrow(refusal);
    }
    for (const value of shown)
      expect(() => configOf({ ...env, ENCRYPTION_KEY: `${env.ENCRYPTION_KEY},${value}` })).toThrow(
        /is public$/,
      );
  });

  test('must be long; what tells that it is not never repeats it', () => {
    const root = () => configOf({ ...env, ROOT_API_KEY: 'short-secret' });
    expect(root).toThrow(/^The variable ROOT_API_KEY .* at least 32 characters$/);
    expect(root).not.toThrow(/short-secret/);
    const config = () => configOf({ ...env, ENCRYPTION_KEY: `${env.ENCRYPTION_KEY},short-secret` });
    expect(config).toThrow(
      /^The variable ENCRYPTION_KEY of this deployment is invalid: each key must have at least 32 characters$/,
    );
  });
});
