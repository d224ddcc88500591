import type { Page, Route } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { api, hasBrowser, keyWith, newUser, useBrowser, userOf } from './open.ts';

/** Signs in as a person does, with a key that is pasted. */
async function signIn(page: Page, key: string, allowed: 'all' | 'read' = 'all'): Promise<void> {
  await page.getByLabel('API key').fill(key);
  await page.getByLabel('Your name (optional)').fill('Ada Lovelace');
  await page.getByLabel('Allowed').selectOption(allowed);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** The API's calls of a page go another way. */
const onCalls = (page: Page, handle: (route: Route) => Promise<void>) => page.route(/\/v1\/users/, handle);

describe.skipIf(!hasBrowser)('Signing in to the console', () => {
  const { open, openTab } = useBrowser();

  test('exchanges the pasted key at once, and keeps it nowhere', async () => {
    const { page, complaints } = await openTab('/console');
    const shown: string[] = [];
    page.on('request', (request) => {
      if (request.headers()['x-appwrite-key'] === inject('consoleKey'))
        shown.push(new URL(request.url()).pathname);
    });
    await signIn(page, inject('consoleKey'));
    await page.getByRole('table').waitFor();
    await page.getByText('Ada Lovelace').waitFor();
    expect(shown).toEqual(['/v1/project/keys/ephemeral']);
    const kept = await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])');
    expect(kept).toContain('ephemeral_');
    expect(kept).not.toContain(inject('consoleKey'));
    expect(await page.context().cookies()).toEqual([]);
    await page.reload();
    await page.getByRole('table').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await page.evaluate('JSON.stringify({ ...sessionStorage })')).not.toContain('ephemeral_');
    expect(complaints).toEqual([]);
  });

  test("says in the API's words that a key is none", async () => {
    const { page } = await openTab('/console');
    await signIn(page, 'standard_wrong');
    await page.getByRole('alert').getByText('not authorized').waitFor();
    expect(await page.getByLabel('Your name (optional)').inputValue()).toBe('Ada Lovelace');
  });

  test('takes a key that an address hands over out of it, and tells other sites nothing', async () => {
    const { page } = await open('/users?q=ada');
    await page.getByRole('main').waitFor();
    expect(page.url()).not.toContain('#');
    expect(page.url()).toContain('q=ada');
    const answer = await fetch(`${inject('consoleOrigin')}/console/users`);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self'; style-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(await answer.text()).not.toMatch(/<script>|<style|style=|https?:\/\//);
  });

  test('offers with scopes to read nothing that changes anything', async () => {
    const userId = await newUser({ email: 'readonly@console.example' });
    await api('POST', `/users/${userId}/sessions`, {});
    const { page } = await open(`/users/${userId}`, ['users.read', 'sessions.read']);
    await page.getByRole('heading', { name: 'Profile' }).waitFor();
    for (const name of [/Edit/, /Block/, /Delete/, /Create/, /Replace/])
      expect(await page.getByRole('button', { name }).count()).toBe(0);
    for (const one of await page.getByRole('switch').all()) expect(await one.isDisabled()).toBe(true);
    const screens = await page.getByRole('navigation', { name: 'Main' }).getByRole('link').allInnerTexts();
    expect(screens).toEqual(expect.arrayContaining(['Users', 'Usage']));
    expect(screens).not.toContain('API keys');
    await page.getByRole('link', { name: 'Sessions' }).click();
    await page.getByRole('region', { name: 'Sessions' }).waitFor();
    expect(await page.getByRole('button', { name: /End/ }).count()).toBe(0);
    await page.goto(`${inject('consoleOrigin')}/console/users`);
    await page.getByRole('table').waitFor();
    expect(await page.getByRole('checkbox').count()).toBe(0);
    expect(await page.getByRole('button', { name: /Create|Import/ }).count()).toBe(0);
  });

  test('asks again where the key ends in the middle of work, and loses nothing that was typed', async () => {
    const userId = await newUser();
    const key = await keyWith(['users.read', 'users.write'], 4);
    const { page } = await openTab(`/console/users/${userId}#key=${key}`);
    await page.getByRole('button', { name: 'Edit name' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Typed before it ended');
    await expect
      .poll(
        async () =>
          (await fetch(`${inject('consoleOrigin')}/v1/users`, { headers: { 'x-appwrite-key': key } })).status,
        { timeout: 8000 },
      )
      .toBe(401);
    await page.getByRole('button', { name: 'Save' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('heading', { name: 'Your key has ended' }).waitFor();
    await signIn(page, inject('consoleKey'));
    await dialog.waitFor({ state: 'hidden' });
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Typed before it ended');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Name saved').waitFor();
    expect((await userOf(userId)).name).toBe('Typed before it ended');
  });
});

describe.skipIf(!hasBrowser)('The console survives', () => {
  const { open } = useBrowser();

  test('a name that is markup: it is text', async () => {
    const name = '<img src=x onerror="document.title=\'pwned\'"><script>document.title="pwned"</script>';
    const userId = await newUser({ name });
    const { page, complaints } = await open(`/users/${userId}`);
    await page.getByRole('heading', { name }).waitFor();
    await page.goto(`${inject('consoleOrigin')}/console/users?q=onerror`);
    await page.getByRole('link', { name }).first().waitFor();
    expect(await page.locator('img[src=x]').count()).toBe(0);
    expect(await page.title()).not.toBe('pwned');
    expect(complaints).toEqual([]);
  });

  test('5,000 labels: five users with a thousand each, on one page', async () => {
    const labels = Array.from({ length: 1000 }, (_, i) => `label${i}`);
    for (let i = 0; i < 5; i++)
      await api('PUT', `/users/${await newUser({ email: `many${i}@labels.example` })}/labels`, { labels });
    const { page } = await open('/users?q=labels.example');
    await expect.poll(() => page.getByText('+998').count()).toBe(5);
    await page.getByRole('link', { name: /^Test/ }).first().click();
    await page.getByText(/and 900 more labels/).waitFor();
  });

  test('an API that fails: says so with the request, and recovers', async () => {
    const { page } = await open('/teams');
    let isBroken = true;
    await onCalls(page, async (route) => {
      if (!isBroken) return route.continue();
      const headers = { 'x-request-id': 'request-of-the-test-1' };
      const body = JSON.stringify({
        message: 'Server Error',
        code: 500,
        type: 'general_unknown',
        version: '1',
      });
      await route.fulfill({ status: 500, contentType: 'application/json', headers, body });
    });
    await page.getByRole('link', { name: 'Users' }).click();
    const alert = page.getByRole('alert');
    await alert.getByText('Server Error').waitFor();
    expect(await alert.innerText()).toContain('request-of-the-test-1');
    isBroken = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('table').waitFor();
  });

  test('an API that is out of reach', async () => {
    const { page } = await open('/teams');
    await onCalls(page, (route) => route.abort());
    await page.getByRole('link', { name: 'Users' }).click();
    await page
      .getByRole('alert')
      .getByText(/could not be reached/)
      .waitFor();
  });

  test('an API that is slow: shows that it waits, and does a thing once, however often it is asked', async () => {
    const userId = await newUser();
    const { page } = await open(`/users/${userId}`);
    const calls: string[] = [];
    await page.getByRole('heading', { name: 'Profile' }).waitFor();
    await onCalls(page, async (route) => {
      calls.push(route.request().method());
      await new Promise((resolve) => setTimeout(resolve, 600));
      await route.continue();
    });
    await page.getByRole('button', { name: 'Edit name' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Once');
    await page.getByRole('button', { name: 'Save' }).dblclick();
    await page.getByText('Name saved').first().waitFor();
    expect(calls.filter((method) => method === 'PATCH')).toEqual(['PATCH']);
    await page.getByRole('link', { name: 'All users' }).click();
    await page.getByText('Loading').first().waitFor({ state: 'attached' });
    await page.getByRole('table').waitFor();
  });
});
