import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestHarness } from 'wrangler';

/* The example Worker beside the service, both running, bound as they are in production. */

const ROOT_KEY = 'root-key-of-the-example-0000000001';
const ENCRYPTION_KEY = 'encryption-key-of-the-example-01';
const server = createTestHarness({
  workers: [
    { configPath: 'examples/consumer/wrangler.toml' },
    { configPath: 'wrangler.toml', secrets: { ROOT_API_KEY: ROOT_KEY, ENCRYPTION_KEY } },
  ],
});
const service = server.getWorker('edge-users');

beforeAll(async () => {
  await server.listen();
  await service.applyD1Migrations('DB');
}, 120_000);
afterAll(() => server.close());

async function api(method: string, path: string, body?: unknown) {
  const response = await service.fetch(`http://users.test/v1${path}`, {
    method,
    headers: { 'x-appwrite-key': ROOT_KEY, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  expect(response.ok, text).toBe(true);
  return text === '' ? {} : JSON.parse(text);
}

/** Asks the example as a client of its own does. */
async function ask(method: string, path: string, headers: Record<string, string> = {}) {
  const response = await server.fetch(`http://app.test${path}`, { method, headers });
  return [response.status, await response.json()];
}

/** @param prefs JSON text */
async function signedIn(userId: string, prefs = '{}'): Promise<string> {
  await api('POST', '/users', { userId, name: `Name of ${userId}` });
  await api('PATCH', `/users/${userId}/prefs`, `{"prefs":${prefs}}`);
  return (await api('POST', `/users/${userId}/sessions`, {})).secret;
}

const withToken = (token: string) => ({ 'x-appwrite-session': token });
const SIGNED_OUT = [401, { message: 'Please sign in' }];

describe('The example Worker', { timeout: 30_000 }, () => {
  test('knows who is signed in, by header or by cookie, and what the directory tells of the user', async () => {
    // A number that no double holds: RPC carries the nearest one.
    const token = await signedIn('ada', '{"theme":"dark","big":12345678901234567890}');
    const expected = [
      200,
      { hello: 'Name of ada', prefs: { theme: 'dark', big: Number('12345678901234567890') } },
    ];
    expect(await ask('GET', '/hello', withToken(token))).toEqual(expected);
    const cookie = `first=1; a_session_default=${encodeURIComponent(token)}; last=1`;
    expect(await ask('GET', '/hello', { cookie })).toEqual(expected);
    const host = `a_session_default=another; __Host-a_session_default=${encodeURIComponent(token)}`;
    expect(await ask('GET', '/hello', { cookie: host })).toEqual(expected);
    expect(await ask('POST', '/transfer', { cookie })).toEqual([200, { from: 'ada' }]);
  });

  test('lets nobody in who is not, whatever is shown', async () => {
    expect(await ask('GET', '/hello')).toEqual(SIGNED_OUT);
    for (const token of [
      '',
      'nonsense',
      '%',
      '%F0%9F',
      btoa('{"id":"ada","secret":"x"}'),
      'x'.repeat(5000),
    ]) {
      expect(await ask('GET', '/hello', withToken(token)), token).toEqual(SIGNED_OUT);
      expect(await ask('GET', '/hello', { cookie: `a_session_default=${token}` }), token).toEqual(SIGNED_OUT);
    }
  });

  test('lets no page of another origin change anything, whatever cookie its browser sends', async () => {
    const token = await signedIn('mallory');
    const headers = { cookie: `a_session_default=${encodeURIComponent(token)}`, origin: 'https://evil.test' };
    expect(await ask('POST', '/goodbye', headers)).toEqual([403, { message: 'Foreign origin' }]);
    expect((await ask('GET', '/hello', { cookie: headers.cookie }))[0]).toBe(200);
  });

  test('signs out', async () => {
    const token = await signedIn('bob');
    expect(await ask('POST', '/goodbye', withToken(token))).toEqual([200, { revoked: true }]);
    expect(await ask('GET', '/hello', withToken(token))).toEqual(SIGNED_OUT);
    expect((await api('GET', '/users/bob/sessions')).total).toBe(0);
  });

  test('sees at once that an operator has revoked a session or deleted a user', async () => {
    const token = await signedIn('eve');
    await api('DELETE', '/users/eve/sessions');
    expect(await ask('POST', '/transfer', withToken(token))).toEqual(SIGNED_OUT);
    const another = (await api('POST', '/users/eve/sessions', {})).secret;
    await api('DELETE', '/users/eve');
    expect(await ask('GET', '/hello', withToken(another))).toEqual(SIGNED_OUT);
  });
});

test('The service runs its cron trigger', { timeout: 30_000 }, async () => {
  expect(await service.scheduled({ cron: '* * * * *' })).toMatchObject({ outcome: 'ok' });
});
