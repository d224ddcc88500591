import { createExecutionContext, env, waitOnExecutionContext } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { measured } from '../../bench/support/measuredD1';
import worker from '../../src/index';
import { api, requestOf } from '../support/api';
import { bring, keptQueue, NO_QUEUE } from '../support/delivering';
import { newUser, newWebhook } from '../support/given';
import { withoutWebhooks } from '../support/hooks';
import { newInbox } from '../support/receivers/inbox';
import { recordingD1 } from '../support/recordingD1';
import { row } from '../support/rows';
import { cron } from '../support/worker';

/* What D1 bills of events: docs/costs.md has the same numbers. */

withoutWebhooks();

async function costOf(name: string) {
  const userId = await newUser({ name: 'Before' });
  const { env: counted, cost } = measured(env);
  const queue = keptQueue();
  await api(`PATCH /users/${userId}/name`, { body: { name }, env: { ...counted, ...queue.env } });
  return { written: cost.rowsWritten, messages: queue.sent.length };
}

test('Where no webhook is, or none subscribes, a change writes no row more and wakes nobody', async () => {
  await costOf('the first of its half hour');
  const none = await costOf('a');
  await newWebhook({ events: ['teams.*'] });
  await newWebhook({ events: ['users.*'], enabled: false });
  expect(await costOf('b')).toEqual(none);
  expect(none.messages).toBe(0);
});

test('Where no webhook listens, the statement that records events reads no row', async () => {
  await newWebhook({ events: ['users.*'], enabled: false });
  const userId = await newUser();
  const { binding, trips, roundsOf } = recordingD1();
  const ctx = createExecutionContext();
  const request = requestOf(`PATCH /users/${userId}/name`, { body: { name: 'x' } });
  const answer = worker.fetch(request, { ...env, DB: binding }, ctx);
  expect(await roundsOf(answer)).toBe(1);
  await waitOnExecutionContext(ctx);
  const recording = trips.flat().filter(({ query }) => query.startsWith('insert into "deliveries"'));
  expect(recording).toHaveLength(1);
  for (const { query, values } of recording) {
    const { meta } = await env.DB.prepare(query)
      .bind(...values)
      .run();
    expect([meta.rows_read, meta.rows_written]).toEqual([0, 0]);
  }
});

test('An event costs four rows more for each webhook and one message, and three when it is sent', async () => {
  await costOf('the first of its half hour');
  const none = await costOf('a');
  const inbox = newInbox();
  await newWebhook({ url: inbox.url, events: ['users.*.update'] });
  const one = await costOf('b');
  expect([one.written - none.written, one.messages]).toEqual([4, 1]);
  const { seq } = await row('SELECT seq FROM webhooks');
  const { env: counted, cost } = measured(env);
  await bring([{ webhook: seq }], { ...counted, ...NO_QUEUE });
  expect(await inbox.received()).toHaveLength(1);
  // The delivery; the webhook, when a run begins and when it ends: the last two are shared by all that the run sends.
  expect(cost.rowsWritten).toBe(3);
});

test('Where nothing was ever sent, the cron trigger looks once', async () => {
  await cron(NO_QUEUE);
  const { meta } = await env.DB.prepare('select "seq" from "deliveries" limit 1').run();
  expect(meta.rows_read).toBeLessThanOrEqual(1);
});
