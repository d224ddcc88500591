import { env as bindings } from 'cloudflare:test';
import { describe, expect, test } from 'vitest';
import { configOf } from '../../src/config';
import { api } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { faultyStores, healthy, type Operation, refusing } from '../support/faults';
import { freshId, newSession, newUser, signedIn, withSession } from '../support/given';
import { NOW } from '../support/models';
import { row, rows } from '../support/rows';
import { ask, cron } from '../support/worker';

stopClock();

const HOUR = 3_600_000;
type Limits = Readonly<Record<string, string>>;

const iso = (ms: number) => new Date(ms).toISOString().replace('Z', '+00:00');
const extend = (token: string, env: Limits) =>
  api('PATCH /account/sessions/current', { headers: withSession(token), env });
const jwtOf = async (user: string, env: Limits) =>
  (await api(`POST /users/${user}/jwts`, { body: { sessionId: 'recent', duration: 3600 }, env })).body.jwt;

/** Whether each way to ask takes a session for live. */
async function told(user: string, token: string, jwt: string, env: Limits) {
  const headers = withSession(token);
  const isLive = async (route: string, by: Record<string, string | null> = headers) =>
    (await api(route, { headers: by, env })).status === 200;
  return {
    fresh: (await ask((directory) => directory.verifySession(token, { fresh: true }), env)) !== null,
    rpc: (await ask((directory) => directory.verifySession(token), env)) !== null,
    current: await isLive('GET /account/sessions/current'),
    account: await isLive('GET /account'),
    jwt: await isLive('GET /account', { 'x-appwrite-key': null, 'x-appwrite-jwt': jwt }),
    listed: (await api(`GET /users/${user}/sessions`, { env })).body.total === 1,
  };
}
const live = { fresh: true, rpc: true, current: true, account: true, jwt: true, listed: true };
const over = { fresh: false, rpc: false, current: false, account: false, jwt: false, listed: false };

describe('SESSION_MAX_LIFETIME', () => {
  const env = { SESSION_MAX_LIFETIME: '7200', SESSION_DURATION: '3600' };

  test('is the end of a session that is made to live longer', async () => {
    const shorter = { ...env, SESSION_DURATION: '86400' };
    const answer = await api(`POST /users/${await newUser()}/sessions`, { env: shorter });
    expect(answer.body.expire).toBe(iso(NOW.ms + 2 * HOUR));
    const email = `${freshId('lifetime')}@example.com`;
    await newUser({ email, password: 'correct horse' });
    const signIn = await api('POST /account/sessions/email', {
      body: { email, password: 'correct horse' },
      headers: { 'x-appwrite-key': null },
      env: shorter,
    });
    const [cookie] = signIn.headers.getSetCookie();
    expect([signIn.body.expire, cookie]).toEqual([
      iso(NOW.ms + 2 * HOUR),
      expect.stringContaining(`Expires=${new Date(NOW.ms + 2 * HOUR).toUTCString()}`),
    ]);
  });

  test('is not passed by extending, however often', async () => {
    const user = await newUser();
    const { token } = await signedIn(user, env);
    passTime(HOUR / 2);
    expect((await extend(token, env)).body.expire).toBe(iso(NOW.ms + 1.5 * HOUR));
    passTime(HOUR / 2 + 60_000);
    expect((await extend(token, env)).body.expire).toBe(iso(NOW.ms + 2 * HOUR));
    passTime(HOUR - 60_001);
    const jwt = await jwtOf(user, env);
    expect((await extend(token, env)).body.expire).toBe(iso(NOW.ms + 2 * HOUR));
    expect(await told(user, token, jwt, env)).toEqual(live);
    passTime(1);
    expect(await told(user, token, jwt, env)).toEqual(over);
    expect((await extend(token, env)).status).toBe(401);
  });

  test('ends sessions too that were made before it was set, and tells when', async () => {
    const user = await newUser();
    const { id, token } = await newSession(user);
    passTime(60_000);
    const { body } = await api(`GET /users/${user}/sessions`, { env });
    expect(body.sessions[0].expire).toBe(iso(NOW.ms + 2 * HOUR));
    const verified = await ask((directory) => directory.verifySession(token), env);
    expect(verified?.expiresAt).toBe(NOW.ms + 2 * HOUR);
    passTime(2 * HOUR - 60_001);
    const jwt = await jwtOf(user, env);
    expect(await told(user, token, jwt, env)).toEqual(live);
    passTime(1);
    expect(await told(user, token, jwt, env)).toEqual(over);
    expect((await api(`DELETE /users/${user}/sessions/${id}`, { env })).status).toBe(404);
    await cron(env);
    expect(await rows('SELECT 1 FROM sessions WHERE id = ?', id)).toEqual([]);
  });

  test('of 0 is none: a session lives for as long as it is extended', async () => {
    const none = { SESSION_MAX_LIFETIME: '0', SESSION_DURATION: '3600' };
    const { token } = await signedIn(await newUser(), none);
    for (let i = 1; i < 5; i++) {
      passTime(HOUR - 1);
      expect((await extend(token, none)).body.expire).toBe(iso(NOW.ms + i * (HOUR - 1) + HOUR));
    }
  });
});

describe('SESSION_IDLE_LIMIT', () => {
  const env = { SESSION_IDLE_LIMIT: '1200' };
  const IDLE = 1_200_000;

  test('ends a session that nobody used for so long, in every check', async () => {
    const user = await newUser();
    const { token } = await signedIn(user, env);
    const jwt = await jwtOf(user, env);
    passTime(IDLE);
    expect(await told(user, token, jwt, env)).toEqual(over);
    expect((await extend(token, env)).status).toBe(401);
  });

  const uses: Readonly<Record<string, (token: string, jwt: string) => Promise<unknown>>> = {
    'its copy in KV': (token) => api('GET /account/sessions/current', { headers: withSession(token), env }),
    'any call': (token) => api('GET /account', { headers: withSession(token), env }),
    RPC: (token) => ask((directory) => directory.verifySession(token), env),
    'RPC, fresh': (token) => ask((directory) => directory.verifySession(token, { fresh: true }), env),
    'a JWT': (_, jwt) =>
      api('GET /account', { headers: { 'x-appwrite-key': null, 'x-appwrite-jwt': jwt }, env }),
  };
  test.each(Object.entries(uses))('starts anew with a use by %s', async (_, use) => {
    const user = await newUser();
    const { token } = await signedIn(user, env);
    for (let i = 0; i < 3; i++) {
      passTime(IDLE - 1);
      await use(token, await jwtOf(user, env));
    }
    const jwt = await jwtOf(user, env);
    passTime(IDLE - 1);
    expect((await told(user, token, jwt, env)).fresh).toBe(true);
    passTime(IDLE);
    expect(await told(user, token, jwt, env)).toEqual(over);
  });

  test('starts anew in no other session of the user, and not with what servers do', async () => {
    const user = await newUser();
    const [idle, used] = [await signedIn(user, env), await signedIn(user, env)];
    passTime(IDLE / 2);
    await api(`PATCH /account/sessions/${idle.id}`, { headers: withSession(used.token), env });
    await api(`GET /users/${user}/sessions`, { env });
    passTime(IDLE / 2);
    const { body } = await api(`GET /users/${user}/sessions`, { env });
    expect(body.sessions.map(({ $id }: { $id: string }) => $id)).toEqual([used.id]);
  });

  test('is counted from a use to a twentieth of it: uses in between are free', async () => {
    const user = await newUser();
    const { token } = await signedIn(user, env);
    const asked: Operation['on'][] = [];
    const { stores } = faultyStores((operation, go) => {
      asked.push(operation.on);
      return healthy(operation, go);
    });
    const use = () => ask((directory) => directory.verifySession(token), { ...stores, ...env });
    const usedAt = async () => (await row('SELECT used_at FROM sessions ORDER BY seq DESC LIMIT 1')).used_at;
    passTime(30_000);
    await use();
    expect([asked, await usedAt()]).toEqual([['kv.get'], NOW.ms]);
    passTime(29_999);
    await use();
    expect(await usedAt()).toBe(NOW.ms);
    passTime(1);
    await use();
    expect(await usedAt()).toBe(NOW.ms + IDLE / 20);
    const before = asked.length;
    passTime(1_000);
    await use();
    expect(asked.slice(before)).toEqual(['kv.get']);
  });

  test('is kept by copies in KV: none counts for longer than the session would', async () => {
    const short = { SESSION_IDLE_LIMIT: '30' };
    const { token } = await signedIn(await newUser(), short);
    const { stores } = faultyStores(refusing(/d1/));
    const use = () => ask((directory) => directory.verifySession(token), { ...stores, ...short });
    passTime(29_999);
    // D1 takes no note of it, so it does not count as a use.
    expect(await use()).not.toBeNull();
    passTime(1);
    await expect(use()).rejects.toThrow(/temporarily unavailable/);
    expect(await ask((directory) => directory.verifySession(token), short)).toBeNull();
  });

  test.each([30, 60, 120, 600])(
    'of %i seconds ends no session in steady use, and an idle one no sooner than after 95 percent of it',
    async (seconds) => {
      const short = { SESSION_IDLE_LIMIT: String(seconds) };
      const { token } = await signedIn(await newUser(), short);
      const use = () => ask((directory) => directory.verifySession(token), short);
      for (let i = 0; i < 100; i++) {
        passTime(seconds * 50);
        expect(await use()).not.toBeNull();
      }
      passTime(seconds * 949);
      expect(await use()).not.toBeNull();
      passTime(seconds * 1000);
      expect(await use()).toBeNull();
    },
  );

  test('does not count for the limit of sessions what is over by it', async () => {
    const user = await newUser();
    const limited = { ...env, SESSION_LIMIT: '1' };
    await signedIn(user, limited);
    passTime(IDLE);
    await signedIn(user, limited);
    expect(await rows("SELECT 1 FROM activity WHERE user_id = ? AND event = 'session.delete'", user)).toEqual(
      [],
    );
  });

  test('lets the cron trigger remove what is over by it, and nothing else', async () => {
    const user = await newUser();
    const [first, second] = [await signedIn(user, env), await signedIn(user, env)];
    passTime(IDLE / 2);
    await ask((directory) => directory.verifySession(second.token), env);
    passTime(IDLE / 2);
    await cron(env);
    const left = await rows('SELECT id FROM sessions WHERE id IN (?, ?)', first.id, second.id);
    expect(left).toEqual([{ id: second.id }]);
  });

  test('of 0 is none', async () => {
    const { token } = await signedIn(await newUser());
    passTime(300 * 24 * HOUR);
    expect(await ask((directory) => directory.verifySession(token))).not.toBeNull();
  });
});

test.each([
  ['SESSION_MAX_LIFETIME', '-1'],
  ['SESSION_MAX_LIFETIME', 'a day'],
  ['SESSION_MAX_LIFETIME', '315360001'],
  ['SESSION_IDLE_LIMIT', '1.5'],
  ['SESSION_IDLE_LIMIT', '315360001'],
])('%s of %j makes no sense, and names itself', (name, value) => {
  expect(() => configOf({ ...bindings, [name]: value })).toThrow(name);
});
