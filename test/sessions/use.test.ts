import { env } from 'cloudflare:test';
import { describe, expect, test } from 'vitest';
import { api } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { faultyStores, healthy, kvElsewhere, type Operation, refusing } from '../support/faults';
import { newSession, newUser, signedIn, withSession } from '../support/given';
import { newMfaUser } from '../support/mfa';
import { NOW } from '../support/models';
import { eventsOf, row } from '../support/rows';
import { ask } from '../support/worker';

stopClock();

const DAY = 86_400_000;

const notesOf = (user: string) => row('SELECT accessed_at, updated_at FROM users WHERE id = ?', user);
const seenAt = async (user: string) => (await notesOf(user)).accessed_at;
const withJwt = (jwt: string) => ({ 'x-appwrite-key': null, 'x-appwrite-jwt': jwt });
const jwtOf = async (user: string, body: object = {}) =>
  (await api(`POST /users/${user}/jwts`, { body: { ...body, duration: 3600 } })).body.jwt;

interface Holder {
  readonly user: string;
  readonly token: string;
}

/** Every way to use an account; each is given what it needs first, and then calls. */
const uses: Readonly<Record<string, (holder: Holder) => Promise<unknown>>> = {
  'a session, of its copy in KV': ({ token }) =>
    api('GET /account/sessions/current', { headers: withSession(token) }),
  'a session, of D1': ({ token }) => api('GET /account', { headers: withSession(token) }),
  'a session that changes something': ({ token }) =>
    api('PATCH /account/sessions/current', { headers: withSession(token) }),
  'a session that signs out': ({ token }) =>
    api('DELETE /account/sessions/current', { headers: withSession(token) }),
  'a session over RPC': ({ token }) => ask((directory) => directory.verifySession(token)),
  'a session over RPC, fresh': ({ token }) =>
    ask((directory) => directory.verifySession(token, { fresh: true })),
  'a JWT of a session': async ({ user }) =>
    api('GET /account', { headers: withJwt(await jwtOf(user, { sessionId: 'recent' })) }),
  'a JWT without a session': async ({ user }) => api('GET /account', { headers: withJwt(await jwtOf(user)) }),
};

async function newHolder(): Promise<Holder> {
  const user = await newUser();
  return { user, token: (await newSession(user)).token };
}

describe.each(Object.entries(uses))('The use of %s', (_, use) => {
  test('is when the user was last seen, and no change of it', async () => {
    const holder = await newHolder();
    expect((await api(`GET /users/${holder.user}`)).body.accessedAt).toBe('');
    passTime(5_000);
    const events = await eventsOf(holder.user);
    await use(holder);
    expect(await notesOf(holder.user)).toEqual({ accessed_at: NOW.ms + 5_000, updated_at: NOW.ms });
    expect((await api(`GET /users/${holder.user}`)).body.accessedAt).toBe(
      new Date(NOW.ms + 5_000).toISOString().replace('Z', '+00:00'),
    );
    const ownEvents = (await eventsOf(holder.user)).slice(events.length);
    expect(
      ownEvents.filter(
        (event) => !['session.update', 'session.delete', 'jwts.create'].includes(String(event)),
      ),
    ).toEqual([]);
  });

  test('is noted at most once in 24 hours', async () => {
    const holder = await newHolder();
    // Another session of the user, so that what signs out has one left.
    await use({ ...holder, token: (await newSession(holder.user)).token });
    passTime(DAY - 1);
    await use({ ...holder, token: (await newSession(holder.user)).token });
    expect(await seenAt(holder.user)).toBe(NOW.ms);
    passTime(1);
    await use(holder);
    expect(await seenAt(holder.user)).toBe(NOW.ms + DAY);
  });
});

describe('When a user was last seen', () => {
  test('is told by signing in, so that the first use is no news', async () => {
    const user = await newUser();
    const { token } = await signedIn(user);
    const asked: Operation['on'][] = [];
    const { stores } = faultyStores((operation, go) => {
      asked.push(operation.on);
      return healthy(operation, go);
    });
    passTime(1_000);
    await ask((directory) => directory.verifySession(token), stores);
    expect([asked, await seenAt(user)]).toEqual([['kv.get'], NOW.ms]);
  });

  test('is not told by a call that is refused', async () => {
    const { user, token } = await newHolder();
    const headers = withSession(token);
    expect((await api('GET /users', { headers })).status).toBe(401);
    expect((await api('GET /account/sessions/nothing', { headers })).status).toBe(404);
    expect((await api('POST /account/jwts', { headers, body: { duration: -1 } })).status).toBe(400);
    expect(await seenAt(user)).toBeNull();
  });

  test('is not told by a session that lacks a factor', async () => {
    const { userId, token } = await newMfaUser();
    await env.DB.prepare('UPDATE users SET accessed_at = NULL WHERE id = ?').bind(userId).run();
    expect((await api('GET /account/mfa/factors', { headers: withSession(token) })).status).toBe(200);
    expect(await ask((directory) => directory.verifySession(token, { beforeMfa: true }))).not.toBeNull();
    expect(await seenAt(userId)).toBeNull();
  });

  test('is not told by a server, nor by who acts as the user: that one was seen itself', async () => {
    const [impersonator, other] = [await newHolder(), await newHolder()];
    await api(`PATCH /users/${impersonator.user}/impersonator`, { body: { impersonator: true } });
    await api('GET /account/sessions', {
      headers: { ...withSession(impersonator.token), 'x-appwrite-impersonate-user-id': other.user },
    });
    await api(`GET /users/${other.user}`, { headers: { 'x-appwrite-session': other.token } });
    expect([await seenAt(impersonator.user), await seenAt(other.user)]).toEqual([NOW.ms, null]);
  });

  test('is written once, however many instances see that it is due', async () => {
    const { user, token } = await newHolder();
    const there = kvElsewhere();
    const check = (SESSIONS: KVNamespace) => ask((directory) => directory.verifySession(token), { SESSIONS });
    await check(there);
    const writes: string[] = [];
    await env.DB.batch([
      env.DB.prepare('CREATE TABLE IF NOT EXISTS noted (what TEXT)'),
      env.DB.prepare(
        "CREATE TRIGGER users_noted AFTER UPDATE ON users BEGIN INSERT INTO noted VALUES ('user'); END",
      ),
      env.DB.prepare(
        "CREATE TRIGGER sessions_noted AFTER UPDATE ON sessions BEGIN INSERT INTO noted VALUES ('session'); END",
      ),
    ]);
    passTime(DAY);
    // Two locations; the second one's cache does not know of what the first one noted.
    const stale = { get: there.get, put: there.put, delete: there.delete };
    await check(env.SESSIONS);
    passTime(1);
    for (let i = 0; i < 3; i++) await check(Object.assign(Object.create(there), stale));
    const { results } = await env.DB.prepare('SELECT what FROM noted ORDER BY what').all<{ what: string }>();
    writes.push(...results.map(({ what }) => what));
    await env.DB.batch(
      ['TRIGGER users_noted', 'TRIGGER sessions_noted', 'TABLE noted'].map((what) =>
        env.DB.prepare(`DROP ${what}`),
      ),
    );
    expect(writes).toEqual(['session', 'user']);
    expect(await seenAt(user)).toBe(NOW.ms + DAY);
  });

  test('is not known where D1 can’t be written to, and the answer is the same', async () => {
    const { user, token } = await newHolder();
    const { stores } = faultyStores(refusing(/d1/));
    const answer = await api('GET /account/sessions/current', { headers: withSession(token), env: stores });
    expect([answer.status, await seenAt(user)]).toEqual([200, null]);
  });
});
