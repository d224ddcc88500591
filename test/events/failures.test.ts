import { env } from 'cloudflare:test';
import { describe, expect, test, vi } from 'vitest';
import { configOf } from '../../src/config';
import { openDatabase } from '../../src/db/database';
import { deliver } from '../../src/events/run';
import { api } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { bring, drain, keptQueue, NO_QUEUE } from '../support/delivering';
import { newUser, newWebhook } from '../support/given';
import { withoutWebhooks } from '../support/hooks';
import { newInbox } from '../support/receivers/inbox';
import { row, rows } from '../support/rows';
import { cron } from '../support/worker';

withoutWebhooks();
stopClock();

const HOUR = 3_600_000;

/** Runs the cron trigger, the only way without a queue, until nothing is pending or a day is over. */
async function letTimePass(): Promise<number> {
  let waited = 0;
  for (;;) {
    await cron(NO_QUEUE);
    const [next] = await rows(
      `SELECT max(min(d.due_at), max(w.not_before)) AS at FROM deliveries d JOIN webhooks w ON w.seq = d.webhook_seq
       WHERE d.due_at IS NOT NULL AND w.enabled HAVING count(*) > 0`,
    );
    if (next === undefined || waited > 30 * HOUR) return waited;
    const wait = Math.max(Number(next.at) - Date.now(), 1);
    waited += wait;
    passTime(wait);
  }
}

const hook = (webhookId: string) => api(`GET /webhooks/${webhookId}`).then(({ body }) => body);

describe('A receiver', () => {
  test('that answers 500 nine times gets the event at the tenth, the same each time, within a day', async () => {
    const inbox = newInbox(...Array(9).fill('500'), '200');
    const webhookId = await newWebhook({ url: inbox.url, events: ['users.*'] });
    await newUser();
    const waited = await letTimePass();
    const received = await inbox.received();
    expect(received.map(({ answer }) => answer)).toEqual([...Array(9).fill('500'), '200']);
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(received.map(({ body }) => body)).size).toBe(1);
    expect(waited).toBeGreaterThan(HOUR);
    expect(waited).toBeLessThan(24 * HOUR);
    expect(await hook(webhookId)).toMatchObject({ enabled: true, attempts: 0, logs: '' });
    expect(await row('SELECT state, tries, status FROM deliveries')).toEqual({
      state: 'delivered',
      tries: 10,
      status: 200,
    });
  });

  test.each([
    ['closes', 'close', /^Nothing was answered: /, 0],
    ['redirects, which is not followed', 'redirect', /^The receiver answered 302\.$/, 302],
    ['answers 404', '404', /^The receiver answered 404: told$/, 404],
  ])('that %s has failed, and gets the event anew', async (_, word, error, status) => {
    const inbox = newInbox(word, '200');
    const webhookId = await newWebhook({ url: inbox.url, events: ['users.*'] });
    await newUser();
    await cron(NO_QUEUE);
    expect(await hook(webhookId)).toMatchObject({
      attempts: 1,
      logs: expect.stringMatching(error),
      enabled: true,
    });
    expect(await row('SELECT state, tries, status, error FROM deliveries')).toEqual({
      ...{ state: 'pending', tries: 1, status },
      error: expect.stringMatching(error),
    });
    await letTimePass();
    expect((await inbox.received()).map(({ answer }) => answer)).toEqual([word, '200']);
  });

  test('that answers without an end has answered: 64 kB are read of it', async () => {
    const inbox = newInbox('endless');
    await newWebhook({ url: inbox.url, events: ['users.*'] });
    await newUser();
    await cron(NO_QUEUE);
    expect(await row('SELECT state FROM deliveries')).toEqual({ state: 'delivered' });
  });

  test('that hangs has failed after the time that it has', async () => {
    vi.useRealTimers();
    const inbox = newInbox('hang', '200');
    await newWebhook({ url: inbox.url, events: ['users.*'] });
    await newUser();
    const { seq } = await row('SELECT seq FROM webhooks');
    const { db } = openDatabase(env.DB, null);
    const run = { db, config: configOf(env), most: 10, atOnce: 2, timeout: 200 };
    await deliver(run, Number(seq));
    expect(await row('SELECT state, tries, error FROM deliveries')).toEqual({
      state: 'pending',
      tries: 1,
      error: 'The receiver did not answer within 0.2 seconds.',
    });
  });

  test('that asks to be left alone with Retry-After gets nothing before', async () => {
    const inbox = newInbox('later', '200');
    await newWebhook({ url: inbox.url, events: ['users.*'] });
    await newUser();
    await cron(NO_QUEUE);
    await newUser();
    passTime(119_000);
    await cron(NO_QUEUE);
    expect(await inbox.received()).toHaveLength(1);
    passTime(2_000);
    await cron(NO_QUEUE);
    expect((await inbox.received()).map(({ answer }) => answer)).toEqual(['later', '200', '200']);
  });

  test('that fails ten times one after another is off, with the reason, a line in the log, and its events kept', async () => {
    const queue = keptQueue();
    const inbox = newInbox('500');
    const webhookId = await newWebhook({ url: inbox.url, events: ['users.*'] });
    const other = newInbox();
    await newWebhook({ url: other.url, events: ['webhooks.*.update'] });
    for (let i = 0; i < 12; i++) await newUser();
    const { seq } = await row('SELECT seq FROM webhooks WHERE id = ?', webhookId);
    await bring([{ webhook: seq }], queue.env);
    expect(await hook(webhookId)).toMatchObject({ enabled: false, logs: 'The receiver answered 500: told' });
    const tried = (await inbox.received()).length;
    expect(tried).toBeGreaterThanOrEqual(10);
    expect(
      await row("SELECT event, resource_id, actor_type FROM activity WHERE event = 'webhook.update'"),
    ).toEqual({
      event: 'webhook.update',
      resource_id: webhookId,
      actor_type: 'system',
    });
    await drain(queue);
    expect(JSON.parse((await other.received())[0]?.body ?? '')).toMatchObject({
      $id: webhookId,
      enabled: false,
    });
    // What happens while it is off is kept for it too.
    await newUser();
    await letTimePass();
    expect(await inbox.received()).toHaveLength(tried);
    expect(
      await rows("SELECT 1 FROM deliveries WHERE name LIKE 'users.%' AND state = 'pending'"),
    ).toHaveLength(13);
  });

  test('that was off gets all that it missed once it is turned on', async () => {
    const queue = keptQueue();
    const inbox = newInbox(...Array(12).fill('500'), '200');
    const webhookId = await newWebhook({ url: inbox.url, events: ['users.*'] });
    for (let i = 0; i < 12; i++) await newUser();
    await letTimePass();
    expect((await hook(webhookId)).enabled).toBe(false);
    const last = await newUser();
    passTime(24 * HOUR);
    const on = { name: 'On', url: inbox.url, events: ['users.*'] };
    const { body } = await api(`PUT /webhooks/${webhookId}`, { body: on, env: queue.env });
    expect(body).toMatchObject({ enabled: true, attempts: 0 });
    await drain(queue);
    await letTimePass();
    const told = (await inbox.received()).filter(({ answer }) => answer === '200');
    expect(told.map((one) => JSON.parse(one.body).$id)).toContain(last);
    expect(new Set(told.map(({ headers }) => headers['webhook-id'])).size).toBe(13);
  });
});

describe('A webhook that a person has turned off', () => {
  test('is sent nothing, and nothing is kept for it', async () => {
    const inbox = newInbox();
    await newWebhook({ url: inbox.url, events: ['users.*'], enabled: false });
    await newUser();
    expect(await rows('SELECT * FROM deliveries')).toEqual([]);
  });
});

test('A secret that no key of the deployment opens is the failure of its webhook, told in words', async () => {
  const inbox = newInbox();
  const webhookId = await newWebhook({ url: inbox.url, events: ['users.*'] });
  await newUser();
  await cron({ ...NO_QUEUE, ENCRYPTION_KEY: 'another key of 32 characters that has sealed nothing' });
  expect((await hook(webhookId)).logs).toBe(
    "No key in this deployment's ENCRYPTION_KEY opens the secrets of this webhook.",
  );
  expect(await inbox.received()).toEqual([]);
});
