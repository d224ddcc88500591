import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { api, hasBrowser, newUser, useBrowser, userOf } from './open.ts';

const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

describe.skipIf(!hasBrowser)('The table of users', () => {
  const { open, openTab } = useBrowser();

  test('shows a page of 10,000 users, and all of them in pages by cursor', async () => {
    // The oldest first: these stay, whatever other tests make.
    const { page, complaints } = await open('/users?sort=joined');
    await page.getByRole('table').waitFor();
    expect(await page.getByRole('row').count()).toBe(26);
    await page.getByText(/10,\d{3} users/).waitFor();
    const first = await page.getByRole('row').nth(1).innerText();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.waitForURL(/after=/);
    await expect.poll(() => page.getByRole('row').nth(1).innerText()).not.toBe(first);
    await page.getByRole('button', { name: 'Previous' }).click();
    await page.waitForURL(/before=/);
    await expect.poll(() => page.getByRole('row').nth(1).innerText()).toBe(first);
    expect(complaints).toEqual([]);
  });

  test('finds as one types, keeps it in the address, and tells "no match" from "none yet"', async () => {
    const userId = await newUser({ name: 'Zyx Quintessential', email: 'zyx@needle.example' });
    const { page } = await open('/users');
    await page.getByRole('searchbox').pressSequentially('needle.exa');
    await page.waitForURL(/q=needle.exa/);
    await rowOf(page, 'Zyx Quintessential').waitFor();
    await expect.poll(() => page.getByRole('row').count()).toBe(2);
    await page.reload();
    await rowOf(page, 'Zyx Quintessential').getByRole('link').click();
    await page.waitForURL(new RegExp(`/users/${userId}`));
    await page.goBack();
    await page.getByRole('searchbox').fill('nobody is called this');
    await page.getByRole('heading', { name: 'No user fits' }).waitFor();
    await page.getByRole('button', { name: 'Show all users' }).click();
    await page.getByRole('table').waitFor();
  });

  test('filters, orders and hides columns by its address alone', async () => {
    await newUser({ name: 'Blocked Bartholomew' }).then((id) =>
      api('PATCH', `/users/${id}/status`, { status: false }),
    );
    const { page } = await open('/users?status=blocked&sort=name&size=50&hide=phone');
    await page.getByRole('table').waitFor();
    const names = await page.getByRole('row').getByRole('link').allInnerTexts();
    expect(names.length).toBe(50);
    expect(await page.getByRole('row').filter({ hasText: 'Active' }).count()).toBe(0);
    const headings = await page.getByRole('columnheader').allInnerTexts();
    expect(headings).toEqual(expect.arrayContaining(['Name', 'E-mail', 'Labels']));
    expect(headings).not.toContain('Phone');
    await page.getByRole('button', { name: 'Remove filter Status' }).click();
    await expect.poll(() => page.url()).not.toContain('status');
    await page.getByRole('button', { name: 'Joined' }).click();
    await page.waitForURL(/sort=joined/);
  });

  test('filters by what is chosen in its pane', async () => {
    const userId = await newUser({ name: 'Labelled Lobelia' });
    await api('PUT', `/users/${userId}/labels`, { labels: ['rareone'] });
    const { page } = await open('/users');
    await page.getByRole('button', { name: /Filters/ }).click();
    await page.getByLabel('Label', { exact: true }).fill('rareone');
    await page.getByLabel('Label', { exact: true }).press('Enter');
    await page.waitForURL(/label=rareone/);
    await page.getByLabel('Two factors').selectOption('off');
    await page.keyboard.press('Escape');
    await rowOf(page, 'Labelled Lobelia').waitFor();
    await expect.poll(() => page.getByRole('row').count()).toBe(2);
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByLabel('Joined').uncheck();
    await page.waitForURL(/hide=joined/);
  });

  test('creates a user', async () => {
    const { page } = await open('/users');
    await page.getByRole('button', { name: 'Create user' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Grace Hopper');
    await dialog.getByLabel('E-mail').fill('grace@console.example');
    await dialog.getByLabel('ID').fill('grace-hopper');
    await dialog.getByRole('button', { name: 'Create user' }).click();
    await page.getByRole('heading', { name: 'Grace Hopper' }).waitFor();
    expect(await userOf('grace-hopper')).toMatchObject({
      name: 'Grace Hopper',
      email: 'grace@console.example',
    });
  });

  test("says in the API's words why it creates none, with the request's ID", async () => {
    await newUser({ email: 'taken@console.example' });
    const { page } = await open('/users');
    await page.getByRole('button', { name: 'Create user' }).click();
    await page.getByRole('dialog').getByLabel('E-mail').fill('taken@console.example');
    await page.getByRole('dialog').getByRole('button', { name: 'Create user' }).click();
    const alert = page.getByRole('alert');
    await alert.getByText('already exists').waitFor();
    expect(await alert.innerText()).toMatch(/409 user_(email_)?already_exists\s+Request [\w-]{16,}/);
  });

  test('blocks, unblocks by undo, labels and deletes those that are selected', async () => {
    const users = await Promise.all(
      ['A', 'B', 'C'].map((letter) => newUser({ name: `Bulky ${letter}`, email: `${letter}@bulky.example` })),
    );
    const statuses = () => Promise.all(users.map(async (id) => (await userOf(id)).status));
    const { page } = await open('/users?q=bulky.example');
    await rowOf(page, 'Bulky A').waitFor();
    await page.getByLabel('Select all on this page').check();
    await page.getByText('3 users selected').waitFor();
    await page.getByRole('button', { name: 'Block', exact: true }).click();
    await page.getByText('Blocked 3 users').waitFor();
    expect(await statuses()).toEqual([false, false, false]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Undone').waitFor();
    expect(await statuses()).toEqual([true, true, true]);

    await page.getByLabel('Select Bulky A').check();
    await page.getByRole('button', { name: 'Label', exact: true }).click();
    await page.getByRole('dialog').getByLabel('Label').fill('vip');
    await page.getByRole('button', { name: 'Add label' }).click();
    await page.getByText('Labelled 1 user').waitFor();
    expect((await userOf(users[0] ?? '')).labels).toEqual(['vip']);

    await page.getByLabel('Select Bulky B').check();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete 1 user' }).click();
    await page.getByText('Deleted 1 user').waitFor();
    expect((await api('GET', `/users/${users[1]}`)).status).toBe(404);
  });

  test('exports those that are selected', async () => {
    await newUser({ name: 'Exported Edna', email: 'edna@export.example' });
    const { page } = await open('/users?q=export.example');
    await page.getByLabel('Select Exported Edna').check();
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(/^users\.(ndjson|csv)$/);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk));
    expect(Buffer.concat(chunks).toString()).toContain('edna@export.example');
  });

  test('imports a file, and says of each refused row why', async () => {
    await newUser({ email: 'there@import.example' });
    const csv =
      'email,name,labels\nnew@import.example,"Quoted, Name",vip\nthere@import.example,Twice,\nnonsense,Wrong,\n';
    const { page } = await open('/users');
    await page.getByRole('button', { name: 'Import' }).click();
    await page
      .getByLabel('File')
      .setInputFiles({ name: 'users.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await page.getByRole('button', { name: 'Import 3 users' }).click();
    await page.getByText(/1 of 3 users imported, 2 refused/).waitFor();
    const refused = page.getByRole('dialog').getByRole('table');
    await refused.getByText('already exists').waitFor();
    await refused.getByText('valid email').waitFor();
    const { users } = (await api('GET', '/users?search=new@import.example')).body;
    expect(users).toMatchObject([{ name: 'Quoted, Name', labels: ['vip'] }]);
  });

  test('shows nothing of itself before somebody is signed in', async () => {
    const { page } = await openTab('/');
    await page.waitForURL(/\/console/);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await page.getByRole('table').count()).toBe(0);
  });
});
