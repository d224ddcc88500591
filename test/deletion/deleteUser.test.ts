import { env } from 'cloudflare:test';
import { describe, expect, test } from 'vitest';
import { api } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { expectAnswer, expectError } from '../support/expect';
import { newMembership, newSession, newTeam, newUser, withSession } from '../support/given';
import { LATER, modernUser } from '../support/models';
import { activityOf, row, rows } from '../support/rows';

stopClock();

async function deleted(id: string) {
  const answer = await api(`DELETE /users/${id}`, { body: {} });
  expect(answer.status, answer.text).toBe(204);
  return answer;
}

const totalOf = async (team: string) => (await row('SELECT total FROM teams WHERE id = ?', team)).total;

describe('DELETE /users/{userId}', () => {
  test('answers 204 without a body, and the user is gone', async () => {
    const id = await newUser();
    expect((await deleted(id)).body).toBeUndefined();
    expectError(await api(`GET /users/${id}`), 'user_not_found');
    expect(await rows('SELECT * FROM users WHERE id = ?', id)).toEqual([]);
  });

  test('is a 404 the second time', async () => {
    const id = await newUser();
    await deleted(id);
    expectError(await api(`DELETE /users/${id}`, { body: {} }), 'user_not_found');
  });

  test('writes one activity row for the user and one for each session', async () => {
    const id = await newUser();
    const session = await newSession(id);
    passTime(60_000);
    const requestId = (await deleted(id)).headers.get('x-request-id');
    const written = (await activityOf(id)).slice(2);
    expect(written).toHaveLength(2);
    expect(written).toMatchObject([
      { event: 'user.delete', resource_id: '', actor_id: 'root', request_id: requestId, time: LATER.ms },
      { event: 'session.delete', resource_id: session.id, request_id: requestId },
    ]);
  });

  test('ends its sessions, at once for every check', async () => {
    const id = await newUser();
    const { token } = await newSession(id);
    await deleted(id);
    expectError(await api('GET /account', { headers: withSession(token) }), 'general_unauthorized_scope', {
      message: /^User \(role: guests\)/,
    });
    expect((await env.SESSIONS.list()).keys).toEqual([]);
    expect(await rows('SELECT * FROM sessions')).toEqual([]);
  });

  test("removes its memberships, and the teams' totals follow", async () => {
    const [id, other] = [await newUser(), await newUser()];
    const [team, inviting] = [await newTeam(), await newTeam()];
    await newMembership(team, id);
    await newMembership(team, other);
    await newMembership(inviting, id, { confirm: false });
    expect([await totalOf(team), await totalOf(inviting)]).toEqual([2, 0]);
    await deleted(id);
    expect([await totalOf(team), await totalOf(inviting)]).toEqual([1, 0]);
    expect((await api(`GET /users/${other}/memberships`)).body.total).toBe(1);
    expect(await rows('SELECT id FROM memberships')).toHaveLength(1);
  });

  test('takes nothing from another user', async () => {
    const [id, other] = [await newUser(), await newUser()];
    const { token } = await newSession(other);
    await deleted(id);
    expect((await api('GET /account', { headers: withSession(token) })).body.$id).toBe(other);
  });

  test('takes it off the total and out of the search', async () => {
    const id = await newUser({ name: 'Vanishing Point' });
    const before = (await api('GET /users?limit=1')).body.total;
    expect((await api('GET /users?search=vanishing')).body.total).toBe(1);
    await deleted(id);
    expect((await api('GET /users?limit=1')).body.total).toBe(before - 1);
    expect((await api('GET /users?search=vanishing')).body).toEqual({ total: 0, users: [] });
  });
});

describe('The ID, e-mail and phone of a deleted user', () => {
  const fields = { email: 'again@example.com', phone: '+4915100000001', name: 'First' };

  test('are free at once, for a new user who inherits nothing', async () => {
    const id = await newUser({ ...fields, password: 'correct horse' });
    await api(`PATCH /users/${id}/prefs`, { body: { prefs: { secret: 'first' } } });
    const { token } = await newSession(id);
    await newMembership(await newTeam(), id);
    await deleted(id);

    const answer = await api('POST /users', { body: { userId: id, ...fields, name: 'Second' } });
    expectAnswer(answer, 201, modernUser({ $id: id, ...fields, name: 'Second' }));
    expectAnswer(await api(`GET /users/${id}/prefs`), 200, {});
    expectAnswer(await api(`GET /users/${id}/sessions`), 200, { total: 0, sessions: [] });
    expectAnswer(await api(`GET /users/${id}/memberships`), 200, { total: 0, memberships: [] });
    expect((await api('GET /account', { headers: withSession(token) })).status).toBe(401);
  });

  test('are free, but the activity of the first user stays where only operators see it', async () => {
    const id = await newUser();
    await api(`PATCH /users/${id}/name`, { body: { name: 'First' } });
    await deleted(id);
    expectError(await api(`GET /users/${id}/logs`), 'user_not_found');

    await api('POST /users', { body: { userId: id } });
    const { body } = await api(`GET /users/${id}/logs`);
    expect(body.total).toBe(1);
    expect(body.logs).toMatchObject([{ event: 'user.create' }]);
    expect((await activityOf(id)).map(({ event }) => event)).toEqual([
      'user.create',
      'user.update',
      'user.delete',
      'user.create',
    ]);
  });
});
