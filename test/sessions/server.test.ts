import { env } from 'cloudflare:test';
import { describe, expect, test } from 'vitest';
import { maintain } from '../../src/cron';
import { hashSecret } from '../../src/secrets/secrets';
import { api, CLASSIC } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { expectAnswer, expectError, expectInvalid } from '../support/expect';
import { newSession, newUser, withSession } from '../support/given';
import { NOW, UNKNOWN_CLIENT } from '../support/models';
import { row, rows } from '../support/rows';

stopClock();

const YEAR = 365 * 86_400;
const current = (token: string) => api('GET /account/sessions/current', { headers: withSession(token) });
const copyOf = (token: string) => env.SESSIONS.get(`session:${hashSecret(JSON.parse(atob(token)).secret)}`);

describe('A session that a server makes', () => {
  test('is answered with its secret, once', async () => {
    const user = await newUser();
    const answer = await api(`POST /users/${user}/sessions`);
    const session = {
      $id: expect.stringMatching(/^[0-9a-f]{20}$/),
      $createdAt: NOW.iso,
      $updatedAt: NOW.iso,
      userId: user,
      expire: new Date(NOW.ms + YEAR * 1000).toISOString().replace('Z', '+00:00'),
      provider: 'server',
      providerUid: '',
      providerAccessToken: '',
      providerAccessTokenExpiry: '',
      providerRefreshToken: '',
      ip: '',
      ...UNKNOWN_CLIENT,
      current: false,
      factors: ['server'],
      secret: expect.stringMatching(/^[\w+/]+=*$/),
      mfaUpdatedAt: '',
    };
    expectAnswer(answer, 201, session);
    expect((await api(`GET /users/${user}/sessions`)).body).toEqual({
      total: 1,
      sessions: [{ ...session, secret: '' }],
    });
    const stored = JSON.stringify([await rows('SELECT * FROM sessions'), await copyOf(answer.body.secret)]);
    expect(stored).not.toContain(JSON.parse(atob(answer.body.secret)).secret);
  });

  test('is listed without a total where the caller wants none', async () => {
    const user = await newUser();
    const { id } = await newSession(user);
    const { body } = await api(`GET /users/${user}/sessions?total=false`);
    expect([body.total, body.sessions.map(({ $id }: { $id: string }) => $id)]).toEqual([0, [id]]);
    expectInvalid(
      await api(`GET /users/${user}/sessions?total=maybe`),
      'total',
      'Value must be a valid boolean',
    );
  });

  test('has integer times for a classic client', async () => {
    const user = await newUser();
    await newSession(user);
    const { body } = await api(`GET /users/${user}/sessions`, { headers: CLASSIC });
    expect(body.sessions[0]).toMatchObject({ $createdAt: NOW.seconds, expire: NOW.seconds + YEAR });
    expect(body.sessions[0]).not.toHaveProperty('factors');
  });

  test('ends when it is deleted, under its own user only', async () => {
    const [user, other] = [await newUser(), await newUser()];
    const { id, token } = await newSession(user);
    expectError(await api(`DELETE /users/${other}/sessions/${id}`), 'user_session_not_found');
    expect((await current(token)).status).toBe(200);
    expect((await api(`DELETE /users/${user}/sessions/${id}`)).status).toBe(204);
    expect([(await current(token)).status, await copyOf(token)]).toEqual([401, null]);
    expectError(await api(`DELETE /users/${user}/sessions/${id}`), 'user_session_not_found');
    expect(await rows('SELECT * FROM sessions WHERE id = ?', id)).toEqual([]);
  });

  test('is over when its time is', async () => {
    const user = await newUser();
    const { body } = await api(`POST /users/${user}/sessions`, { env: { SESSION_DURATION: '60' } });
    passTime(60_000);
    expect((await api(`GET /users/${user}/sessions`)).body).toEqual({ total: 0, sessions: [] });
    expect((await current(body.secret)).status).toBe(401);
  });
});

describe('Sessions of a user that is deleted', () => {
  test('end with it, a hundred of them too', async () => {
    const user = await newUser();
    const tokens = [];
    for (let i = 0; i < 100; i++) {
      tokens.push((await api(`POST /users/${user}/sessions`, { env: { SESSION_LIMIT: '0' } })).body.secret);
    }
    await api(`DELETE /users/${user}`);
    const copies = await Promise.all(tokens.map(copyOf));
    expect(copies.filter((copy) => copy !== null)).toEqual([]);
    expect((await current(tokens[99])).status).toBe(401);
  });
});

describe('Every minute', () => {
  const failing = new Proxy(env.SESSIONS, {
    get: (target, name) =>
      name === 'delete'
        ? () => Promise.reject(new Error('KV is out'))
        : Reflect.get(target, name).bind(target),
  });

  test('revocations that KV refused are finished; until then every check of D1 refuses them', async () => {
    const user = await newUser();
    const { id, token } = await newSession(user);
    const answer = await api(`DELETE /users/${user}/sessions/${id}`, { env: { SESSIONS: failing } });
    expect([answer.status, (await copyOf(token)) === null]).toEqual([204, false]);
    expect((await api('GET /account', { headers: withSession(token) })).status).toBe(401);
    expect((await api(`GET /users/${user}/sessions`)).body.total).toBe(0);

    await maintain({ ...env, SESSIONS: failing }, Date.now());
    expect((await row('SELECT revoked_at FROM sessions WHERE id = ?', id)).revoked_at).toBe(NOW.ms);
    await maintain(env, Date.now());
    expect([await copyOf(token), await rows('SELECT * FROM sessions WHERE id = ?', id)]).toEqual([null, []]);
  });

  test('a copy that KV does not let go of is refused 60 seconds after D1 was read, without help', async () => {
    const user = await newUser();
    const { token } = await newSession(user);
    await api(`DELETE /users/${user}/sessions`, { env: { SESSIONS: failing } });
    passTime(59_999);
    expect((await current(token)).status).toBe(200);
    passTime(1);
    expect((await current(token)).status).toBe(401);
  });

  test('what has expired is removed: sessions, tokens, and activity past its retention', async () => {
    const user = await newUser();
    await api(`POST /users/${user}/sessions`, { env: { SESSION_DURATION: '60' } });
    await api(`POST /users/${user}/tokens`, { body: { expire: 60 } });
    await maintain(env, NOW.ms + 59_999);
    const left = async () =>
      Promise.all(
        ['sessions', 'tokens', 'activity'].map(
          async (name) => (await rows(`SELECT 1 FROM ${name}`)).length > 0,
        ),
      );
    expect(await left()).toEqual([true, true, true]);
    await rows('DELETE FROM sessions WHERE expire > ?', NOW.ms + 60_000);
    await maintain(env, NOW.ms + 60_000);
    expect(await left()).toEqual([false, false, true]);
    const forgetful = { ...env, ACTIVITY_RETENTION_DAYS: '1' };
    await maintain(forgetful, NOW.ms + 86_400_000);
    // The newest line of the log stays, so that no number is used again.
    expect(await left()).toEqual([false, false, true]);
    expect(await rows('SELECT 1 FROM activity')).toHaveLength(1);
    expect((await row("SELECT value FROM counters WHERE name = 'sessions'")).value).toBe(0);
  });
});
