import { createExecutionContext, env } from 'cloudflare:test';
import { describe, expect, test } from 'vitest';
import worker from '../../src';
import { api } from '../support/api';
import { freshId, newSession, newUser } from '../support/given';

const PASSWORD = 'correct horse';
const NAMES = ['__Host-a_session_default', 'a_session_default', 'a_session_default_legacy'];

async function newMember() {
  const email = `${freshId('cookie')}@example.com`;
  const user = await newUser({ email, password: PASSWORD });
  return { user, email, ...(await newSession(user)) };
}

const whoHas = async (cookie: string) =>
  (await api('GET /account', { headers: { 'x-appwrite-key': null, cookie } })).body.$id;

const cookieWith = (name: string, token: string) => `${name}=${encodeURIComponent(token)}`;

/** Over plain HTTP, as in development; `api` calls over HTTPS. */
function overHttp(method: string, path: string, headers: Record<string, string>, body?: unknown) {
  const request = new Request(`http://localhost:8787/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return worker.fetch(request, env, createExecutionContext());
}

const namesIn = (headers: Headers) => headers.getSetCookie().map((cookie) => cookie.split('=')[0]);

describe('Over HTTPS a session is in a cookie of this host alone', () => {
  test('that only HTTPS carries, for every path, and no script reads', async () => {
    const { email } = await newMember();
    const call = { body: { email, password: PASSWORD }, headers: { 'x-appwrite-key': null } };
    const { headers } = await api('POST /account/sessions/email', call);
    expect(headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^__Host-a_session_default=\S+; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=None$/,
      ),
    ]);
    expect(headers.get('set-cookie')).not.toMatch(/domain/i);
  });

  test.each(NAMES)('and whoever was signed in by %s still is', async (name) => {
    const { user, token } = await newMember();
    expect(await whoHas(cookieWith(name, token))).toBe(user);
  });

  test('which wins over one that another host of the domain could have set', async () => {
    const [mine, theirs] = [await newMember(), await newMember()];
    const cookies = NAMES.map((name, i) => cookieWith(name, i === 0 ? mine.token : theirs.token));
    expect(await whoHas(cookies.reverse().join('; '))).toBe(mine.user);
  });

  test.each(['current', ''])(
    'and signing out (DELETE /account/sessions/%s) takes it away under every name',
    async (which) => {
      const { token } = await newMember();
      const path = `/account/sessions${which === '' ? '' : `/${which}`}`;
      const headers = { 'x-appwrite-key': null, cookie: cookieWith('a_session_default_legacy', token) };
      const answer = await api(`DELETE ${path}`, { headers });
      expect(answer.status).toBe(204);
      expect(namesIn(answer.headers)).toEqual(NAMES);
      for (const cookie of answer.headers.getSetCookie())
        expect(cookie).toMatch(
          /=; Path=\/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; SameSite=None$/,
        );
    },
  );
});

describe('Without HTTPS, in development, no browser takes such a cookie', () => {
  test('so it has its plain name, and signing out takes it away with the legacy one', async () => {
    const { email } = await newMember();
    const made = await overHttp('POST', '/account/sessions/email', {}, { email, password: PASSWORD });
    expect(made.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^a_session_default=\S+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/),
    ]);
    const [cookie = ''] = made.headers.getSetCookie()[0]?.split(';') ?? [];
    const left = await overHttp('DELETE', '/account/sessions/current', { cookie });
    expect([left.status, namesIn(left.headers)]).toEqual([204, NAMES.slice(1)]);
  });
});

describe('Cookies are read up to a length', () => {
  test('of 32,768 characters, whatever else is among them', async () => {
    const { user, token } = await newMember();
    const mine = `; ${cookieWith('a_session_default', token)}`;
    expect(await whoHas(`x=${'y'.repeat(32_768 - mine.length - 2)}${mine}`)).toBe(user);
    expect(await whoHas(`x=${'y'.repeat(32_768 - mine.length - 1)}${mine}`)).toBeUndefined();
  });

  test('and so is X-Fallback-Cookies', async () => {
    const { user, token } = await newMember();
    const ask = async (padding: number) => {
      const cookies = JSON.stringify({ a_session_default: token, x: 'y'.repeat(padding) });
      const headers = { 'x-appwrite-key': null, 'x-fallback-cookies': cookies };
      return (await api('GET /account', { headers })).body.$id;
    };
    expect(await ask(1000)).toBe(user);
    expect(await ask(32_768)).toBeUndefined();
  });
});
