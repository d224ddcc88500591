import { describe, expect, test } from 'vitest';
import { api } from '../support/api';
import { expectError } from '../support/expect';
import { newUser, withSession } from '../support/given';
import { answerChallenge, codeOf, newChallenge, newMfaUser } from '../support/mfa';

/** A user that may act as others and wants two factors, of which its session has proved one. */
async function newSupporter() {
  const { userId, token, secret } = await newMfaUser();
  await api(`PATCH /users/${userId}/impersonator`, { body: { impersonator: true } });
  return { userId, token, secret };
}

describe('A user that may act as others but has proved one factor of two', () => {
  test('reads neither the directory nor another account, not even what it may see of its own', async () => {
    const { token } = await newSupporter();
    const other = await newUser();
    const as = { 'x-appwrite-impersonate-user-id': other };
    for (const [route, headers] of [
      ['GET /users', {}],
      [`GET /users/${other}`, {}],
      [`GET /users/${other}/sessions`, {}],
      ['GET /account', as],
      ['GET /account/mfa/factors', as],
    ] as const) {
      const answer = await api(route, { headers: { ...withSession(token), ...headers } });
      expectError(answer, 'user_more_factors_required');
    }
    expect((await api('GET /account/mfa/factors', { headers: withSession(token) })).status).toBe(200);
  });

  test('reads them once it has proved the other', async () => {
    const { token, secret } = await newSupporter();
    const other = await newUser();
    await answerChallenge(token, await newChallenge(token), codeOf(secret));
    expect((await api(`GET /users/${other}`, { headers: withSession(token) })).status).toBe(200);
    const headers = { ...withSession(token), 'x-appwrite-impersonate-user-id': other };
    expect((await api('GET /account', { headers })).body.$id).toBe(other);
  });
});
