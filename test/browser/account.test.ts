import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createTestHarness } from 'wrangler';
import { findChromium, startChromium } from './chromium.ts';
import { type Site, serveSite } from './site.ts';

/*
 * Appwrite's web SDKs, unmodified, in a real browser: appwrite 28.0.0, the newest, and 9.0.2, that of 0.15. The API is at
 * `localhost`; a page at `localhost` is of the same site, one at `127.0.0.1` of another.
 */

const ROOT_KEY = 'root-key-of-the-browser-tests-0001';
const ENCRYPTION_KEY = 'encryption-key-of-browser-tests-1';
const PASSWORD = 'correct horse';
const executable = await findChromium();
if (executable === undefined) {
  console.warn(
    'No Chromium in the PATH, and none of an npm package for this machine: the tests in a browser are skipped.',
  );
}

/** A method of an SDK's `Account`, and its arguments. */
type Call = readonly [method: string, ...args: unknown[]];

interface Calls {
  signIn(email: string): Call;
  readonly listSessions: Call;
  readonly signOut: Call;
}

/** How each SDK names the same calls. */
const sdks: Readonly<Record<'modern' | 'classic', Calls>> = {
  modern: {
    signIn: (email: string) => ['createEmailPasswordSession', { email, password: PASSWORD }],
    listSessions: ['listSessions'],
    signOut: ['deleteSession', { sessionId: 'current' }],
  },
  classic: {
    signIn: (email: string) => ['createEmailSession', email, PASSWORD],
    listSessions: ['getSessions'],
    signOut: ['deleteSession', 'current'],
  },
};

describe.skipIf(executable === undefined)('A page in a browser', () => {
  const server = createTestHarness({ workers: [] });
  let browser: Browser;
  let site: Site;
  let api: URL;
  let context: BrowserContext;

  beforeAll(async () => {
    [site, browser] = await Promise.all([serveSite(), startChromium(executable ?? '')]);
    const origins = `http://localhost:${site.port}, http://127.0.0.1:${site.port}`;
    await server.update({
      workers: [
        {
          configPath: 'wrangler.toml',
          secrets: { ROOT_API_KEY: ROOT_KEY, ENCRYPTION_KEY },
          vars: { ALLOWED_ORIGINS: origins, PASSWORD_ARGON2: 'm=7168,t=5,p=1' },
        },
      ],
    });
    const { url } = await server.listen();
    api = new URL(`http://localhost:${url.port}/v1`);
    await server.getWorker().applyD1Migrations('DB');
  }, 120_000);

  afterEach(() => context?.close());
  afterAll(async () => {
    await Promise.all([browser?.close(), site?.close(), server.close()]);
  });

  async function newMember(userId: string): Promise<string> {
    const email = `${userId}@example.com`;
    const headers = { 'x-appwrite-key': ROOT_KEY, 'content-type': 'application/json' };
    const send = (method: string, path: string, body: unknown) =>
      fetch(api + path, { method, headers, body: JSON.stringify(body) });
    const made = await send('POST', '/users', { userId, email, password: PASSWORD, name: userId });
    expect(made.status).toBe(201);
    await send('PATCH', `/users/${userId}/prefs`, { prefs: { theme: 'dark' } });
    return email;
  }

  /** A page of a host with an SDK, in a browser that has never been here. */
  async function openPage(host: string, sdk: keyof typeof sdks): Promise<Page> {
    context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`http://${host}:${site.port}/${sdk}?endpoint=${encodeURIComponent(String(api))}`);
    return page;
  }

  const call = (page: Page, [method, ...args]: Call): Promise<unknown> =>
    page.evaluate(`call(${JSON.stringify(method)}, ${JSON.stringify(args)})`);
  const fallbackOf = (page: Page): Promise<unknown> =>
    page.evaluate('localStorage.getItem("cookieFallback")');
  const cookies = async () =>
    (await context.cookies()).map(({ name, httpOnly, sameSite }) => ({ name, httpOnly, sameSite }));

  const guest = {
    refused: {
      code: 401,
      type: 'general_unauthorized_scope',
      message: 'User (role: guests) missing scopes (["account"])',
    },
  };

  describe.each(['modern', 'classic'] as const)('with the %s SDK', (sdk) => {
    const { signIn, listSessions, signOut } = sdks[sdk];

    /** What every app does, whichever way its session travels. */
    async function signInAndLookAround(page: Page, userId: string): Promise<void> {
      const email = await newMember(userId);
      expect(await call(page, ['get'])).toEqual(guest);
      expect(await call(page, signIn(email))).toMatchObject({ value: { userId, current: true } });
      // The session outlives the page.
      await page.reload();
      expect(await call(page, ['get'])).toMatchObject({ value: { $id: userId, email, name: userId } });
      expect(await call(page, ['getPrefs'])).toEqual({ value: { theme: 'dark' } });
      expect(await call(page, listSessions)).toMatchObject({
        value: { total: 1, sessions: [{ userId, current: true, clientEngine: 'Blink' }] },
      });
    }

    test('signs in and out by a cookie that no script can read, where the API is of its site', async () => {
      const page = await openPage('localhost', sdk);
      await signInAndLookAround(page, `${sdk}-cookie`);
      expect(await cookies()).toEqual([{ name: 'a_session_default', httpOnly: true, sameSite: 'Lax' }]);
      expect([await page.evaluate('document.cookie'), await fallbackOf(page)]).toEqual(['', null]);
      expect(await call(page, signOut)).toMatchObject({ value: {} });
      expect(await cookies()).toEqual([]);
      expect(await call(page, ['get'])).toEqual(guest);
    });

    test('signs in and out by X-Fallback-Cookies, where the browser keeps no cookie of the API', async () => {
      const page = await openPage('127.0.0.1', sdk);
      await signInAndLookAround(page, `${sdk}-fallback`);
      expect(await cookies()).toEqual([]);
      expect(await fallbackOf(page)).toMatch(/^\{"a_session_default":"[\w+/=]+"\}$/);
      expect(await call(page, signOut)).toMatchObject({ value: {} });
      expect(await fallbackOf(page)).toBe('[]');
      expect(await call(page, ['get'])).toEqual(guest);
    });

    test('is told of a wrong password, and of a session that is there already, by their types', async () => {
      const page = await openPage('localhost', sdk);
      const email = await newMember(`${sdk}-refused`);
      expect(await call(page, signIn('nobody@example.com'))).toMatchObject({
        refused: { code: 401, type: 'user_invalid_credentials' },
      });
      await call(page, signIn(email));
      expect(await call(page, signIn(email))).toMatchObject({
        refused: { code: 401, type: 'user_session_already_exists' },
      });
    });

    test('gets nothing from a page whose origin is not allowed', async () => {
      const page = await openPage('foreign.localhost', sdk);
      const email = await newMember(`${sdk}-foreign`);
      expect(await call(page, signIn(email))).toEqual({
        refused: expect.objectContaining({ message: 'Failed to fetch' }),
      });
      expect(await cookies()).toEqual([]);
    });
  });
});
