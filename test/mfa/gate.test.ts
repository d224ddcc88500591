import { createExecutionContext, env, waitOnExecutionContext } from 'cloudflare:test';
import { describe, expect, test } from 'vitest';
import { UserDirectory } from '../../src/rpc';
import type { VerifyOptions } from '../../types';
import { api } from '../support/api';
import { brokenD1 } from '../support/brokenD1';
import { namedEndpoints } from '../support/calls';
import { passTime, stopClock } from '../support/clock';
import { expectError } from '../support/expect';
import { freshId, newSession, newUser, withSession } from '../support/given';
import { answerChallenge, codeOf, enrol, newChallenge, newMfaUser } from '../support/mfa';
import { everything } from '../support/rows';

stopClock();

const CURRENT = 'GET /account/sessions/current';

async function verify(token: string, options?: VerifyOptions) {
  const ctx = createExecutionContext();
  const answer = await new UserDirectory(ctx, env).verifySession(token, options);
  await waitOnExecutionContext(ctx);
  return answer;
}

/** A session made by the user's own sign-in, as a browser holds it. */
async function signIn(email: string): Promise<string> {
  const answer = await api('POST /account/sessions/email', { body: { email, password: 'correct horse' } });
  expect(answer.status, answer.text).toBe(201);
  return answer.body.secret;
}

test('A user enrols, signs in, is asked for a second factor, proves it, and is in', async () => {
  const email = `${freshId('ada')}@example.com`;
  const user = await newUser({ email, password: 'correct horse' });
  const first = await signIn(email);
  const secret = await enrol(first);
  const on = await api('PATCH /account/mfa', { headers: withSession(first), body: { mfa: true } });
  expect([on.status, on.body.mfa]).toEqual([200, true]);
  expect((await api('GET /account', { headers: withSession(first) })).status).toBe(200);

  const token = await signIn(email);
  const headers = withSession(token);
  expectError(await api('GET /account', { headers }), 'user_more_factors_required');
  const factors = await api('GET /account/mfa/factors', { headers });
  expect(factors.body).toEqual({ totp: true, phone: false, email: false, recoveryCode: false });
  const challenge = await newChallenge(token);
  expect((await answerChallenge(token, challenge, codeOf(secret))).body.factors).toEqual([
    'password',
    'totp',
  ]);
  const account = await api('GET /account', { headers });
  expect([account.status, account.body.$id]).toEqual([200, user]);
  expect((await api(CURRENT, { headers, env: { DB: brokenD1('Network connection lost.') } })).status).toBe(
    200,
  );
});

describe('A session that lacks a factor', () => {
  const open = namedEndpoints.filter(([, { beforeMfa }]) => beforeMfa).map(([name]) => name);

  test('may list factors, begin and answer challenges, and sign out; nothing else', () => {
    expect(open.sort()).toEqual([
      'DELETE /account/sessions/:sessionId',
      'GET /account/mfa/factors',
      'POST /account/mfa/challenge',
      'POST /account/mfa/challenges',
      'PUT /account/mfa/challenge',
      'PUT /account/mfa/challenges',
    ]);
  });

  test('can not turn multi-factor authentication off, nor change what it asks for', async () => {
    const { token } = await newMfaUser();
    const headers = withSession(token);
    for (const [route, body] of [
      ['PATCH /account/mfa', { mfa: false }],
      ['DELETE /account/mfa/authenticators/totp', {}],
      ['POST /account/mfa/recovery-codes', {}],
      ['PATCH /account/password', { password: 'another horse', oldPassword: 'correct horse' }],
      ['POST /account/jwts', {}],
    ] as const)
      expectError(await api(route, { headers, body }), 'user_more_factors_required');
  });

  test('can be ended by its user', async () => {
    const { token } = await newMfaUser();
    const headers = withSession(token);
    expect((await api('DELETE /account/sessions/current', { headers })).status).toBe(204);
    expect((await api('GET /account/mfa/factors', { headers })).status).toBe(401);
  });

  test('ends itself and no other, whole or not, and does not tell which there are', async () => {
    const { userId, token, secret } = await newMfaUser();
    const [whole, lacking] = [await newSession(userId), await newSession(userId)];
    await answerChallenge(whole.token, await newChallenge(whole.token), codeOf(secret));
    const headers = withSession(token);
    const before = await everything();
    for (const id of [whole.id, lacking.id, 'nothing'])
      expectError(await api(`DELETE /account/sessions/${id}`, { headers }), 'user_more_factors_required');
    expectError(await api('DELETE /account/sessions', { headers }), 'user_more_factors_required');
    expect(await everything()).toBe(before);
    expect((await api(CURRENT, { headers: withSession(whole.token) })).status).toBe(200);
    // A whole one ends any of its user.
    const ended = await api(`DELETE /account/sessions/${lacking.id}`, { headers: withSession(whole.token) });
    expect(ended.status).toBe(204);
  });

  test('does not push out a whole one, however many there are of it', async () => {
    const { userId, secret } = await newMfaUser();
    await api(`DELETE /users/${userId}/sessions`);
    const env = { SESSION_LIMIT: '2' };
    const email = `${userId}@example.com`;
    await api(`PATCH /users/${userId}/email`, { body: { email } });
    const open = async () => {
      const body = { email, password: 'correct horse' };
      const { status, body: session } = await api('POST /account/sessions/email', { body, env });
      return status === 201 ? session.secret : status;
    };
    const whole = await open();
    await answerChallenge(whole, await newChallenge(whole), codeOf(secret));
    const lacking = [];
    for (let count = 0; count < 3; count++) lacking.push(await open());
    const ask = (token: string) => api('GET /account/mfa/factors', { headers: withSession(token) });
    expect((await ask(whole)).status).toBe(200);
    // Of those that lack a factor the oldest gave way.
    expect(await Promise.all(lacking.map(async (token) => (await ask(token)).status))).toEqual([
      401, 200, 200,
    ]);
    // Whole ones give way to one another.
    const more = [];
    for (let steps = 1; steps <= 2; steps++) {
      const token = await open();
      passTime(30_000);
      await answerChallenge(token, await newChallenge(token), codeOf(secret));
      more.push(token);
    }
    await open();
    expect((await ask(whole)).status).toBe(401);
    expect(await Promise.all(more.map(async (token) => (await ask(token)).status))).toEqual([200, 200]);
  });

  test('ends no other by a JWT of it', async () => {
    const { userId, secret } = await newMfaUser(false);
    const [lacking, whole] = [await newSession(userId), await newSession(userId)];
    await answerChallenge(whole.token, await newChallenge(whole.token), codeOf(secret));
    const { jwt } = (await api(`POST /users/${userId}/jwts`, { body: { sessionId: lacking.id } })).body;
    await api(`PATCH /users/${userId}/mfa`, { body: { mfa: true } });
    const headers = { 'x-appwrite-key': null, 'x-appwrite-jwt': jwt };
    const route = `DELETE /account/sessions/${whole.id}`;
    expectError(await api(route, { headers }), 'user_more_factors_required');
    expect((await api('DELETE /account/sessions/current', { headers })).status).toBe(204);
  });

  test('is told by its copy in KV, which is then asked of D1 again, and never let through without it', async () => {
    const { token } = await newMfaUser();
    const headers = withSession(token);
    expectError(await api(CURRENT, { headers }), 'user_more_factors_required');
    const answer = await api(CURRENT, { headers, env: { DB: brokenD1('Network connection lost.') } });
    expectError(answer, 'general_service_unavailable');
  });

  test('is nobody’s to other Workers, until it has the factor; only one that asks for it is told of it', async () => {
    const { token, secret } = await newMfaUser();
    const lacking = { factors: ['server'], moreFactorsRequired: true };
    for (const fresh of [false, true]) {
      expect(await verify(token, { fresh })).toBeNull();
      expect(await verify(token, { fresh, beforeMfa: true })).toMatchObject(lacking);
    }
    await answerChallenge(token, await newChallenge(token), codeOf(secret));
    expect(await verify(token)).toMatchObject({ factors: ['server', 'totp'], moreFactorsRequired: false });
  });

  test('makes a JWT of it lack the factor too; one without a session is its server’s to answer for', async () => {
    const { userId, secret } = await newMfaUser(false);
    const { id, token } = await newSession(userId);
    const jwt = async (body: object) => (await api(`POST /users/${userId}/jwts`, { body })).body.jwt;
    const [ofSession, alone] = [await jwt({ sessionId: id }), await jwt({})];
    const call = (value: string) =>
      api('GET /account', { headers: { 'x-appwrite-key': null, 'x-appwrite-jwt': value } });
    expect((await call(ofSession)).status).toBe(200);
    await api(`PATCH /users/${userId}/mfa`, { body: { mfa: true } });
    expectError(await call(ofSession), 'user_more_factors_required');
    expect((await call(alone)).status).toBe(200);
    await answerChallenge(token, await newChallenge(token), codeOf(secret));
    expect((await call(ofSession)).status).toBe(200);
  });
});

describe('Turning multi-factor authentication off', () => {
  const turn = (token: string, mfa: boolean) =>
    api('PATCH /account/mfa', { headers: withSession(token), body: { mfa } });

  test('takes a challenge of the last five minutes of a user that has an app', async () => {
    const { userId, secret, token } = await newMfaUser(false);
    expect((await turn(token, true)).status).toBe(200);
    const before = await everything();
    expectError(await turn(token, false), 'user_challenge_required');
    expect(await everything()).toBe(before);
    expect((await answerChallenge(token, await newChallenge(token), codeOf(secret))).status).toBe(200);
    passTime(300_001);
    expectError(await turn(token, false), 'user_challenge_required');
    passTime(-1);
    const off = await turn(token, false);
    expect([off.status, off.body.mfa]).toEqual([200, false]);
    expect((await api(`GET /users/${userId}`)).body.mfa).toBe(false);
  });

  test('takes one of the session itself: another’s does not count, nor does having enrolled just now', async () => {
    const user = await newUser();
    const [here, elsewhere] = [await newSession(user), await newSession(user)];
    const secret = await enrol(here.token);
    await turn(here.token, true);
    await answerChallenge(elsewhere.token, await newChallenge(elsewhere.token), codeOf(secret));
    expectError(await turn(here.token, false), 'user_challenge_required');
    expect((await turn(elsewhere.token, false)).status).toBe(200);
  });

  test('takes none where there is no app, or nothing to turn off, nor by a server', async () => {
    const { token } = await newSession(await newUser());
    for (const mfa of [false, true, false]) expect((await turn(token, mfa)).status).toBe(200);
    const enrolled = await newMfaUser(false);
    for (const mfa of [false, true, true]) expect((await turn(enrolled.token, mfa)).status).toBe(200);
    const route = `PATCH /users/${enrolled.userId}/mfa`;
    expect((await api(route, { body: { mfa: false } })).status).toBe(200);
  });
});

describe('Turning multi-factor authentication on', () => {
  test('asks more of the sessions that are there, by user or by server, at once', async () => {
    const { userId, secret, token } = await newMfaUser(false);
    const other = (await newSession(userId)).token;
    for (const each of [token, other])
      expect((await api(CURRENT, { headers: withSession(each) })).status).toBe(200);
    await api('PATCH /account/mfa', { headers: withSession(token), body: { mfa: true } });
    expect((await api(CURRENT, { headers: withSession(token) })).body.factors).toEqual(['server', 'totp']);
    expectError(await api(CURRENT, { headers: withSession(other) }), 'user_more_factors_required');
    await answerChallenge(other, await newChallenge(other), codeOf(secret));
    expect((await api(CURRENT, { headers: withSession(other) })).status).toBe(200);
  });

  test('asks nothing of anybody before there is an authenticator, and then of the other sessions', async () => {
    const user = await newUser({ email: `${freshId('mail')}@example.com` });
    await api(`PATCH /users/${user}/verification`, { body: { emailVerification: true } });
    const [here, elsewhere] = [await newSession(user), await newSession(user)];
    await api('PATCH /account/mfa', { headers: withSession(here.token), body: { mfa: true } });
    for (const { token } of [here, elsewhere])
      expect((await api(CURRENT, { headers: withSession(token) })).status).toBe(200);
    await enrol(here.token);
    expect((await api(CURRENT, { headers: withSession(here.token) })).status).toBe(200);
    expectError(await api(CURRENT, { headers: withSession(elsewhere.token) }), 'user_more_factors_required');
  });

  test('reaches sessions whose copies KV does not let go of within a minute', async () => {
    const { userId, token } = await newMfaUser(false);
    const stuck = new Proxy(env.SESSIONS, {
      get: (target, name) =>
        name === 'delete'
          ? () => Promise.reject(new Error('KV is out of reach'))
          : Reflect.get(target, name).bind(target),
    });
    const route = `PATCH /users/${userId}/mfa`;
    expect((await api(route, { body: { mfa: true }, env: { SESSIONS: stuck } })).status).toBe(200);
    expect((await api(CURRENT, { headers: withSession(token) })).status).toBe(200);
    // What asks D1 for its answer is refused at once, and changes nothing.
    for (const [method, path, body] of [
      ['GET', '/account', undefined],
      ['GET', '/account/sessions', undefined],
      ['PATCH', '/account/mfa', { mfa: false }],
      ['PATCH', '/account/sessions/current', {}],
      ['POST', '/account/jwts', {}],
    ] as const) {
      const answer = await api(`${method} ${path}`, { headers: withSession(token), body });
      expectError(answer, 'user_more_factors_required');
    }
    expect((await api(`GET /users/${userId}`)).body.mfa).toBe(true);
    expect(await verify(token, { fresh: true })).toBeNull();
    passTime(60_000);
    expectError(await api(CURRENT, { headers: withSession(token) }), 'user_more_factors_required');
  });

  test('off again lets every session in at once', async () => {
    const { userId, token } = await newMfaUser();
    expectError(await api(CURRENT, { headers: withSession(token) }), 'user_more_factors_required');
    const { body } = await api(`PATCH /users/${userId}/mfa`, { body: { mfa: false } });
    expect([body.$id, body.mfa]).toEqual([userId, false]);
    expect((await api(CURRENT, { headers: withSession(token) })).status).toBe(200);
  });
});
