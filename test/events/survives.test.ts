import { createExecutionContext, env } from 'cloudflare:test';
import { describe, expect, test } from 'vitest';
import worker from '../../src/index';
import { api, requestOf } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { bring, drain, keptQueue, NO_QUEUE, refusingQueue } from '../support/delivering';
import { dyingAfter, faultyStores, refusingFirst } from '../support/faults';
import { freshId, newUser, newWebhook } from '../support/given';
import { withoutWebhooks } from '../support/hooks';
import { type Inbox, newInbox } from '../support/receivers/inbox';
import { row, rows } from '../support/rows';
import { cron } from '../support/worker';

withoutWebhooks();
stopClock();

const idsIn = async (inbox: Inbox) =>
  (await inbox.received()).filter(({ answer }) => answer === '200').map(({ body }) => JSON.parse(body).$id);

describe('An event is sent', () => {
  test('though the Worker dies between the commit and the wake-up', async () => {
    const inbox = newInbox();
    await newWebhook({ url: inbox.url, events: ['users.*.create'] });
    const userId = freshId('user');
    const { fault, death } = dyingAfter(/^d1\.batch/);
    const { stores } = faultyStores(fault);
    const request = requestOf('POST /users', { body: { userId } });
    void worker.fetch(request, { ...env, ...stores }, createExecutionContext());
    await death;
    expect(await inbox.received()).toEqual([]);
    await cron(NO_QUEUE);
    expect(await idsIn(inbox)).toEqual([userId]);
  });

  test('though the queue refuses to be told, at the change and at the cron trigger', async () => {
    const inbox = newInbox();
    await newWebhook({ url: inbox.url, events: ['users.*.create'] });
    const userId = await newUser();
    const refused = await api('POST /users', { body: { userId: freshId('user') }, env: refusingQueue() });
    expect(refused.status).toBe(201);
    await cron(refusingQueue());
    expect((await idsIn(inbox)).toSorted()).toEqual([userId, refused.body.$id].toSorted());
  });

  test('again, where a run dies after it was sent, and by its ID it is told to be the same', async () => {
    const inbox = newInbox();
    await newWebhook({ url: inbox.url, events: ['users.*.create'] });
    await newUser();
    const { seq } = await row('SELECT seq FROM webhooks');
    // The second batch of a run is the one that writes what came of it.
    let batches = 0;
    const { stores } = faultyStores((operation, go) =>
      operation.on === 'd1.batch' && ++batches === 2
        ? Promise.reject(new Error('D1_ERROR: Network connection lost.'))
        : go(),
    );
    const { retryMessages } = await bring([{ webhook: seq }], stores);
    expect(retryMessages).toHaveLength(1);
    // Nobody else is let to its deliveries before the lease of the dead run is over.
    await bring([{ webhook: seq }]);
    expect(await inbox.received()).toHaveLength(1);
    passTime(61_000);
    await cron(NO_QUEUE);
    const received = await inbox.received();
    expect(received).toHaveLength(2);
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });

  test('when D1 is back, where it was out when the queue brought the wake-up', async () => {
    const inbox = newInbox();
    await newWebhook({ url: inbox.url, events: ['users.*.create'] });
    const userId = await newUser();
    const { seq } = await row('SELECT seq FROM webhooks');
    const { stores } = faultyStores(refusingFirst(1, /^d1/));
    const { retryMessages } = await bring([{ webhook: seq }], stores);
    expect(retryMessages).toHaveLength(1);
    await bring([{ webhook: seq }]);
    expect(await idsIn(inbox)).toEqual([userId]);
  });
});

test('A change that fails leaves no event', async () => {
  const queue = keptQueue();
  const inbox = newInbox();
  const userId = await newUser();
  await newWebhook({ url: inbox.url, events: ['users.*', 'teams.*'] });
  expect((await api('POST /users', { body: { userId }, env: queue.env })).status).toBe(409);
  expect((await api('PATCH /users/nobody/name', { body: { name: 'x' }, env: queue.env })).status).toBe(404);
  expect([queue.sent, await rows('SELECT * FROM deliveries')]).toEqual([[], []]);
});

test('A message that is no wake-up is dropped, and one for a webhook that is gone does nothing', async () => {
  const { ackAll, explicitAcks } = await bring(['nonsense', { webhook: 'x' }, null, { webhook: 999 }]);
  expect(ackAll || explicitAcks.length === 4).toBe(true);
});

test('A webhook that hangs, fails or is slow keeps no other one waiting, and what is poison to one is nobody else’s', async () => {
  const queue = keptQueue();
  const [good, slow, bad] = [newInbox(), newInbox('slow'), newInbox('500')];
  for (const { url } of [bad, slow, good]) await newWebhook({ url, events: ['users.*.create'] });
  const ids = [];
  for (let i = 0; i < 5; i++)
    ids.push((await api('POST /users', { body: { userId: freshId('user') }, env: queue.env })).body.$id);
  await drain(queue);
  expect(await idsIn(good)).toEqual(expect.arrayContaining(ids));
  expect(await slow.received()).toHaveLength(5);
  expect((await bad.received()).length).toBeGreaterThanOrEqual(5);
  expect(queue.sent.every(({ delaySeconds }) => delaySeconds > 0)).toBe(true);
});

test('What happens to one user is sent in the order in which it happened', async () => {
  const inbox = newInbox('slow', '200');
  await newWebhook({ url: inbox.url, events: ['users.*'] });
  const userId = await newUser();
  for (const name of ['a', 'b', 'c', 'd']) await api(`PATCH /users/${userId}/name`, { body: { name } });
  await cron(NO_QUEUE);
  const names = (await inbox.received()).map(({ body }) => JSON.parse(body).name);
  expect(names).toEqual(['', 'a', 'b', 'c', 'd']);
  const sequences = (await inbox.received()).map(({ headers }) =>
    Number(headers['x-appwrite-webhook-sequence']),
  );
  expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
});

test('Many runs at once send an event once', async () => {
  const inbox = newInbox('slow');
  await newWebhook({ url: inbox.url, events: ['users.*'] });
  await newUser();
  const { seq } = await row('SELECT seq FROM webhooks');
  await Promise.all(Array.from({ length: 5 }, () => bring([{ webhook: seq }])));
  expect(await inbox.received()).toHaveLength(1);
});

test('An event that is recorded while a run is at its webhook is sent by that run’s own wake-up', async () => {
  const queue = keptQueue();
  const inbox = newInbox('slow', '200');
  await newWebhook({ url: inbox.url, events: ['users.*.create'] });
  await newUser();
  const { seq } = await row('SELECT seq FROM webhooks');
  const running = bring([{ webhook: seq }], queue.env);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await newUser();
  await bring([{ webhook: seq }], queue.env);
  await running;
  expect(queue.sent).toEqual([{ webhook: seq, delaySeconds: 0 }]);
  await drain(queue);
  expect(await inbox.received()).toHaveLength(2);
});
