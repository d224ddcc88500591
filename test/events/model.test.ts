import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { isTold } from '../../src/activity/eventNames';
import { api, type Call } from '../support/api';
import { bring, NO_QUEUE } from '../support/delivering';
import { type Fault, faultyStores } from '../support/faults';
import { freshId, newWebhook } from '../support/given';
import { newInbox } from '../support/receivers/inbox';
import { emptyStores, row, rows } from '../support/rows';
import { cron } from '../support/worker';

/*
 * Random changes while D1, the queue and the receivers fail at random. Afterwards, once all is well and time has passed, each
 * receiver must have got every event that the activity tells, none that it does not, and each as the change left it.
 */

const EVERYTHING = ['users.*', 'teams.*', 'keys.*', 'webhooks.*'];

type Change = (users: readonly string[], pick: number) => readonly [route: string, body?: object];

const CHANGES: readonly Change[] = [
  () => ['POST /users', { userId: freshId('model') }],
  (users, pick) => [`PATCH /users/${users[pick % users.length]}/name`, { name: `Name ${pick}` }],
  (users, pick) => [`PATCH /users/${users[pick % users.length]}/email`, { email: `m${pick}@example.org` }],
  (users, pick) => [`PATCH /users/${users[pick % users.length]}/status`, { status: pick % 2 === 0 }],
  (users, pick) => [`POST /users/${users[pick % users.length]}/sessions`, {}],
  (users, pick) => [`DELETE /users/${users[pick % users.length]}/sessions`],
  (users, pick) => [`PUT /users/${users[pick % users.length]}/labels`, { labels: [`l${pick}`] }],
  () => ['POST /teams', { teamId: freshId('model-team'), name: 'Team' }],
  () => ['POST /project/keys', { keyId: freshId('model-key'), name: 'Key', scopes: [] }],
  () => ['DELETE /users/nobody'],
];

const step = fc.record({
  change: fc.nat(CHANGES.length - 1),
  pick: fc.nat(7),
  d1: fc.constantFrom('well', 'well', 'refuses', 'dies after'),
  queue: fc.constantFrom('brings', 'loses', 'refuses', 'brings twice'),
});

/** A store that refuses its first batch, or loses its answer. */
function faultOf(kind: string): Fault {
  let isFirst = true;
  return async (operation, go) => {
    if (kind === 'well' || operation.on !== 'd1.batch' || !isFirst) return go();
    isFirst = false;
    if (kind === 'dies after') await go();
    throw new Error('D1_ERROR: Network connection lost.');
  };
}

function queueOf(kind: string) {
  const sent: number[] = [];
  const take = async (webhook: number) => {
    if (kind === 'refuses') throw new Error('Queue is unavailable');
    if (kind !== 'loses') sent.push(webhook);
    if (kind === 'brings twice') sent.push(webhook);
  };
  const answer = { metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } };
  const queue: Queue<{ webhook: number }> = {
    send: async ({ webhook }) => take(webhook).then(() => answer),
    sendBatch: async (messages) => {
      for (const { body } of messages) await take(body.webhook);
      return answer;
    },
    metrics: async () => ({ backlogCount: 0, backlogBytes: 0 }),
  };
  return { sent, queue };
}

test('Whatever fails, the receivers have got what the activity tells, at least once, and nothing else', {
  timeout: 120_000,
}, async () => {
  const words = fc.constantFrom('200', '500', 'close', 'later', '404');
  const answers = fc.array(words, { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 25 }),
      answers,
      answers,
      async (steps, one, other) => {
        await emptyStores();
        vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
        const inboxes = [newInbox(...one, '200'), newInbox(...other, '200')];
        const users = [freshId('model'), freshId('model')];
        for (const userId of users) await api('POST /users', { body: { userId } });
        for (const { url } of inboxes) await newWebhook({ url, events: EVERYTHING });
        // From here on both listen to everything.
        const { seq: begin } = await row('SELECT max(seq) AS seq FROM activity');
        await rows('DELETE FROM deliveries');
        for (const { change, pick, d1, queue: kind } of steps) {
          const { stores } = faultyStores(faultOf(d1));
          const { sent, queue } = queueOf(kind);
          const [route, body = {}] = CHANGES[change]?.(users, pick) ?? ['GET /health'];
          const call: Call = { body, env: { ...stores, EVENTS: queue } };
          const { status } = await api(route, call);
          expect([200, 201, 204, 403, 404, 409, 503]).toContain(status);
          const late = faultyStores(faultOf(pick % 3 === 0 ? d1 : 'well'));
          for (const webhook of sent.slice()) await bring([{ webhook }], late.stores);
          vi.setSystemTime(Date.now() + 20_000);
        }
        // All is well again, and a day passes; who was turned off is turned on.
        for (let hours = 0; hours < 40; hours++) {
          for (const { id, url } of await rows('SELECT id, url FROM webhooks WHERE enabled = 0'))
            await api(`PUT /webhooks/${id}`, { body: { name: 'x', url, events: EVERYTHING }, env: NO_QUEUE });
          await cron(NO_QUEUE);
          const [pending] = await rows('SELECT 1 FROM deliveries WHERE due_at IS NOT NULL LIMIT 1');
          if (pending === undefined) break;
          vi.setSystemTime(Date.now() + 3_600_000);
        }
        const logged = await rows('SELECT seq, event FROM activity WHERE seq > ? ORDER BY seq', begin);
        const told = logged.filter(({ event }) => isTold(String(event))).map(({ seq }) => Number(seq));
        for (const inbox of inboxes) {
          const arrived = (await inbox.received()).filter(({ answer }) => answer === '200');
          const sequences = new Set(
            arrived.map(({ headers }) => Number(headers['x-appwrite-webhook-sequence'])),
          );
          expect([...sequences].toSorted((a, b) => a - b)).toEqual(told);
          // Each is the same at every try.
          const bodies = new Set(
            (await inbox.received()).map(({ headers, body }) => `${headers['webhook-id']} ${body}`),
          );
          expect(bodies.size).toBe(
            new Set((await inbox.received()).map(({ headers }) => headers['webhook-id'])).size,
          );
        }
        vi.useRealTimers();
      },
    ),
    { numRuns: 15 },
  );
});
