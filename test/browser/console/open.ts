import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import { SCOPES } from '../../../src/request/scopes.ts';
import { findChromium, startChromium } from '../chromium.ts';

/** Whether there is a browser to test with. */
export const hasBrowser = inject('consoleOrigin') !== '';

const origin = inject('consoleOrigin');
const rootKey = inject('consoleKey');

/** The API beside the console: what an action came to is asked here. */
export async function api(method: string, path: string, body?: unknown) {
  const response = await fetch(`${origin}/v1${path}`, {
    method,
    headers: { 'x-appwrite-key': rootKey, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}

let count = 0;

/** A user of its own for a test. */
export async function newUser(fields: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const userId = `console-${process.pid}-${++count}`;
  const answer = await api('POST', '/users', { userId, name: `Test ${userId}`, ...fields });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return userId;
}

export const userOf = async (userId: string) => (await api('GET', `/users/${userId}`)).body;

/** An ephemeral key with these scopes. */
export async function keyWith(scopes: readonly string[], duration = 3600): Promise<string> {
  const answer = await api('POST', '/project/keys/ephemeral', { scopes, duration, person: 'Ada Lovelace' });
  expect(answer.status).toBe(201);
  return answer.body.secret;
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds on a page: nothing. In the dark it looks at colours alone: all else is as in the light. */
export async function expectAccessible(page: Page, scheme: 'light' | 'dark'): Promise<void> {
  // Through the debugger, which no policy of the page binds.
  await page.evaluate(`typeof axe === 'undefined' && (() => { ${axe} })(); undefined`);
  const options = {
    resultTypes: ['violations'],
    ...(scheme === 'dark' ? { runOnly: ['color-contrast'] } : {}),
  };
  const found = await page.evaluate(
    `axe.run(document, ${JSON.stringify(options)}).then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html, failureSummary }) => html.slice(0, 160) + failureSummary).join(' | ')))`,
  );
  expect(found, `${page.url()} ${scheme}`).toEqual([]);
}

export interface Opened {
  readonly page: Page;
  /** What the browser complained of: breaches of the policy, errors of scripts. */
  readonly complaints: string[];
}

/** A browser for the tests of a file, and tabs in it: none knows of another one's session. */
export function useBrowser() {
  let browser: Browser;
  const contexts = new Map<string, BrowserContext>();
  const tabs: Page[] = [];
  beforeAll(async () => {
    browser = await startChromium((await findChromium()) ?? '');
  });
  afterEach(async () => {
    await Promise.all(tabs.splice(0).map((tab) => tab.close()));
  });
  afterAll(() => browser?.close());

  /** Tabs of the same kind share what the browser has loaded. */
  async function contextFor(options: BrowserContextOptions): Promise<BrowserContext> {
    const name = JSON.stringify(options);
    const known = contexts.get(name);
    if (known !== undefined) return known;
    const context = await browser.newContext({
      viewport: { width: 1360, height: 900 },
      reducedMotion: 'reduce',
      ...options,
    });
    context.setDefaultTimeout(10_000);
    contexts.set(name, context);
    return context;
  }

  async function openTab(path: string, options: BrowserContextOptions = {}): Promise<Opened> {
    const page = await (await contextFor(options)).newPage();
    tabs.push(page);
    const complaints: string[] = [];
    page.on('console', (message) => {
      // A refused call is told by the browser too: that is no fault of the page.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(origin + path);
    return { page, complaints };
  }

  /** The console, signed in with these scopes, at an address below /console. */
  async function open(
    path: string,
    scopes: readonly string[] = SCOPES,
    options: BrowserContextOptions = {},
  ): Promise<Opened> {
    const key = await keyWith(scopes);
    return openTab(`/console${path}#key=${key}`, options);
  }

  return { open, openTab };
}
