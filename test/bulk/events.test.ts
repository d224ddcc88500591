import { beforeEach, expect, test } from 'vitest';
import { api } from '../support/api';
import { newUser, newWebhook } from '../support/given';
import { withoutWebhooks } from '../support/hooks';
import { importRows } from '../support/importing';
import { emptyStores, rows } from '../support/rows';

withoutWebhooks();
beforeEach(emptyStores);

/** The names that webhooks are told, and how often. */
async function told(): Promise<Record<string, number>> {
  const found = await rows(
    "SELECT replace(name, json_extract(event, '$.userId'), 'U') AS name FROM deliveries",
  );
  const counts: Record<string, number> = {};
  for (const { name } of found) counts[String(name)] = (counts[String(name)] ?? 0) + 1;
  return counts;
}

test('A webhook is told of each user that is imported, changed or deleted by the hundred, once', async () => {
  await newWebhook({ events: ['users.*'] });
  const ids = Array.from({ length: 600 }, (_, i) => `u${i}`);
  await importRows(ids.map((userId) => ({ userId, labels: ['new'] })));
  expect(await told()).toEqual({ 'users.U.create': 600 });
  await api('PATCH /users', { body: { userIds: ids, labels: { remove: ['new'] } } });
  expect(await told()).toEqual({ 'users.U.create': 600, 'users.U.update.labels': 600 });
  await api('DELETE /users', { body: { userIds: ids } });
  // What they were told of a user that is gone goes with it, but for that it went.
  expect(await told()).toEqual({ 'users.U.delete': 600 });
});

test('A change of several attributes is told to who listens to any of them, and goes by none', async () => {
  const user = await newUser();
  for (const attribute of ['status', 'labels', 'name'])
    await newWebhook({ webhookId: attribute, events: [`users.*.update.${attribute}`] });
  await api('PATCH /users', { body: { userIds: [user], status: false, labels: { add: ['x'] } } });
  const heard = await rows(
    'SELECT webhooks.id AS id, deliveries.name AS name FROM deliveries JOIN webhooks ON webhooks.seq = webhook_seq ORDER BY 1',
  );
  expect(heard).toEqual([
    { id: 'labels', name: `users.${user}.update` },
    { id: 'status', name: `users.${user}.update` },
  ]);
});

test('A webhook is told nothing of rows that are refused or skipped', async () => {
  await newUser({ userId: 'there' });
  await newWebhook({ events: ['users.*'] });
  await importRows([{ userId: 'there' }, { email: 'nobody' }]);
  await importRows([{ userId: 'there' }], 'onDuplicate=skip');
  expect(await told()).toEqual({});
});
