import { env } from 'cloudflare:test';
import { describe, expect, test } from 'vitest';
import { api, CLASSIC } from '../support/api';
import { stopClock } from '../support/clock';
import { expectAnswer, expectError } from '../support/expect';
import { newSession, newUser, withSession } from '../support/given';
import { classicUser, modernUser } from '../support/models';
import { activityOf, eventsOf, row, rows } from '../support/rows';

stopClock();

const block = (id: string) => api(`PATCH /users/${id}/status`, { body: { status: false } });
const unblock = (id: string) => api(`PATCH /users/${id}/status`, { body: { status: true } });

describe('Blocking a user', () => {
  test('answers the blocked user, in both dialects', async () => {
    const id = await newUser();
    expectAnswer(await block(id), 200, modernUser({ $id: id, status: false }));
    const again = await api(`PATCH /users/${id}/status`, { body: { status: false }, headers: CLASSIC });
    expectAnswer(again, 200, classicUser({ $id: id, status: false }));
  });

  test('keeps its ID, e-mail and everything else', async () => {
    const id = await newUser({ email: 'kept@example.com', phone: '+4915100000001', name: 'Kept' });
    await api(`PATCH /users/${id}/prefs`, { body: { prefs: { a: 1 } } });
    await block(id);
    const kept = { email: 'kept@example.com', phone: '+4915100000001', name: 'Kept', prefs: { a: 1 } };
    expectAnswer(await api(`GET /users/${id}`), 200, modernUser({ $id: id, ...kept, status: false }));
    expectError(await api('POST /users', { body: { userId: id } }), 'user_already_exists', {
      message: /same ID/,
    });
  });

  test('ends every session: none passes a check, none is listed', async () => {
    const id = await newUser();
    const tokens = [(await newSession(id)).token, (await newSession(id)).token];
    await block(id);
    for (const token of tokens) {
      const answer = await api('GET /account', { headers: withSession(token) });
      expectError(answer, 'general_unauthorized_scope', {
        message: 'User (role: guests) missing scopes (["account"])',
      });
    }
    expectAnswer(await api(`GET /users/${id}/sessions`), 200, { total: 0, sessions: [] });
    expect((await env.SESSIONS.list()).keys).toEqual([]);
    expect(await rows('SELECT * FROM sessions')).toEqual([]);
  });

  test('writes an activity row for itself and one for each session', async () => {
    const id = await newUser();
    const [a, b] = [await newSession(id), await newSession(id)];
    const answer = await block(id);
    const requestId = answer.headers.get('x-request-id');
    const written = (await activityOf(id)).slice(3);
    expect(written).toHaveLength(3);
    expect(written).toMatchObject([
      { event: 'user.update', resource_id: '', request_id: requestId },
      { event: 'session.delete', resource_id: a.id, request_id: requestId },
      { event: 'session.delete', resource_id: b.id, request_id: requestId },
    ]);
  });

  test('allows no new session: 403, to classic clients 401', async () => {
    const id = await newUser();
    await block(id);
    expectError(await api(`POST /users/${id}/sessions`, { body: {} }), 'user_blocked');
    const classic = await api(`POST /users/${id}/sessions`, { body: {}, headers: CLASSIC });
    expectError(classic, 'user_blocked', { classic: true });
    expect(classic.status).toBe(401);
    expect(await eventsOf(id)).toEqual(['user.create', 'user.update']);
  });

  test("touches no other user's sessions", async () => {
    const [id, other] = [await newUser(), await newUser()];
    const { token } = await newSession(other);
    await block(id);
    const answer = await api('GET /account', { headers: withSession(token) });
    expect(answer.body.$id).toBe(other);
  });
});

describe('Unblocking a user', () => {
  test('allows sessions again, and brings back no old one', async () => {
    const id = await newUser();
    const old = await newSession(id);
    await block(id);
    expectAnswer(await unblock(id), 200, modernUser({ $id: id }));
    expectError(
      await api('GET /account', { headers: withSession(old.token) }),
      'general_unauthorized_scope',
      {
        message: /^User \(role: guests\)/,
      },
    );
    const { token } = await newSession(id);
    expect((await api('GET /account', { headers: withSession(token) })).body.$id).toBe(id);
  });

  test('ends no session of a user that was not blocked', async () => {
    const id = await newUser();
    const { token } = await newSession(id);
    await unblock(id);
    expect((await api('GET /account', { headers: withSession(token) })).status).toBe(200);
    expect(await row('SELECT value FROM counters WHERE name = ?', 'sessions')).toEqual({
      value: expect.any(Number),
    });
  });
});
