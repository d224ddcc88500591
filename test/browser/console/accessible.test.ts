import { describe, expect, test } from 'vitest';
import { api, expectAccessible, hasBrowser, newUser, useBrowser, userOf } from './open.ts';

/** Every screen, and what on it says that it is there. */
const SCREENS = [
  ['/users', 'table'],
  ['/users?q=nobody+is+called+this', 'No user fits'],
  ['/users/USER', 'Two-factor'],
  ['/users/USER/sessions', 'End all'],
  ['/users/USER/activity', 'User created'],
  ['/users/USER/memberships', 'Accessible team'],
  ['/users/USER/targets', 'Reachable'],
  ['/users/USER/identities', 'github'],
  ['/users/USER/json', '"$id"'],
  ['/teams', 'Accessible team'],
  ['/teams/TEAM', 'Danger zone'],
  ['/activity', 'User created'],
  ['/usage', 'live now'],
  ['/webhooks', 'Accessible webhook'],
  ['/webhooks/HOOK', 'Deliveries'],
  ['/keys', 'Accessible key'],
  ['/settings', 'SESSION_DURATION'],
  ['/nowhere', 'There is nothing here'],
] as const;

describe.skipIf(!hasBrowser)('axe-core finds nothing', () => {
  const { open, openTab } = useBrowser();

  test.each(['light', 'dark'] as const)('on any screen, %s', { timeout: 60_000 }, async (colorScheme) => {
    const userId = await newUser({ email: `${colorScheme}@axe.example` });
    const teamId = `axe-${colorScheme}`;
    await api('PATCH', `/users/${userId}/verification`, { emailVerification: true });
    await api('POST', `/users/${userId}/sessions`, {});
    await api('POST', '/teams', { teamId, name: 'Accessible team' });
    await api('POST', `/teams/${teamId}/memberships`, { userId, roles: ['owner'] });
    await api('POST', `/users/${userId}/identities`, {
      identityId: 'unique()',
      provider: 'github',
      providerUid: colorScheme,
    });
    await api('POST', '/project/keys', { keyId: 'unique()', name: 'Accessible key', scopes: ['users.read'] });
    const hook = {
      webhookId: `axe-${colorScheme}`,
      name: 'Accessible webhook',
      url: 'http://127.0.0.1:1/',
      events: ['teams.*'],
    };
    expect((await api('POST', '/webhooks', hook)).status).toBe(201);
    const { page, complaints } = await open('/users', undefined, { colorScheme });
    const at = page.url().replace(/\/users.*/, '');
    for (const [path, sign] of SCREENS) {
      await page.goto(
        at + path.replace('USER', userId).replace('TEAM', teamId).replace('HOOK', hook.webhookId),
      );
      if (sign === 'table') await page.getByRole('table').waitFor();
      else await page.getByText(sign).first().waitFor();
      await expectAccessible(page, colorScheme);
    }
    expect(complaints).toEqual([]);
  });

  test.each(['light', 'dark'] as const)(
    'at the door, and in dialogs and panes, %s',
    { timeout: 60_000 },
    async (colorScheme) => {
      const door = await openTab('/console', { colorScheme });
      await door.page.getByRole('heading', { name: 'Sign in' }).waitFor();
      await door.page.getByLabel('Allowed').selectOption('custom');
      await expectAccessible(door.page, colorScheme);
      const { page } = await open('/users', undefined, { colorScheme });
      for (const name of ['Filters', 'Columns', 'Create user', 'Import']) {
        await page.getByRole('button', { name }).click();
        await page.getByRole('dialog').waitFor();
        await expectAccessible(page, colorScheme);
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'hidden' });
      }
    },
  );

  test('on a phone, where no screen is wider than it', async () => {
    const { page } = await open('/users', undefined, { viewport: { width: 360, height: 740 } });
    const userId = await newUser();
    const at = page.url().replace(/\/users.*/, '');
    for (const path of [
      '/users',
      `/users/${userId}`,
      '/usage',
      '/keys',
      '/settings',
      '/teams',
      '/activity',
      '/webhooks',
    ]) {
      await page.goto(at + path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      expect(await page.evaluate('document.documentElement.scrollWidth'), path).toBeLessThanOrEqual(360);
    }
  });
});

describe.skipIf(!hasBrowser)('By keyboard alone', () => {
  const { open } = useBrowser();

  test('a user is searched, opened, renamed and blocked', async () => {
    const userId = await newUser({ name: 'Keyboard Katherine' });
    const { page } = await open('/users');
    const { keyboard } = page;
    await page.getByRole('table').waitFor();
    await keyboard.press('/');
    await keyboard.type('keyboard kath');
    await page.waitForURL(/q=keyboard/);
    await expect.poll(() => page.getByRole('row').count()).toBe(2);
    const focused = () =>
      page.evaluate('document.activeElement.innerText || document.activeElement.ariaLabel');
    const tabTo = async (name: string) => {
      for (let i = 0; i < 60; i++) {
        if ((await focused()) === name) return;
        await keyboard.press('Tab');
      }
      throw new Error(`${name} is not reached`);
    };
    await tabTo('Keyboard Katherine');
    await keyboard.press('Enter');
    await page.waitForURL(new RegExp(userId));
    await page.getByRole('heading', { name: 'Profile' }).waitFor();
    await tabTo('Edit name');
    await keyboard.press('Enter');
    await keyboard.press('Control+a');
    await keyboard.type('Katherine Johnson');
    await keyboard.press('Enter');
    await page.getByText('Name saved').waitFor();
    await expect.poll(focused).toBe('Edit name');
    expect((await userOf(userId)).name).toBe('Katherine Johnson');
    await page.reload();
    await page.getByRole('heading', { name: 'Profile' }).waitFor();
    await tabTo('Block user');
    await keyboard.press('Enter');
    await page.getByText('Blocked', { exact: true }).waitFor();
    expect((await userOf(userId)).status).toBe(false);
  });

  test('`?` tells the shortcuts, Escape closes, `g` and a letter leads elsewhere; none fires while one types', async () => {
    const { page } = await open('/users');
    await page.getByRole('table').waitFor();
    await page.keyboard.press('?');
    await page.getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.keyboard.press('/');
    await page.keyboard.type('gt?');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(page.url()).toContain('/users');
    await page.getByRole('searchbox').blur();
    await page.keyboard.press('g');
    await page.keyboard.press('t');
    await page.waitForURL(/\/teams/);
  });
});
