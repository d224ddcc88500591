import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { api, hasBrowser, newUser, useBrowser } from './open.ts';

describe.skipIf(!hasBrowser)('The screens of teams', () => {
  const { open } = useBrowser();

  test('create a team, add a member, change its roles, take it out, rename and delete the team', async () => {
    const userId = await newUser({ name: 'Member Mina' });
    const { page } = await open('/teams');
    await page.getByRole('button', { name: 'Create team' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Made in the console');
    await dialog.getByLabel('ID').fill('console-team');
    await dialog.getByRole('button', { name: 'Create team' }).click();
    await page.waitForURL(/teams\/console-team/);
    const members = async () => (await api('GET', '/teams/console-team/memberships')).body.memberships;

    await page.getByRole('button', { name: 'Add member' }).click();
    await dialog.getByLabel('User ID').fill(userId);
    await dialog.getByLabel('Roles').fill('editor, owner');
    await dialog.getByRole('button', { name: 'Add member' }).click();
    await page.getByRole('link', { name: 'Member Mina' }).waitFor();
    expect(await members()).toMatchObject([{ userId, roles: ['editor', 'owner'] }]);

    await page.getByRole('button', { name: 'Actions for Member Mina' }).click();
    await page.getByRole('menuitem', { name: 'Change roles' }).click();
    await dialog.getByLabel('Roles').fill('reader');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Roles saved').waitFor();
    expect(await members()).toMatchObject([{ roles: ['reader'] }]);

    await page.getByRole('button', { name: 'Actions for Member Mina' }).click();
    await page.getByRole('menuitem', { name: 'Remove from team' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove member' }).click();
    await page.getByText('Member removed').waitFor();
    expect(await members()).toEqual([]);

    await page.getByRole('button', { name: 'Edit name' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Renamed team');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Renamed team' }).waitFor();

    await page.getByRole('button', { name: 'Delete team' }).click();
    await page.getByRole('alertdialog').getByRole('textbox').fill('console-team');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete team' }).click();
    await page.waitForURL(/\/teams$/);
    expect((await api('GET', '/teams/console-team')).status).toBe(404);
  });
});

describe.skipIf(!hasBrowser)('The screen of API keys', () => {
  const { open } = useBrowser();

  test('makes a key whose secret is shown once, changes it and deletes it', async () => {
    const { page } = await open('/keys');
    await page.getByRole('button', { name: 'Create key' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Backend of the console');
    await dialog.getByLabel('users.read').check();
    await dialog.getByRole('button', { name: 'Create key' }).click();
    await dialog.getByText('shown this once').waitFor();
    const secret = await dialog.locator('.secret code').innerText();
    expect(secret).toMatch(/^standard_/);
    await dialog.getByRole('button', { name: 'Done' }).click();
    const key = async () =>
      (await api('GET', '/project/keys')).body.keys.find(({ name }: { name: string }) =>
        name.includes('of the console'),
      );
    expect(await key()).toMatchObject({ scopes: ['users.read'], expire: '' });
    expect(await page.content()).not.toContain(secret);

    await page.getByRole('button', { name: 'Actions for Backend of the console' }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    await dialog.getByLabel('teams.read').check();
    await dialog.getByLabel('Expires').fill('2031-01-31T12:00');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Key saved').waitFor();
    expect(await key()).toMatchObject({
      scopes: ['users.read', 'teams.read'],
      expire: expect.stringMatching(/^2031-01-31/),
    });

    await page.getByRole('button', { name: 'Actions for Backend of the console' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete key' }).click();
    await page.getByText('Key deleted').waitFor();
    expect(await key()).toBeUndefined();
  });
});

describe.skipIf(!hasBrowser)('The screens of usage, settings and activity', () => {
  const { open } = useBrowser();

  test('draw usage over each range', async () => {
    const { page, complaints } = await open('/usage?range=24h');
    for (const [name, range] of [
      ['7 days', '7d'],
      ['90 days', '90d'],
      ['24 hours', '24h'],
    ] as const) {
      await page.getByRole('link', { name }).click();
      await page.waitForURL(new RegExp(`range=${range}`));
      await page.getByRole('img', { name: /^New users from/ }).waitFor();
    }
    expect(await page.locator('canvas').count()).toBeGreaterThanOrEqual(3);
    expect(complaints).toEqual([]);
  });

  test('tell health, limits and what is in force, and no secret', async () => {
    const { page } = await open('/settings');
    await page.getByText('Healthy').waitFor();
    await page.getByText('SESSION_DURATION').waitFor();
    await page.getByText('262,144 bytes').waitFor();
    expect(await page.content()).not.toMatch(/ROOT_API_KEY|ENCRYPTION_KEY/);
  });

  test('show what happens as it happens, filtered by what is chosen', async () => {
    const { page } = await open('/activity?event=user.update');
    await page.getByRole('table').or(page.getByText('No event fits')).first().waitFor();
    const userId = await newUser();
    await api('PATCH', `/users/${userId}/name`, { name: 'Seen live' });
    await page
      .getByRole('link', { name: `user ${userId}` })
      .first()
      .waitFor();
    await page.getByLabel('Resource ID').fill(userId);
    await page.getByLabel('Resource ID').press('Enter');
    await page.waitForURL(new RegExp(`resource=${userId}`));
    await expect.poll(() => page.getByRole('row').count()).toBe(2);
    await page.getByLabel('Event', { exact: true }).selectOption('user.create');
    await page.getByText('User created').waitFor();
    await page.getByRole('link', { name: `user ${userId}` }).click();
    await page.getByRole('heading', { name: 'Seen live' }).waitFor();
  });
});

/** A receiver of webhooks, which keeps what it is sent. */
async function receive(): Promise<{ readonly url: string; readonly bodies: string[]; close(): void }> {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => (body += part));
    request.on('end', () => {
      bodies.push(body);
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/hook`, bodies, close: () => server.close() };
}

describe.skipIf(!hasBrowser)('The screens of webhooks', () => {
  const { open } = useBrowser();

  test('make a webhook, test it, send again, replay, change, rotate and delete', async () => {
    const receiver = await receive();
    const { page } = await open('/webhooks');
    await page.getByRole('button', { name: 'Create webhook' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('From the console');
    await dialog.getByLabel('Address').fill(receiver.url);
    await dialog.getByLabel('Events', { exact: true }).fill('teams.*.create');
    await dialog.getByRole('button', { name: 'Create webhook' }).click();
    await dialog.getByText('shown this once').waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('link', { name: 'From the console' }).click();

    await page.getByRole('button', { name: 'Send a test' }).click();
    await expect.poll(() => receiver.bodies.length, { timeout: 15_000 }).toBe(1);
    await page.getByText('delivered').waitFor();
    await page.getByRole('button', { name: 'Send again' }).click();
    await expect.poll(() => receiver.bodies.length, { timeout: 15_000 }).toBe(2);

    await page.getByRole('button', { name: 'Replay…' }).click();
    await dialog.getByLabel('Since').fill('2026-01-01T00:00');
    await dialog.getByRole('button', { name: 'Replay' }).click();
    await page.getByText(/Sent once more: /).waitFor();

    await page.getByRole('button', { name: 'Edit' }).click();
    await dialog.getByLabel('Send events').uncheck();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Off', { exact: true }).waitFor();
    const id = page.url().split('/').at(-1) ?? '';
    expect((await api('GET', `/webhooks/${id}`)).body).toMatchObject({
      name: 'From the console',
      enabled: false,
    });

    await page.getByRole('button', { name: 'Rotate secret' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Rotate secret' }).click();
    await page.getByRole('heading', { name: 'New secret' }).waitFor();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'Delete webhook' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete webhook' }).click();
    await page.waitForURL(/\/webhooks$/);
    expect((await api('GET', `/webhooks/${id}`)).status).toBe(404);
    receiver.close();
  });
});
