import { eq, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { NO_CLIENT } from '../activity/client';
import { type Actor, NO_USER, recordActivity } from '../activity/record';
import type { Database } from '../db/database';
import { deliveries, webhooks } from '../db/schema';
import { delayAfter } from './backoff';
import type { Outcome } from './send';

/** Consecutive failures after which a webhook is off, as in Appwrite. */
export const MOST_FAILURES = 10;

/** A delivery as it was read, and what came of sending it. */
export interface Sent {
  readonly seq: number;
  readonly dueAt: number | null;
  readonly tries: number;
  readonly isTest: boolean;
  readonly outcome: Outcome;
}

/** How a run ends for its webhook. */
export interface Ending {
  /** Consecutive failures. */
  readonly attempts: number;
  readonly logs: string;
  readonly notBefore: number;
}

/** The columns of a delivery after a try. */
function after({ seq, dueAt, tries, isTest, outcome }: Sent, now: number) {
  const { isDelivered, status, duration, error, retryAfter } = outcome;
  // Nobody waits for a test that failed: another one is a click away.
  const delay = isDelivered || isTest ? null : delayAfter(tries + 1);
  const state = isDelivered ? 'delivered' : delay === null ? 'failed' : 'pending';
  const next = delay === null ? null : now + Math.max(delay, retryAfter);
  return { seq, dueAt, state, next, status, duration, error };
}

/**
 * The statements that end a run: what became of each delivery, unless somebody has asked anew for it meanwhile; how the
 * webhook stands, off with an activity row where it has failed too often; and what is still due. The webhook is then free
 * for the next run.
 */
export function settling(
  db: Database,
  { seq: webhook, updatedAt }: Pick<typeof webhooks.$inferSelect, 'seq' | 'updatedAt'>,
  sent: readonly Sent[],
  ending: Ending,
  now: number,
) {
  const results = JSON.stringify(sent.map((one) => after(one, now)));
  const isOff = ending.attempts >= MOST_FAILURES;
  const actor: Actor = { db, caller: WEBHOOKS, client: NO_CLIENT, requestId: crypto.randomUUID(), now };
  // Somebody that has changed it meanwhile knows better.
  const isSame = sql`${webhooks.updatedAt} = ${updatedAt}`;
  const unlessChanged = <Value extends string | number | boolean>(value: Value, column: SQLiteColumn) =>
    sql`iif(${isSame}, ${value}, ${column})`;
  const turnsOff = sql`${webhooks.seq} = ${webhook} AND ${webhooks.enabled} = true AND ${isOff} AND ${isSame}`;
  const isNext = sql`FROM deliveries AS d WHERE d.webhook_seq = ${webhook} AND d.due_at IS NOT NULL
    AND (d.is_test = 1 OR EXISTS (SELECT 1 FROM webhooks AS w WHERE w.seq = d.webhook_seq AND w.enabled = 1))`;
  return [
    recordActivity(
      actor,
      'webhook.update',
      { ...NO_USER, resourceId: sql`${webhooks.id}` },
      sql`FROM ${webhooks} WHERE ${turnsOff}`,
    ),
    db
      .update(webhooks)
      .set({
        attempts: unlessChanged(ending.attempts, webhooks.attempts),
        logs: unlessChanged(ending.logs, webhooks.logs),
        notBefore: unlessChanged(ending.notBefore, webhooks.notBefore),
        busyUntil: 0,
        ...(isOff ? { enabled: unlessChanged(0, webhooks.enabled) } : {}),
      })
      .where(eq(webhooks.seq, webhook)),
    db
      .update(deliveries)
      .set({
        tries: sql`${deliveries.tries} + 1`,
        triedAt: now,
        state: sql`result.value ->> 'state'`,
        dueAt: sql`result.value ->> 'next'`,
        status: sql`result.value ->> 'status'`,
        duration: sql`result.value ->> 'duration'`,
        error: sql`result.value ->> 'error'`,
      })
      .from(sql`json_each(${results}) AS result`)
      .where(
        sql`${deliveries.seq} = result.value ->> 'seq' AND ${deliveries.dueAt} = result.value ->> 'dueAt'`,
      ),
    db
      .select({ next: sql<number | null>`min(d.due_at)`.as('next') })
      .from(sql`(SELECT d.due_at ${isNext} ORDER BY d.event_seq LIMIT 500) AS d`),
  ] as const;
}

/** Who turns a webhook off. */
const WEBHOOKS = { type: 'system', id: 'webhooks', name: 'Webhooks' } as const;
