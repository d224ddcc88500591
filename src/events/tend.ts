import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../db/database';
import { oldest } from '../db/expressions';
import { deliveries } from '../db/schema';
import { sweep } from './consume';

/** What the cron trigger does for events. Where no webhook was ever sent anything, it looks once, and there is nothing. */
export async function tendEvents(env: Env, db: Database, now: number): Promise<void> {
  const [one] = await db.select({ seq: deliveries.seq }).from(deliveries).limit(1);
  if (one === undefined) return;
  const done = await Promise.allSettled([removeDeliveries(db, now), sweep(env, now)]);
  for (const work of done) if (work.status === 'rejected') throw work.reason;
}

/** How long it is told what became of an event, milliseconds. */
const KEPT = 30 * 24 * 60 * 60 * 1000;

/** Deliveries that one run removes of each kind, at most. */
const REMOVED = 5_000;

/** Removes deliveries that are old, and those whose webhook is gone. */
async function removeDeliveries(db: Database, now: number): Promise<void> {
  const remove = (found: SQL) => db.delete(deliveries).where(sql`${deliveries.seq} IN (${found})`);
  await db.batch([
    remove(oldest(deliveries.createdAt, now - KEPT, REMOVED)),
    // From one webhook's first delivery to the next one's: as many steps as there are webhooks.
    remove(sql`SELECT d.seq FROM deliveries AS d WHERE d.webhook_seq = (
        WITH RECURSIVE found(webhook) AS (
          SELECT min(webhook_seq) FROM deliveries
          UNION ALL SELECT (SELECT min(next.webhook_seq) FROM deliveries AS next WHERE next.webhook_seq > found.webhook)
            FROM found WHERE found.webhook IS NOT NULL)
        SELECT webhook FROM found WHERE webhook IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM webhooks WHERE webhooks.seq = webhook) LIMIT 1)
      LIMIT ${REMOVED}`),
  ]);
}
