import { beforeAll, describe, expect, test } from 'vitest';
import { api, type Call } from '../support/api';
import { freshPhone } from '../support/calls';
import { expectError } from '../support/expect';
import { newSession, newUser, withSession } from '../support/given';
import { eventsOf } from '../support/rows';

const phone = freshPhone();
const target = { id: '', email: 'seen.as@example.com', token: '' };
const actor = { id: '', token: '', sessionId: '' };

beforeAll(async () => {
  target.id = await newUser({ email: target.email, phone, name: 'Seen' });
  target.token = (await newSession(target.id)).token;
  actor.id = await newUser({ name: 'Support' });
  await api(`PATCH /users/${actor.id}/impersonator`, { body: { impersonator: true } });
  const session = await newSession(actor.id);
  actor.token = session.token;
  actor.sessionId = session.id;
});

const asActor = (route: string, headers: Call['headers'] = {}, call: Call = {}) =>
  api(route, { ...call, headers: { ...withSession(actor.token), ...headers } });

describe('A user that may act as others', () => {
  test.each([
    ['ID', () => ({ 'x-appwrite-impersonate-user-id': target.id })],
    ['e-mail address', () => ({ 'x-appwrite-impersonate-user-email': target.email.toUpperCase() })],
    ['phone number', () => ({ 'x-appwrite-impersonate-user-phone': phone })],
  ])('sees the account of a user that a header names by %s', async (_, headers) => {
    const { status, body } = await asActor('GET /account', headers());
    expect(status).toBe(200);
    expect(body).toMatchObject({
      $id: target.id,
      name: 'Seen',
      impersonatorUserId: actor.id,
      impersonator: false,
    });
  });

  test.each([
    ['impersonateUserId', () => target.id],
    ['impersonateEmail', () => target.email],
    ['impersonatePhone', () => encodeURIComponent(phone)],
  ])('sees the account of a user that the query string names by %s', async (name, value) => {
    expect((await asActor(`GET /account?${name}=${value()}`)).body.$id).toBe(target.id);
  });

  test('sees its own account where nobody is named', async () => {
    const { body } = await asActor('GET /account');
    expect(body).toMatchObject({ $id: actor.id, impersonator: true, impersonatorUserId: null });
  });

  test('sees the other user’s preferences and sessions, of which none is its own', async () => {
    const headers = { 'x-appwrite-impersonate-user-id': target.id };
    await api(`PATCH /users/${target.id}/prefs`, { body: { prefs: { theme: 'dark' } } });
    expect((await asActor('GET /account/prefs', headers)).body).toEqual({ theme: 'dark' });
    const { body } = await asActor('GET /account/sessions', headers);
    expect(body.sessions).toMatchObject([{ userId: target.id, current: false, secret: '' }]);
    expectError(await asActor('GET /account/sessions/current', headers), 'user_session_not_found');
  });

  test('sees the account of a blocked user too', async () => {
    const blocked = await newUser();
    await api(`PATCH /users/${blocked}/status`, { body: { status: false } });
    const { body } = await asActor('GET /account', { 'x-appwrite-impersonate-user-id': blocked });
    expect(body).toMatchObject({ $id: blocked, status: false });
  });

  test('reads the directory with its session, and changes nothing in it', async () => {
    const { status, body } = await asActor(`GET /users/${target.id}`);
    expect([status, body.$id, body.password]).toEqual([200, target.id, null]);
    expect((await asActor('GET /users?limit=1')).status).toBe(200);
    expectError(await asActor(`DELETE /users/${target.id}`), 'general_unauthorized_scope', {
      message: `${actor.id} (role: users) missing scopes (["users.write"])`,
    });
  });

  test.each([
    ['DELETE /account/sessions', undefined],
    ['PATCH /account/password', { password: 'another horse' }],
    ['POST /account/jwts', {}],
  ])('changes nothing as another user: %s', async (route, body) => {
    const before = await eventsOf(target.id);
    const answer = await asActor(route, { 'x-appwrite-impersonate-user-id': target.id }, { body });
    expectError(answer, 'user_unauthorized', { message: 'A user that acts as another one may only read.' });
    expect(await eventsOf(target.id)).toEqual(before);
    expect((await api('GET /account', { headers: withSession(target.token) })).status).toBe(200);
  });

  test('is told where the other user is not there', async () => {
    const answer = await asActor('GET /account', { 'x-appwrite-impersonate-user-id': 'nobody' });
    expectError(answer, 'user_unauthorized', { message: 'The user to act as could not be found.' });
  });
});

describe('Nobody else acts as others', () => {
  const named = () => ({ 'x-appwrite-impersonate-user-id': actor.id });

  test('a user that may not is refused, and learns nothing of whether the other one is there', async () => {
    for (const headers of [named(), { 'x-appwrite-impersonate-user-id': 'nobody' }]) {
      const answer = await api('GET /account', { headers: { ...withSession(target.token), ...headers } });
      expectError(answer, 'user_unauthorized', { message: 'The current user may not act as other users.' });
    }
    const answer = await api('GET /users', { headers: withSession(target.token) });
    expectError(answer, 'general_unauthorized_scope', {
      message: `${target.id} (role: users) missing scopes (["users.read"])`,
    });
  });

  test('a user that no longer may is refused at once', async () => {
    const id = await newUser();
    const { token } = await newSession(id);
    const headers = { ...withSession(token), ...named() };
    await api(`PATCH /users/${id}/impersonator`, { body: { impersonator: true } });
    expect((await api('GET /account', { headers })).status).toBe(200);
    await api(`PATCH /users/${id}/impersonator`, { body: { impersonator: false } });
    expectError(await api('GET /account', { headers }), 'user_unauthorized', {
      message: 'The current user may not act as other users.',
    });
  });

  test('a guest is a guest', async () => {
    const answer = await api('GET /account', { headers: { 'x-appwrite-key': null, ...named() } });
    expectError(answer, 'general_unauthorized_scope', {
      message: 'User (role: guests) missing scopes (["account"])',
    });
  });

  test('a key is a key: the header changes nothing', async () => {
    expect((await api(`GET /users/${target.id}`, { headers: named() })).body.$id).toBe(target.id);
  });
});
