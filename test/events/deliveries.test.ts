import { env } from 'cloudflare:test';
import { describe, expect, test } from 'vitest';
import { measured } from '../../bench/support/measuredD1';
import { api } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { drain, keptQueue, NO_QUEUE } from '../support/delivering';
import { expectAnswer, expectError, expectInvalid } from '../support/expect';
import { newUser, newWebhook } from '../support/given';
import { withoutWebhooks } from '../support/hooks';
import { LATER, NOW } from '../support/models';
import { newInbox } from '../support/receivers/inbox';
import { rows } from '../support/rows';
import { cron } from '../support/worker';

withoutWebhooks();
stopClock();

const DAY = 86_400_000;
const deliveriesOf = async (webhookId: string, query = '') =>
  (await api(`GET /webhooks/${webhookId}/deliveries${query}`)).body;

describe('GET /webhooks/{webhookId}/deliveries', () => {
  test('tells what became of each event, newest first', async () => {
    const inbox = newInbox('200', '503');
    const webhookId = await newWebhook({ url: inbox.url, events: ['users.*.create'] });
    const one = await newUser();
    await cron(NO_QUEUE);
    const other = await newUser();
    passTime(60_000);
    await cron(NO_QUEUE);
    const { total, deliveries } = await deliveriesOf(webhookId);
    expect(total).toBe(2);
    expect(deliveries).toEqual([
      {
        $id: expect.stringMatching(/^\d+$/),
        $createdAt: NOW.iso,
        event: `users.${other}.create`,
        state: 'pending',
        tries: 1,
        status: 503,
        duration: expect.any(Number),
        error: 'The receiver answered 503: told',
        triedAt: LATER.iso,
        nextTryAt: expect.stringMatching(/^2026-01-31T12:36:0/),
      },
      expect.objectContaining({
        event: `users.${one}.create`,
        state: 'delivered',
        tries: 1,
        status: 200,
        error: '',
        nextTryAt: '',
      }),
    ]);
    const found = await deliveriesOf(webhookId, '?queries[]=equal("state",["delivered"])');
    expect(found.deliveries.map(({ event }: { event: string }) => event)).toEqual([`users.${one}.create`]);
    const after = `?queries[]=cursorAfter("${deliveries[0].$id}")&queries[]=limit(1)`;
    expect((await deliveriesOf(webhookId, after)).deliveries).toEqual([deliveries[1]]);
  });

  test('has none of another webhook that is sent the same events, whatever is asked', async () => {
    const [one, other] = [
      await newWebhook({ events: ['users.*.create'] }),
      await newWebhook({ events: ['users.*.create'] }),
    ];
    await newUser();
    await newUser();
    const of = '(SELECT seq FROM webhooks WHERE id = ?)';
    await rows(`UPDATE deliveries SET tries = 1 + event_seq % 2 WHERE webhook_seq = ${of}`, one);
    await rows(`UPDATE deliveries SET tries = 7 WHERE webhook_seq = ${of}`, other);
    const { deliveries } = await deliveriesOf(one);
    const byTries = [...deliveries].sort((a, b) => a.tries - b.tries);
    expect(byTries.map(({ tries }) => tries)).toEqual([1, 2]);
    for (const [query, expected] of [
      ['?queries[]=equal("state",["pending"])', deliveries],
      ['?queries[]=limit(100)', deliveries],
      ['?queries[]=limit(100)&queries[]=equal("state",["pending"])', deliveries],
      ['?queries[]=orderAsc("tries")', byTries],
      [`?queries[]=orderAsc("tries")&queries[]=cursorAfter("${byTries[0]?.$id}")`, byTries.slice(1)],
      [`?queries[]=orderAsc("tries")&queries[]=cursorBefore("${byTries[1]?.$id}")`, byTries.slice(0, 1)],
    ] as const)
      expect([query, await deliveriesOf(one, query)]).toEqual([query, { total: 2, deliveries: expected }]);
  });

  test('has none of another webhook', async () => {
    const [one, other] = [await newWebhook({ events: ['users.*'] }), await newWebhook()];
    await newUser();
    expect([(await deliveriesOf(one)).total, (await deliveriesOf(other)).total]).toEqual([1, 0]);
  });

  test('keeps them for 30 days', async () => {
    const inbox = newInbox();
    const webhookId = await newWebhook({ url: inbox.url, events: ['users.*'] });
    await newUser();
    await cron(NO_QUEUE);
    passTime(30 * DAY - 1);
    await cron(NO_QUEUE);
    expect((await deliveriesOf(webhookId)).total).toBe(1);
    passTime(1);
    await cron(NO_QUEUE);
    expect((await deliveriesOf(webhookId)).total).toBe(0);
  });
});

describe('POST /webhooks/{webhookId}/test', () => {
  test('sends the webhook itself, though it is off and subscribes to nothing, and tells what came of it', async () => {
    const queue = keptQueue();
    const inbox = newInbox();
    const webhookId = await newWebhook({ url: inbox.url, enabled: false });
    const answer = await api(`POST /webhooks/${webhookId}/test`, { body: {}, env: queue.env });
    expect([answer.status, answer.body.state, answer.body.event]).toEqual([
      202,
      'pending',
      `webhooks.${webhookId}.test`,
    ]);
    await drain(queue);
    const [one] = await inbox.received();
    expect(JSON.parse(one?.body ?? '')).toMatchObject({ $id: webhookId, secret: '', enabled: false });
    expect(one?.headers['x-appwrite-webhook-events']).toContain(`webhooks.${webhookId}.test`);
    expect((await deliveriesOf(webhookId)).deliveries[0]).toMatchObject({
      $id: answer.body.$id,
      state: 'delivered',
    });
  });

  test('that fails is sent once, and counts for nothing', async () => {
    const inbox = newInbox('500');
    const webhookId = await newWebhook({ url: inbox.url });
    await api(`POST /webhooks/${webhookId}/test`, { body: {} });
    await cron(NO_QUEUE);
    passTime(DAY);
    await cron(NO_QUEUE);
    expect(await inbox.received()).toHaveLength(1);
    expect((await deliveriesOf(webhookId)).deliveries[0]).toMatchObject({ state: 'failed', status: 500 });
    expect((await api(`GET /webhooks/${webhookId}`)).body).toMatchObject({ attempts: 0, enabled: true });
  });

  test('is no other webhook’s', async () => {
    const other = await newWebhook({ events: ['webhooks.*'] });
    await rows('DELETE FROM deliveries');
    await api(`POST /webhooks/${await newWebhook({ enabled: false })}/test`, { body: {} });
    expect(
      (await deliveriesOf(other)).deliveries.map(({ event }: { event: string }) => event.split('.').at(-1)),
    ).toEqual(['create']);
  });
});

describe('POST …/deliveries/{deliveryId}/retry', () => {
  test('sends it again at once, whatever became of it', async () => {
    const queue = keptQueue();
    const inbox = newInbox();
    const webhookId = await newWebhook({ url: inbox.url, events: ['users.*'] });
    await newUser();
    await cron(NO_QUEUE);
    const { $id } = (await deliveriesOf(webhookId)).deliveries[0];
    const answer = await api(`POST /webhooks/${webhookId}/deliveries/${$id}/retry`, {
      body: {},
      env: queue.env,
    });
    expect([answer.status, answer.body.$id, answer.body.state, answer.body.tries]).toEqual([
      202,
      $id,
      'pending',
      0,
    ]);
    await drain(queue);
    const received = await inbox.received();
    expect(received).toHaveLength(2);
    expect(received[0]?.body).toBe(received[1]?.body);
    expect(received[0]?.headers['webhook-id']).toBe(received[1]?.headers['webhook-id']);
  });

  test('finds none of another webhook', async () => {
    const [one, other] = [await newWebhook({ events: ['users.*'] }), await newWebhook()];
    await newUser();
    const { $id } = (await deliveriesOf(one)).deliveries[0];
    expectError(
      await api(`POST /webhooks/${other}/deliveries/${$id}/retry`, { body: {} }),
      'webhook_delivery_not_found',
    );
    expectError(
      await api(`POST /webhooks/nothing/deliveries/${$id}/retry`, { body: {} }),
      'webhook_not_found',
    );
  });
});

describe('POST /webhooks/{webhookId}/replay', () => {
  test('sends again what came from a sequence on, or from a time on', async () => {
    const queue = keptQueue();
    const inbox = newInbox();
    const webhookId = await newWebhook({ url: inbox.url, events: ['users.*.create'] });
    const users = [await newUser()];
    passTime(60_000);
    users.push(await newUser(), await newUser());
    await cron(NO_QUEUE);
    const { deliveries } = await deliveriesOf(webhookId);
    const again = async (body: object) => {
      const before = (await inbox.received()).length;
      const answer = await api(`POST /webhooks/${webhookId}/replay`, { body, env: queue.env });
      await drain(queue);
      const sent = (await inbox.received()).slice(before).map((one) => JSON.parse(one.body).$id);
      return [answer.status, answer.body, sent.toSorted()];
    };
    expect(await again({ sequence: Number(deliveries[0].$id) })).toEqual([
      202,
      { total: 1, next: null },
      [users[2]],
    ]);
    expect(await again({ time: LATER.iso })).toEqual([202, { total: 2, next: null }, users.slice(1)]);
    expect(await again({ sequence: 1 })).toEqual([202, { total: 3, next: null }, users]);
    expect(await again({ time: '2030-01-01T00:00:00.000Z' })).toEqual([202, { total: 0, next: null }, []]);
  });

  test('sends no test again', async () => {
    const webhookId = await newWebhook();
    await api(`POST /webhooks/${webhookId}/test`, { body: {} });
    await cron(NO_QUEUE);
    const { body } = await api(`POST /webhooks/${webhookId}/replay`, { body: { sequence: 0 } });
    expect(body).toEqual({ total: 0, next: null });
  });

  test('from a time on looks at nothing that came long before', async () => {
    const webhookId = await newWebhook();
    await rows(
      `INSERT INTO deliveries (webhook_seq, event_seq, name, event, state, due_at, created_at)
       SELECT (SELECT seq FROM webhooks), i, 'n', '{}', 'failed', NULL, i * 60000 FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500) SELECT i FROM n)`,
    );
    const { cost, env: bindings } = measured(env);
    const time = new Date(1_491 * 60_000).toISOString();
    const { body } = await api(`POST /webhooks/${webhookId}/replay`, { body: { time }, env: bindings });
    expect(body).toEqual({ total: 10, next: null });
    expect(cost.rowsRead).toBeLessThan(200);
  });

  test('does a thousand a call, and says where the next goes on', async () => {
    const webhookId = await newWebhook();
    await rows(
      `INSERT INTO deliveries (webhook_seq, event_seq, name, event, state, due_at, created_at)
       SELECT (SELECT seq FROM webhooks), i, 'n', '{}', 'failed', NULL, ? FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500) SELECT i FROM n)`,
      Date.now(),
    );
    const replay = async (sequence: number) =>
      (await api(`POST /webhooks/${webhookId}/replay`, { body: { sequence }, env: keptQueue().env })).body;
    expect(await replay(1)).toEqual({ total: 1000, next: 1001 });
    expect(await replay(1001)).toEqual({ total: 500, next: null });
  });

  test('needs to be told from where', async () => {
    const webhookId = await newWebhook();
    const message = 'At least one of sequence or time is required';
    expectError(await api(`POST /webhooks/${webhookId}/replay`, { body: {} }), 'general_argument_invalid', {
      message,
    });
    expectInvalid(await api(`POST /webhooks/${webhookId}/replay`, { body: { time: 'soon' } }), 'time', /./);
    expectAnswer(await api(`POST /webhooks/${webhookId}/replay`, { body: { sequence: 5 } }), 202, {
      total: 0,
      next: null,
    });
  });
});
