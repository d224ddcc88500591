import { sql } from 'drizzle-orm';
import type { Context } from '../context';
import { usage } from '../db/schema';

/** How often an isolate writes what it counted, in milliseconds. */
const FLUSH_EVERY = 10_000;
const HALF_HOUR = 30 * 60_000;

let counted = 0;
let flushedAt = 0;

/**
 * Counts a read of users, for the usage chart. Reads are counted in memory and written together after a response, since
 * a row written costs a thousand times what a row read does: an isolate that is stopped takes up to ten seconds of its
 * count with it. This is the one number that may be too low.
 */
export function countRead({ db, now, defer }: Pick<Context, 'db' | 'now' | 'defer'>): void {
  counted += 1;
  if (now - flushedAt < FLUSH_EVERY) return;
  const value = counted;
  counted = 0;
  flushedAt = now;
  defer(
    db
      .insert(usage)
      .values({ metric: 'user.read', period: now - (now % HALF_HOUR), value })
      .onConflictDoUpdate({
        target: [usage.metric, usage.period],
        set: { value: sql`${usage.value} + ${value}` },
      }),
  );
}
