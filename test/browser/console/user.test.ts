import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { api, hasBrowser, newUser, useBrowser, userOf } from './open.ts';

/** Edits a field where it stands. */
async function edit(page: Page, label: string, value: string): Promise<void> {
  await page.getByRole('button', { name: `Edit ${label.toLowerCase()}` }).click();
  await page.getByLabel(label, { exact: true }).fill(value);
  const saved = page.waitForResponse((response) => response.request().method() === 'PATCH');
  await page.getByRole('button', { name: 'Save' }).click();
  expect((await saved).status()).toBe(200);
  await page.getByText(`${label} saved`).last().waitFor();
}

describe.skipIf(!hasBrowser)('The screens of a user', () => {
  const { open } = useBrowser();

  test('change its name, addresses and password where they stand, with a way back', async () => {
    const userId = await newUser();
    const { page, complaints } = await open(`/users/${userId}`);
    await edit(page, 'Name', 'Ada King');
    await edit(page, 'E-mail', 'ada@edited.example');
    await edit(page, 'Phone', '+4915123456789');
    await edit(page, 'Password', 'correct horse');
    expect(await userOf(userId)).toMatchObject({
      name: 'Ada King',
      email: 'ada@edited.example',
      phone: '+4915123456789',
      passwordUpdate: expect.stringMatching(/^2/),
    });
    // A page without the notes of what was done before.
    await page.reload();
    await edit(page, 'Name', 'Mistaken');
    await page.getByLabel('Name', { exact: true }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await page.getByText('Undone').waitFor();
    expect((await userOf(userId)).name).toBe('Ada King');
    expect(complaints).toEqual([]);
  });

  test("keep what was typed where it is refused, and say why in the API's words", async () => {
    const userId = await newUser();
    const { page } = await open(`/users/${userId}`);
    await page.getByRole('button', { name: 'Edit phone' }).click();
    await page.getByLabel('Phone', { exact: true }).fill('not a phone');
    await page.getByRole('button', { name: 'Save' }).click();
    await page
      .getByRole('alert')
      .getByText(/^Invalid `number` param/)
      .waitFor();
    expect(await page.getByLabel('Phone', { exact: true }).inputValue()).toBe('not a phone');
    await page.keyboard.press('Escape');
    expect(await page.getByLabel('Phone', { exact: true }).count()).toBe(0);
  });

  test('verify, let act as others and require a second factor by a switch', async () => {
    const userId = await newUser({ email: 'switch@console.example', phone: '+4915100000001' });
    const { page } = await open(`/users/${userId}`);
    for (const [name, field] of [
      ['E-mail verified', 'emailVerification'],
      ['Phone verified', 'phoneVerification'],
      ['May act as others', 'impersonator'],
      ['Require a second factor', 'mfa'],
    ] as const) {
      await page.getByRole('switch', { name }).click();
      await page.getByText(`${name}: on`).waitFor();
      expect((await userOf(userId))[field]).toBe(true);
    }
  });

  test('add and take away labels, and check preferences before they are saved', async () => {
    const userId = await newUser();
    const { page } = await open(`/users/${userId}`);
    await page.getByRole('button', { name: 'Edit labels' }).click();
    await page.getByLabel('Add labels').fill('vip beta');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('Labels saved').waitFor();
    expect((await userOf(userId)).labels).toEqual(['vip', 'beta']);
    await page.getByRole('button', { name: 'Remove label vip' }).click();
    await expect.poll(async () => (await userOf(userId)).labels).toEqual(['beta']);

    await page.getByRole('button', { name: 'Edit preferences' }).click();
    const prefs = page.getByLabel('Preferences as JSON');
    await prefs.fill('{"theme": ');
    await page.getByText(/This is no JSON/).waitFor();
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await prefs.fill('{"theme": "dark"}');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Preferences saved').waitFor();
    expect((await userOf(userId)).prefs).toEqual({ theme: 'dark' });
  });

  test('make, show and replace recovery codes', async () => {
    const userId = await newUser();
    const codes = async () => (await api('GET', `/users/${userId}/mfa/recovery-codes`)).body.recoveryCodes;
    const { page } = await open(`/users/${userId}`);
    await page.getByRole('button', { name: 'Create codes' }).click();
    await page.getByText('Recovery codes made').waitFor();
    const first = await codes();
    const shown = page.getByRole('list', { name: 'Recovery codes' });
    expect((await shown.getByRole('listitem').allInnerTexts()).sort()).toEqual([...first].sort());
    await page.getByRole('button', { name: 'Replace' }).click();
    await page.getByText('New recovery codes made').waitFor();
    expect(await codes()).not.toEqual(first);
  });

  test('block the user, and let it in again', async () => {
    const userId = await newUser();
    const { page } = await open(`/users/${userId}`);
    await page.getByRole('button', { name: 'Block user' }).click();
    await page.getByText('Blocked', { exact: true }).waitFor();
    expect((await userOf(userId)).status).toBe(false);
    await page.getByRole('button', { name: 'Unblock user' }).click();
    await page.getByText('Active', { exact: true }).waitFor();
    expect((await userOf(userId)).status).toBe(true);
  });

  test('end one session, or all', async () => {
    const userId = await newUser();
    const total = async () => (await api('GET', `/users/${userId}/sessions`)).body.total;
    for (let i = 0; i < 3; i++) await api('POST', `/users/${userId}/sessions`, {});
    const { page } = await open(`/users/${userId}/sessions`);
    await page.getByRole('button', { name: 'End', exact: true }).first().click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'End session' }).click();
    await page.getByText('Session ended').waitFor();
    expect(await total()).toBe(2);
    await page.getByRole('button', { name: 'End all sessions' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'End all sessions' }).click();
    await page.getByRole('heading', { name: 'No sessions' }).waitFor();
    expect(await total()).toBe(0);
  });

  test('tell its activity with who did it, by key and person', async () => {
    const userId = await newUser();
    const { page } = await open(`/users/${userId}`);
    await edit(page, 'Name', 'Renamed');
    await page.getByRole('navigation', { name: 'User' }).getByRole('link', { name: 'Activity' }).click();
    await page.getByText('User changed').waitFor();
    await page.getByText('by API key Root key (Ada Lovelace)').first().waitFor();
  });

  test('show memberships, targets, identities and JSON; remove a target and an identity', async () => {
    const userId = await newUser();
    await api('POST', '/teams', { teamId: `team-${userId}`, name: 'Analysts' });
    await api('POST', `/teams/team-${userId}/memberships`, { userId, roles: ['editor'] });
    await api('POST', `/users/${userId}/targets`, {
      targetId: 'unique()',
      providerType: 'push',
      identifier: `device-${userId}`,
    });
    await api('POST', `/users/${userId}/identities`, {
      identityId: 'unique()',
      provider: 'github',
      providerUid: `uid-${userId}`,
    });
    const { page } = await open(`/users/${userId}/memberships`);
    await page.getByRole('link', { name: 'Analysts' }).waitFor();
    await page.getByRole('link', { name: 'Targets' }).click();
    await page.getByText(`device-${userId}`).waitFor();
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove target' }).click();
    await page.getByText('Target removed').waitFor();
    expect((await api('GET', `/users/${userId}/targets`)).body.total).toBe(0);
    await page.getByRole('link', { name: 'Identities' }).click();
    await page.getByText(`uid-${userId}`).waitFor();
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove identity' }).click();
    await page.getByText('Identity removed').waitFor();
    await page.getByRole('link', { name: 'JSON' }).click();
    await page.getByText(`"$id": "${userId}"`).waitFor();
  });

  test('hand over all data, and delete the user only with its ID typed', async () => {
    const userId = await newUser();
    const { page } = await open(`/users/${userId}`);
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download' }).click();
    expect((await downloading).suggestedFilename()).toBe(`user-${userId}.json`);
    await page.getByRole('button', { name: 'Delete user' }).click();
    const dialog = page.getByRole('alertdialog');
    const remove = dialog.getByRole('button', { name: 'Delete user' });
    expect(await remove.isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill(userId);
    await remove.click();
    await page.waitForURL(/\/console\/users$/);
    expect((await api('GET', `/users/${userId}`)).status).toBe(404);
  });
});
