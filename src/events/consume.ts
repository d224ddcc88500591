import * as v from 'valibot';
import { configOf } from '../config';
import { openDatabase } from '../db/database';
import { causeOf } from '../db/errors';
import { queueOf, wake } from '../webhooks';
import { dueWebhooks } from './due';
import { withOutbox } from './outbox';
import { deliver } from './run';

const wakeSchema = v.object({ webhook: v.pipe(v.number(), v.integer()) });

/** Requests that an invocation has open at once: Cloudflare lets six wait for their answer, and D1 needs one. */
const AT_ONCE = 5;

/** Subrequests that a webhook takes beside its deliveries: two batches of D1, and messages to wake it up again. */
const BESIDES = 4;

/** Subrequests that the cron trigger's other work takes. */
const CRON = 15;

/** Deliveries that a run reads, at most: each may hold 64 kB of preferences. */
const MOST_READ = 200;

/** Webhooks that the cron trigger serves itself in a run, at most. */
const SERVED = 5;

/**
 * What the queue's consumer does: sends what is due to the webhooks that the messages name. A message that can't be read is
 * dropped; where D1 fails, the queue brings it again.
 */
export async function consume(batch: MessageBatch<unknown>, env: Env): Promise<void> {
  const webhooks = new Set(
    batch.messages.flatMap(({ body }) => (v.is(wakeSchema, body) ? [body.webhook] : [])),
  );
  const { failed } = await serve(env, [...webhooks], configOf(env).SUBREQUEST_LIMIT);
  for (const message of batch.messages) {
    const { body } = message;
    if (v.is(wakeSchema, body) && failed.has(body.webhook)) message.retry({ delaySeconds: 10 });
    else message.ack();
  }
}

/**
 * The second way: what has been due without anybody at it is woken up; or sent from here, where there is no queue or it
 * refuses.
 */
export async function sweep(env: Env, now: number): Promise<void> {
  const { db } = openDatabase(env.DB, null);
  const due = await dueWebhooks(db, now);
  if (due.length === 0) return;
  const queue = queueOf(env);
  const isWoken = queue !== null && (await wake(queue, due).then(() => true, logged('wake-up of webhooks')));
  if (isWoken) return;
  const { failed } = await serve(env, due.slice(0, SERVED), configOf(env).SUBREQUEST_LIMIT - CRON);
  if (failed.size > 0)
    throw new Error(`${failed.size} webhooks could not be served; the log has the reason.`);
}

/** Sends to several webhooks side by side, each with its share of what an invocation may do, so that none waits for another. */
async function serve(env: Env, webhooks: readonly number[], subrequests: number) {
  const opened = openDatabase(env.DB, null);
  const deferred: PromiseLike<unknown>[] = [];
  const { db } = withOutbox({ db: opened.db, env, defer: (work) => void deferred.push(work) });
  const config = configOf(env);
  const share = Math.floor(subrequests / Math.max(webhooks.length, 1)) - BESIDES;
  const run = {
    ...{ db, config },
    most: Math.min(Math.max(share, 1), MOST_READ),
    atOnce: Math.max(Math.floor(AT_ONCE / Math.max(webhooks.length, 1)), 1),
  };
  const failed = new Set<number>();
  await Promise.all(
    webhooks.map(async (webhook) => {
      try {
        const next = await deliver(run, webhook);
        if (next !== null) await wakeAgain(env, webhook, next - Date.now());
      } catch (error) {
        console.error(
          JSON.stringify({ level: 'error', message: causeOf(error), during: 'delivery', webhook }),
        );
        failed.add(webhook);
      }
    }),
  );
  await Promise.allSettled(deferred);
  return { failed };
}

/** What is due later is woken up then; where the queue takes no message, the cron trigger finds it. */
async function wakeAgain(env: Env, webhook: number, delay: number): Promise<void> {
  const queue = queueOf(env);
  if (queue !== null) await wake(queue, [webhook], Math.max(delay, 0)).catch(logged('wake-up of a webhook'));
}

const logged = (during: string) => (error: unknown) => {
  console.error(JSON.stringify({ level: 'error', message: causeOf(error), during }));
  return false;
};
