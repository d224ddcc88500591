import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { api, CLASSIC, ROOT_KEY } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { expectError } from '../support/expect';
import { faultyStores, holding, refusing } from '../support/faults';
import { newSession, newUser, withSession } from '../support/given';

stopClock();

const withJwt = (jwt: string) => ({ 'x-appwrite-key': null, 'x-appwrite-jwt': jwt });
const account = (jwt: string) => api('GET /account', { headers: withJwt(jwt) });
const jwtOf = async (user: string, body: Readonly<Record<string, unknown>> = {}) =>
  (await api(`POST /users/${user}/jwts`, { body })).body.jwt;

const refusedAsGuest = async (jwt: string) =>
  expectError(await account(jwt), 'general_unauthorized_scope', { message: /guests/ });
const setStatus = (user: string, status: boolean) => api(`PATCH /users/${user}/status`, { body: { status } });

/** What ends all that a user holds. */
const revocations = {
  'a server deletes its sessions': ({ user }: Holder) => api(`DELETE /users/${user}/sessions`),
  'the user signs out everywhere': ({ token }: Holder) =>
    api('DELETE /account/sessions', { headers: withSession(token) }),
  'its user is blocked, and unblocked': async ({ user }: Holder) => {
    await setStatus(user, false);
    return setStatus(user, true);
  },
  'its user is deleted, and another one takes the ID': async ({ user }: Holder) => {
    await api(`DELETE /users/${user}`);
    return api('POST /users', { body: { userId: user } });
  },
  'a server changes the password': ({ user }: Holder) =>
    api(`PATCH /users/${user}/password`, { body: { password: 'another horse' } }),
};

interface Holder {
  readonly user: string;
  readonly token: string;
}

async function newHolder(): Promise<Holder> {
  const user = await newUser({ password: PASSWORD });
  return { user, token: (await newSession(user)).token };
}

const PASSWORD = 'correct horse';

const changeOwnPassword = ({ token }: Holder, env = {}) =>
  api('PATCH /account/password', {
    headers: withSession(token),
    body: { password: 'another horse', oldPassword: PASSWORD },
    env,
  });

describe('A JWT of a session', () => {
  test.each(Object.entries(revocations))('ends at once when %s', async (_, revoke) => {
    const holder = await newHolder();
    const { body } = await api('POST /account/jwts', { headers: withSession(holder.token) });
    const recent = await jwtOf(holder.user, { sessionId: 'recent' });
    for (const jwt of [body.jwt, recent]) expect((await account(jwt)).body.$id).toBe(holder.user);
    expect((await revoke(holder)).status).toBeLessThan(300);
    for (const jwt of [body.jwt, recent]) await refusedAsGuest(jwt);
  });

  test('ends at once when its session alone is deleted, and not when another one is', async () => {
    const user = await newUser();
    const [first, second] = [await newSession(user), await newSession(user)];
    const jwt = await jwtOf(user, { sessionId: second.id });
    await api(`DELETE /users/${user}/sessions/${first.id}`);
    expect((await account(jwt)).status).toBe(200);
    await api(`DELETE /users/${user}/sessions/${second.id}`);
    await refusedAsGuest(jwt);
  });

  test('stays when its user changes its password with that very session', async () => {
    const holder = await newHolder();
    const { body } = await api('POST /account/jwts', { headers: withSession(holder.token) });
    expect((await changeOwnPassword(holder)).status).toBe(200);
    expect((await account(body.jwt)).status).toBe(200);
  });

  test('stays with its session where a new password ends none', async () => {
    const holder = await newHolder();
    const jwt = await jwtOf(holder.user, { sessionId: 'recent' });
    const call = { body: { password: 'another horse' }, env: { REVOKE_ON_PASSWORD_CHANGE: 'false' } };
    expect((await api(`PATCH /users/${holder.user}/password`, call)).status).toBe(200);
    expect((await account(jwt)).status).toBe(200);
  });

  test('is refused where D1 can’t be asked: 503, not 401', async () => {
    const user = await newUser();
    await newSession(user);
    const jwt = await jwtOf(user, { sessionId: 'recent' });
    const { stores } = faultyStores(refusing(/d1/));
    expectError(
      await api('GET /account', { headers: withJwt(jwt), env: stores }),
      'general_service_unavailable',
    );
  });
});

describe('A JWT without a session', () => {
  test.each(Object.entries(revocations))('ends at once when %s', async (_, revoke) => {
    const holder = await newHolder();
    const jwt = await jwtOf(holder.user);
    expect((await account(jwt)).body.$id).toBe(holder.user);
    expect((await revoke(holder)).status).toBeLessThan(300);
    await refusedAsGuest(jwt);
    const later = await jwtOf(holder.user);
    expect((await account(later)).body.$id).toBe(holder.user);
    // In the same millisecond once more.
    await api(`DELETE /users/${holder.user}/sessions`);
    await refusedAsGuest(later);
  });

  test.each(['true', 'false'])(
    'ends when its user changes its password, REVOKE_ON_PASSWORD_CHANGE=%s',
    async (REVOKE_ON_PASSWORD_CHANGE) => {
      const holder = await newHolder();
      const jwt = await jwtOf(holder.user);
      expect((await changeOwnPassword(holder, { REVOKE_ON_PASSWORD_CHANGE })).status).toBe(200);
      await refusedAsGuest(jwt);
      const second = await jwtOf(holder.user);
      const body = { password: 'a third horse' };
      await api(`PATCH /users/${holder.user}/password`, { body, env: { REVOKE_ON_PASSWORD_CHANGE } });
      await refusedAsGuest(second);
    },
  );

  test('that ends while its call is on the way changes no password any more', async () => {
    const holder = await newHolder();
    const { fault, isHolding, release } = holding(/d1.batch/);
    const changing = api('PATCH /account/password', {
      headers: withJwt(await jwtOf(holder.user)),
      body: { password: 'another horse', oldPassword: PASSWORD },
      env: faultyStores(fault).stores,
    });
    await isHolding;
    await api(`DELETE /users/${holder.user}/sessions`);
    release();
    expectError(await changing, 'user_invalid_credentials');
    const token = (await newSession(holder.user)).token;
    expect((await changeOwnPassword({ ...holder, token })).status).toBe(200);
  });

  test('changes nothing of the next user of that ID, who comes while its call is on the way', async () => {
    const { user } = await newHolder();
    const { fault, isHolding, release } = holding(/d1.batch/);
    const changing = api('PATCH /account/mfa', {
      headers: withJwt(await jwtOf(user)),
      body: { mfa: true },
      env: faultyStores(fault).stores,
    });
    await isHolding;
    await revocations['its user is deleted, and another one takes the ID']({ user, token: '' });
    release();
    expectError(await changing, 'general_unauthorized_scope', { message: /guests/ });
    expect((await api(`GET /users/${user}`)).body.mfa).toBe(false);
  });

  test('stays when a change is refused, or is one of something else', async () => {
    const holder = await newHolder();
    const jwt = await jwtOf(holder.user);
    const body = { password: 'another horse', oldPassword: 'a wrong horse' };
    const headers = withSession(holder.token);
    expect((await api('PATCH /account/password', { headers, body })).status).toBe(401);
    expect((await api(`PATCH /users/${holder.user}/name`, { body: { name: 'Ada' } })).status).toBe(200);
    expect((await api('DELETE /account/sessions/current', { headers })).status).toBe(204);
    expect((await account(jwt)).status).toBe(200);
  });
});

describe('A JWT of the newest session, `recent`,', () => {
  test('of a user that has none is one without a session', async () => {
    const user = await newUser();
    const answer = await api(`POST /users/${user}/jwts`, { body: { sessionId: 'recent' } });
    expect(answer.status).toBe(201);
    expect(JSON.parse(atob(answer.body.jwt.split('.')[1]))).toMatchObject({ userId: user, sessionId: '' });
    expect((await account(answer.body.jwt)).body.$id).toBe(user);
  });

  test('is none of another ID: one that is not the user’s is 404', async () => {
    const [user, other] = [await newUser(), await newUser()];
    const { id } = await newSession(other);
    for (const sessionId of [id, 'nothing']) {
      expectError(await api(`POST /users/${user}/jwts`, { body: { sessionId } }), 'user_session_not_found');
    }
  });
});

describe('The JWT of a blocked user', () => {
  test.each([{}, { sessionId: 'recent' }])(
    'made with %j is told so: 403, and 401 to a classic client',
    async (body) => {
      const { user } = await newHolder();
      const jwt = await jwtOf(user, body);
      await setStatus(user, false);
      expectError(await account(jwt), 'user_blocked');
      const classic = await api('GET /account', { headers: { ...withJwt(jwt), ...CLASSIC } });
      expectError(classic, 'user_blocked', { classic: true });
      // What needs a key is refused for that, before the block is looked at.
      expectError(await api('GET /users', { headers: withJwt(jwt) }), 'general_unauthorized_scope', {
        message: `${user} (role: users) missing scopes (["users.read"])`,
      });
    },
  );

  test('is none of the next user of that ID', async () => {
    const { user } = await newHolder();
    const jwt = await jwtOf(user);
    await api(`DELETE /users/${user}`);
    await api('POST /users', { body: { userId: user } });
    await setStatus(user, false);
    await refusedAsGuest(jwt);
  });
});

test('A JWT is over when its time is: 15 minutes, or what was asked for', async () => {
  const user = await newUser();
  const [usual, short] = [await jwtOf(user), await jwtOf(user, { duration: 60 })];
  passTime(59_000);
  expect((await account(short)).status).toBe(200);
  passTime(2_000);
  expectError(await account(short), 'user_jwt_invalid', {
    message: 'Failed to verify JWT. Token has expired',
  });
  passTime(838_000);
  expect((await account(usual)).status).toBe(200);
  passTime(2_000);
  expectError(await account(usual), 'user_jwt_invalid', {
    message: 'Failed to verify JWT. Token has expired',
  });
});

test('A JWT that was signed with another key, or with none, is nobody’s', async () => {
  const jwt = await jwtOf(await newUser());
  const [head, claims] = jwt.split('.');
  const unsigned = `${btoa('{"alg":"none","typ":"JWT"}').replace(/=+$/, '')}.${claims}.`;
  for (const forged of [unsigned, `${head}.${claims}.AAAA`, `${head}.${claims}`]) {
    expectError(await account(forged), 'user_jwt_invalid', { message: /Token is malformed or not ours$/ });
  }
  const rotated = { headers: withJwt(jwt), env: { ROOT_API_KEY: 'another-root-key-of-the-tests-0002' } };
  expectError(await api('GET /account', rotated), 'user_jwt_invalid', { message: /not ours$/ });
});

test('A JWT of another deployment, or for another use, is not ours, though the key is the same', async () => {
  const user = await newUser();
  const jwt = await jwtOf(user);
  const elsewhere = { 'x-appwrite-project': 'other' };
  const call = { headers: { ...withJwt(jwt), ...elsewhere }, env: { PROJECT_ID: 'other' } };
  expectError(await api('GET /account', call), 'user_jwt_invalid', { message: /not ours$/ });

  const claims = JSON.parse(atob(jwt.split('.')[1]));
  expect(claims).toMatchObject({ iss: 'edge-users:default', aud: 'account' });
  const key = hkdf(sha256, utf8ToBytes(ROOT_KEY), undefined, utf8ToBytes('edge-users jwt v1'), 32);
  const sign = (changes: object) =>
    new SignJWT({ ...claims, ...changes }).setProtectedHeader({ alg: 'HS256' }).sign(key);
  expect((await account(await sign({}))).status).toBe(200);
  const others = [
    { iss: undefined },
    { iss: 'edge-users' },
    { aud: undefined },
    { aud: 'keys' },
    { exp: undefined },
    { userSeq: undefined },
    { userSeq: '1' },
    { validFrom: undefined },
  ];
  for (const changes of others) {
    expectError(await account(await sign(changes)), 'user_jwt_invalid', { message: /not ours$/ });
  }
});
