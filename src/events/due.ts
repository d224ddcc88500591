import { sql } from 'drizzle-orm';
import type { Database } from '../db/database';

/** Webhooks that are woken up at once, at most. */
const WOKEN = 200;

/** The webhooks that have something due, and nobody at it; in no order, so that none that fails stands before the others. */
export async function dueWebhooks(db: Database, now: number): Promise<number[]> {
  const rows = await db.all<{ seq: number }>(sql`SELECT w.seq AS seq FROM webhooks AS w
    WHERE w.seq > 0 AND w.busy_until <= ${now} AND EXISTS (SELECT 1 FROM deliveries AS d
      WHERE d.webhook_seq = w.seq AND d.due_at IS NOT NULL AND d.due_at <= ${now}
        AND (d.is_test = 1 OR (w.enabled = 1 AND w.not_before <= ${now})))
    ORDER BY random() LIMIT ${WOKEN}`);
  return rows.map(({ seq }) => seq);
}
