import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createTestHarness } from 'wrangler';
import { projectRoot } from '../../scripts/lib/tools.ts';
import { findChromium, startChromium } from './chromium.ts';
import { fileOf } from './site.ts';

/*
 * The API over HTTPS, where its cookie has the prefix `__Host-`: whether a browser takes it, and whether the official web
 * SDKs live with it. The page is of the API's own host, since a browser keeps no cookie of another site's certificate.
 */

const ROOT_KEY = 'root-key-of-the-browser-tests-0002';
const PASSWORD = 'correct horse';
const executable = await findChromium();

/** Our configuration, but for the protocol; it may be anywhere, so its paths are absolute. */
function writeConfig(home: string): string {
  const text = readFileSync(join(projectRoot, 'wrangler.toml'), 'utf8')
    .replace('main = "src/index.ts"', `main = ${JSON.stringify(join(projectRoot, 'src/index.ts'))}`)
    .replace('directory = "console/dist"', `directory = ${JSON.stringify(join(projectRoot, 'console/dist'))}`)
    .replace(
      'migrations_dir = "migrations"',
      `migrations_dir = ${JSON.stringify(join(projectRoot, 'migrations'))}`,
    );
  const path = join(home, 'wrangler.toml');
  writeFileSync(path, `${text}\n[dev]\nlocal_protocol = "https"\n`);
  return path;
}

const calls = {
  modern: {
    signIn: (email: string) => ['createEmailPasswordSession', { email, password: PASSWORD }],
    signOut: ['deleteSession', { sessionId: 'current' }],
  },
  classic: {
    signIn: (email: string) => ['createEmailSession', email, PASSWORD],
    signOut: ['deleteSession', 'current'],
  },
} as const;

describe.skipIf(executable === undefined)('A page in a browser, over HTTPS', () => {
  const home = mkdtempSync(join(tmpdir(), 'https-'));
  const server = createTestHarness({ workers: [] });
  let browser: Browser;
  let context: BrowserContext;
  let origin = '';

  beforeAll(async () => {
    browser = await startChromium(executable ?? '');
    const secrets = { ROOT_API_KEY: ROOT_KEY, ENCRYPTION_KEY: 'encryption-key-of-the-browser-0001' };
    await server.update({
      workers: [{ configPath: writeConfig(home), secrets, vars: { PASSWORD_ARGON2: 'm=7168,t=5,p=1' } }],
    });
    const { url } = await server.listen();
    expect(url.protocol).toBe('https:');
    origin = `https://localhost:${url.port}`;
    await server.getWorker().applyD1Migrations('DB');
  }, 120_000);
  afterEach(() => context?.close());
  afterAll(async () => {
    await Promise.all([browser?.close(), server.close()]);
    rmSync(home, { recursive: true, force: true });
  });

  async function newMember(userId: string): Promise<string> {
    const email = `${userId}@example.com`;
    const made = await server.fetch('/v1/users', {
      method: 'POST',
      headers: { 'x-appwrite-key': ROOT_KEY, 'content-type': 'application/json' },
      body: JSON.stringify({ userId, email, password: PASSWORD }),
    });
    expect(made.status).toBe(201);
    return email;
  }

  /** A page of the API's host, whose own files are put in its place. */
  async function openPage(path: string): Promise<Page> {
    context = await browser.newContext({ ignoreHTTPSErrors: true });
    await context.route(
      (url) => fileOf(url.pathname) !== undefined,
      async (route) => {
        const [contentType = '', body = ''] = fileOf(new URL(route.request().url()).pathname) ?? [];
        await route.fulfill({ contentType, body });
      },
    );
    const page = await context.newPage();
    await page.goto(origin + path);
    return page;
  }

  const cookies = async () =>
    (await context.cookies()).map(({ name, httpOnly, secure, sameSite }) => ({
      name,
      httpOnly,
      secure,
      sameSite,
    }));

  test.each(['modern', 'classic'] as const)(
    'signs in and out by a __Host- cookie with the %s SDK',
    async (sdk) => {
      const userId = `${sdk}-https`;
      const email = await newMember(userId);
      const page = await openPage(`/${sdk}?endpoint=${encodeURIComponent(`${origin}/v1`)}`);
      const call = ([method, ...args]: readonly unknown[]): Promise<unknown> =>
        page.evaluate(`call(${JSON.stringify(method)}, ${JSON.stringify(args)})`);

      expect(await call(calls[sdk].signIn(email))).toMatchObject({ value: { userId, current: true } });
      expect(await cookies()).toEqual([
        { name: '__Host-a_session_default', httpOnly: true, secure: true, sameSite: 'None' },
      ]);
      await page.reload();
      expect(await call(['get'])).toMatchObject({ value: { $id: userId } });
      expect(await page.evaluate('[document.cookie, localStorage.getItem("cookieFallback")]')).toEqual([
        '',
        null,
      ]);

      // Of an earlier version, or of Appwrite.
      for (const name of ['a_session_default', 'a_session_default_legacy'])
        await context.addCookies([
          { name, value: 'old', url: origin, httpOnly: true, secure: true, sameSite: 'None' },
        ]);
      expect(await cookies()).toHaveLength(3);
      expect(await call(calls[sdk].signOut)).toMatchObject({ value: {} });
      expect(await cookies()).toEqual([]);
      expect(await call(['get'])).toMatchObject({ refused: { code: 401 } });
    },
  );

  test('shows the reference with its style, which its policy allows by its hash', async () => {
    context = await browser.newContext({ ignoreHTTPSErrors: true });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    await page.goto(`${origin}/v1/reference`);
    expect(await page.evaluate('getComputedStyle(document.querySelector("table")).borderCollapse')).toBe(
      'collapse',
    );
    expect(complaints).toEqual([]);
    await page.evaluate(
      'document.body.appendChild(document.createElement("style")).textContent = "table { display: none }"',
    );
    expect(await page.evaluate('getComputedStyle(document.querySelector("table")).display')).toBe('table');
    expect(complaints.join('\n')).toContain('Content Security Policy');
  });
});
