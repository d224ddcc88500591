import { describe, expect, test } from 'vitest';
import { SERVER_LIMIT } from '../../src/sessionStore/open';
import { api } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { freshId, newSession, newUser, signedIn, withSession } from '../support/given';
import { eventsOf, rows } from '../support/rows';

stopClock();

const current = async (token: string) =>
  (await api('GET /account/sessions/current', { headers: withSession(token) })).status;
const idsOf = async (user: string): Promise<string[]> =>
  (await api(`GET /users/${user}/sessions`)).body.sessions.map(({ $id }: { $id: string }) => $id);
const limited = { SESSION_LIMIT: '2' };

/** So many sessions that servers have made for a user, as rows. */
async function newServerSessions(user: string, howMany: number): Promise<void> {
  await rows(
    `INSERT INTO sessions (id, user_seq, secret_hash, provider, factors, expire, used_at, created_at, updated_at)
     SELECT value, (SELECT seq FROM users WHERE id = ?), value, 'server', '[]', ?, ?, ?, ? FROM json_each(?)`,
    user,
    Date.now() + 1e9,
    ...[Date.now(), Date.now(), Date.now()],
    JSON.stringify(Array.from({ length: howMany }, () => freshId('session'))),
  );
}

describe('SESSION_LIMIT', () => {
  test('ends the oldest sessions that a user opened by signing in, in the same transaction', async () => {
    const user = await newUser();
    const first = await signedIn(user);
    const second = await signedIn(user, limited);
    const third = await signedIn(user, limited);
    expect(await idsOf(user)).toEqual([second.id, third.id]);
    expect(await current(first.token)).toBe(401);
    expect((await eventsOf(user)).slice(-3)).toEqual(['tokens.create', 'session.create', 'session.delete']);
  });

  test('counts those of a password and of a one-time token together', async () => {
    const email = `${freshId('limit')}@example.com`;
    const user = await newUser({ email, password: 'correct horse' });
    const oldest = await signedIn(user);
    for (let i = 0; i < 2; i++) {
      const body = { email, password: 'correct horse' };
      const headers = { 'x-appwrite-key': null };
      expect((await api('POST /account/sessions/email', { body, headers, env: limited })).status).toBe(201);
    }
    expect(await current(oldest.token)).toBe(401);
    expect(await idsOf(user)).toHaveLength(2);
  });

  test('neither counts nor ends those that a server made', async () => {
    const user = await newUser();
    const own = [await signedIn(user, limited), await signedIn(user, limited)];
    const made = [];
    for (let i = 0; i < 3; i++) {
      const { body } = await api(`POST /users/${user}/sessions`, { env: limited });
      made.push({ id: body.$id, token: body.secret });
    }
    expect(await idsOf(user)).toEqual([...own, ...made].map(({ id }) => id));
    const newest = await signedIn(user, limited);
    expect(await idsOf(user)).toEqual([own[1], ...made, newest].map((one) => one?.id));
    for (const { token } of made) expect(await current(token)).toBe(200);
  });

  test('does not count what is over', async () => {
    const user = await newUser();
    await signedIn(user, { ...limited, SESSION_DURATION: '60' });
    const second = await signedIn(user, limited);
    passTime(60_000);
    const third = await signedIn(user, limited);
    expect(await idsOf(user)).toEqual([second.id, third.id]);
    expect(await eventsOf(user)).not.toContain('session.delete');
  });

  test('of 0 is none', async () => {
    const user = await newUser();
    for (let i = 0; i < 12; i++) await signedIn(user, { SESSION_LIMIT: '0' });
    expect(await idsOf(user)).toHaveLength(12);
  });
});

describe('Sessions that servers make for a user', () => {
  test('are at most a thousand: the oldest of them gives way, and none of the user’s own', async () => {
    const user = await newUser();
    const own = await signedIn(user);
    const oldest = await newSession(user);
    await newServerSessions(user, SERVER_LIMIT - 2);
    await newSession(user);
    expect(await current(oldest.token)).toBe(200);
    const newest = await newSession(user);
    expect([await current(oldest.token), await current(own.token)]).toEqual([401, 200]);
    const ids = await idsOf(user);
    expect(ids).toHaveLength(SERVER_LIMIT + 1);
    expect([ids[0], ids.at(-1)]).toEqual([own.id, newest.id]);
  });

  test('are ended with the others when the user signs out everywhere', async () => {
    const user = await newUser();
    const { token } = await signedIn(user);
    const made = await newSession(user);
    await api('DELETE /account/sessions', { headers: withSession(token) });
    expect([await current(made.token), await idsOf(user)]).toEqual([401, []]);
  });
});
