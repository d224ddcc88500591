import { describe, expect, test } from 'vitest';
import { api } from '../support/api';
import { stopClock } from '../support/clock';
import { expectError, expectInvalid } from '../support/expect';
import { newSession, newUser, withSession } from '../support/given';
import {
  answerChallenge,
  codeOf,
  enrol,
  newChallenge,
  newMfaUser,
  newRecoveryCodes,
  passChallenges,
} from '../support/mfa';
import { activityOf, eventsOf, everything, row, rows } from '../support/rows';

stopClock();

const ROUTE = '/account/mfa/authenticators/totp';

const stored = (userId: string) =>
  row('SELECT a.* FROM authenticators a JOIN users ON users.seq = a.user_seq WHERE users.id = ?', userId);

describe('Adding an authenticator app', () => {
  test('shows its secret once, with a URI that names service and account', async () => {
    const user = await newUser({ email: 'ada@example.com' });
    const headers = withSession((await newSession(user)).token);
    const { status, body } = await api(`POST ${ROUTE}`, { headers, env: { TOTP_ISSUER: 'Engine' } });
    expect(status).toBe(200);
    expect(body).toEqual({
      secret: expect.stringMatching(/^[A-Z2-7]{32}$/),
      uri: `otpauth://totp/Engine:ada%40example.com?issuer=Engine&secret=${body.secret}&algorithm=SHA1&digits=6&period=30`,
    });
    expect((await activityOf(user)).at(-1)).toMatchObject({ event: 'user.update', actor_type: 'user' });
    expect(JSON.stringify(await rows('SELECT * FROM activity'))).not.toContain(body.secret);
  });

  test('stores the secret encrypted, and nowhere in clear', async () => {
    const user = await newUser();
    const { token } = await newSession(user);
    const { body } = await api(`POST ${ROUTE}`, { headers: withSession(token) });
    expect((await stored(user)).secret).toMatch(/^v1\.[0-9a-f]{8}\.[\w-]{80}$/);
    expect(await everything()).not.toContain(body.secret);
  });

  test('counts for nothing until a first code is shown, and is replaced by another try', async () => {
    const user = await newUser();
    const headers = withSession((await newSession(user)).token);
    await api(`PATCH /users/${user}/mfa`, { body: { mfa: true } });
    const first = (await api(`POST ${ROUTE}`, { headers })).body.secret;
    expect((await api('GET /account/mfa/factors', { headers })).body.totp).toBe(false);
    expect((await api('GET /account', { headers })).status).toBe(200);
    const second = (await api(`POST ${ROUTE}`, { headers })).body.secret;
    expect(second).not.toBe(first);
    expectError(await api(`PUT ${ROUTE}`, { headers, body: { otp: codeOf(first) } }), 'user_invalid_token');
    expect((await api(`PUT ${ROUTE}`, { headers, body: { otp: codeOf(second) } })).status).toBe(200);
  });

  test('names the account by its ID where it has neither e-mail nor phone, the service by its project', async () => {
    const user = await newUser();
    const headers = withSession((await newSession(user)).token);
    const { body } = await api(`POST ${ROUTE}`, { headers });
    expect(body.uri).toContain(`otpauth://totp/default:${user}?issuer=default&`);
  });

  test.each(['POST', 'PUT', 'DELETE'])('is for TOTP alone: %s', async (method) => {
    const headers = withSession((await newSession(await newUser())).token);
    const answer = await api(`${method} /account/mfa/authenticators/sms`, { headers, body: { otp: '1' } });
    expectInvalid(answer, 'type', 'Value must be one of (totp)');
  });

  test('gives one of two verified apps that are added side by side', async () => {
    const { token } = await newSession(await newUser());
    const headers = withSession(token);
    const made = await Promise.all([1, 2, 3].map(() => api(`POST ${ROUTE}`, { headers })));
    const verified = [];
    for (const { body } of made)
      verified.push((await api(`PUT ${ROUTE}`, { headers, body: { otp: codeOf(body.secret) } })).status);
    expect(verified.filter((status) => status === 200)).toHaveLength(1);
  });
});

describe('Verifying an authenticator app', () => {
  test('answers the account, and gives the session its factor at once', async () => {
    const user = await newUser({ name: 'Ada' });
    const { id, token } = await newSession(user);
    const headers = withSession(token);
    const { body } = await api(`POST ${ROUTE}`, { headers });
    const answer = await api(`PUT ${ROUTE}`, { headers, body: { otp: codeOf(body.secret) } });
    expect([answer.status, answer.body.$id, answer.body.name]).toEqual([200, user, 'Ada']);
    expect('password' in answer.body).toBe(false);
    const session = await api('GET /account/sessions/current', { headers });
    expect([session.body.$id, session.body.factors]).toEqual([id, ['server', 'totp']]);
    expect(await stored(user)).toMatchObject({ verified: 1 });
    expect(await eventsOf(user)).toEqual(['user.create', 'session.create', 'user.update', 'user.update']);
  });

  test('takes a code with spaces in it, as apps show it', async () => {
    const headers = withSession((await newSession(await newUser())).token);
    const { body } = await api(`POST ${ROUTE}`, { headers });
    const code = codeOf(body.secret);
    const otp = ` ${code.slice(0, 3)} ${code.slice(3)} `;
    expect((await api(`PUT ${ROUTE}`, { headers, body: { otp } })).status).toBe(200);
  });

  test('uses the code up: it is no answer to a challenge', async () => {
    const user = await newUser();
    const { token } = await newSession(user);
    const { body } = await api(`POST ${ROUTE}`, { headers: withSession(token) });
    const otp = codeOf(body.secret);
    await api(`PUT ${ROUTE}`, { headers: withSession(token), body: { otp } });
    const challenge = await newChallenge(token);
    expectError(await answerChallenge(token, challenge, otp), 'user_invalid_token');
    expect((await answerChallenge(token, challenge, codeOf(body.secret, 1))).status).toBe(200);
  });

  test('happens once, however many come at once', async () => {
    const headers = withSession((await newSession(await newUser())).token);
    const { body } = await api(`POST ${ROUTE}`, { headers });
    const call = { headers, body: { otp: codeOf(body.secret) } };
    const answers = await Promise.all(Array.from({ length: 5 }, () => api(`PUT ${ROUTE}`, call)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { body } of answers.filter(({ status }) => status !== 200))
      expect(['user_invalid_token', 'user_authenticator_already_verified']).toContain(body.type);
  });
});

describe('Deleting an authenticator app', () => {
  test('needs a challenge of the last five minutes, by the user itself', async () => {
    const { userId, token } = await newMfaUser(false);
    await passChallenges(userId);
    await rows('UPDATE sessions SET mfa_updated_at = mfa_updated_at - 300001');
    expectError(await api(`DELETE ${ROUTE}`, { headers: withSession(token) }), 'user_challenge_required');
    await rows('UPDATE sessions SET mfa_updated_at = mfa_updated_at + 1');
    expect((await api(`DELETE ${ROUTE}`, { headers: withSession(token) })).status).toBe(204);
    expect((await api('GET /account/mfa/factors', { headers: withSession(token) })).body.totp).toBe(false);
    expect(await eventsOf(userId)).toContain('user.update');
  });

  test('needs none where it was never verified', async () => {
    const headers = withSession((await newSession(await newUser())).token);
    await api(`POST ${ROUTE}`, { headers });
    expect((await api(`DELETE ${ROUTE}`, { headers })).status).toBe(204);
    expectError(await api(`DELETE ${ROUTE}`, { headers }), 'user_authenticator_not_found');
  });

  test('lets a user in again whose server does it', async () => {
    const { userId, token } = await newMfaUser();
    const headers = withSession(token);
    expectError(await api('GET /account', { headers }), 'user_more_factors_required');
    expect((await api(`DELETE /users/${userId}/mfa/authenticators/totp`)).status).toBe(204);
    expect((await api('GET /account', { headers })).status).toBe(200);
    expect((await activityOf(userId)).at(-1)).toMatchObject({ event: 'user.update', actor_type: 'key' });
    expect(await enrol(token)).toMatch(/^[A-Z2-7]{32}$/);
  });
});

test('A deleted user takes authenticators, recovery codes and challenges along', async () => {
  const { userId, token } = await newMfaUser();
  await newRecoveryCodes(userId);
  await newChallenge(token);
  const { seq } = await row('SELECT seq FROM users WHERE id = ?', userId);
  const left = async () =>
    Promise.all(
      ['authenticators', 'recovery_codes', 'challenges'].map(
        async (table) => (await rows(`SELECT 1 FROM ${table} WHERE user_seq = ?`, seq)).length,
      ),
    );
  expect(await left()).toEqual([1, 6, 1]);
  await api(`DELETE /users/${userId}`);
  expect(await left()).toEqual([0, 0, 0]);
});
