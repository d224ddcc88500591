import { describe, expect, test } from 'vitest';
import { api } from '../support/api';
import { stopClock } from '../support/clock';
import { expectError, expectInvalid } from '../support/expect';
import { newSession, newUser, withSession } from '../support/given';
import { everything } from '../support/rows';

stopClock();

const OLD = 'correct horse';

async function newMember(password: string | null = OLD) {
  const user = await newUser(password === null ? {} : { password });
  return { user, here: (await newSession(user)).token, elsewhere: (await newSession(user)).token };
}

const change = (token: string, body: object, env = {}) =>
  api('PATCH /account/password', { body, headers: withSession(token), env });
const statusOf = async (token: string) => (await api('GET /account', { headers: withSession(token) })).status;

describe('A user that changes its own password', () => {
  test('keeps its session and loses the others', async () => {
    const { here, elsewhere } = await newMember();
    expect((await change(here, { password: 'better horse', oldPassword: OLD })).status).toBe(200);
    expect([await statusOf(here), await statusOf(elsewhere)]).toEqual([200, 401]);
  });

  test('keeps them all where the deployment says so', async () => {
    const { here, elsewhere } = await newMember();
    const env = { REVOKE_ON_PASSWORD_CHANGE: 'false' };
    expect((await change(here, { password: 'better horse', oldPassword: OLD }, env)).status).toBe(200);
    expect([await statusOf(here), await statusOf(elsewhere)]).toEqual([200, 200]);
  });

  test('must know the old one; else nothing changes', async () => {
    const { here } = await newMember();
    const before = await everything();
    for (const body of [
      { password: 'better horse' },
      { password: 'better horse', oldPassword: 'wrong horse' },
    ]) {
      expectError(await change(here, body), 'user_invalid_credentials');
    }
    expect(await everything()).toBe(before);
  });

  test('is asked for no more than a password can have, so that no hash takes for ever', async () => {
    const { here } = await newMember();
    const body = { password: 'better horse', oldPassword: 'x'.repeat(257) };
    expectInvalid(await change(here, body), 'oldPassword', 'Value must be a password of 0 to 256 characters');
  });

  test('is not refused for a hash that a sign-in replaces meanwhile', async () => {
    const email = 'meanwhile@example.com';
    const user = await newUser({ email, password: OLD });
    const { token } = await newSession(user);
    const env = { PASSWORD_ARGON2: 'm=7168,t=6,p=1' };
    const [changed] = await Promise.all([
      change(token, { password: 'better horse', oldPassword: OLD }),
      api('POST /account/sessions/email', { body: { email, password: OLD }, env }),
    ]);
    expect(changed.status).toBe(200);
  });

  test('needs none where it has none', async () => {
    const { user, here, elsewhere } = await newMember(null);
    expect((await change(here, { password: 'first horse' })).body.$id).toBe(user);
    expect([await statusOf(here), await statusOf(elsewhere)]).toEqual([200, 401]);
  });
});
