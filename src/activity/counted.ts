import { sql } from 'drizzle-orm';
import type { Database } from '../db/database';
import { usage } from '../db/schema';

/** How often an isolate writes what it counted, in milliseconds. */
const FLUSH_EVERY = 10_000;
const HALF_HOUR = 30 * 60_000;

/** What happens too often for a row each: reads of users, and API keys that are none. */
type Metric = 'user.read' | 'key.unknown';

interface Counting {
  readonly db: Database;
  /** Milliseconds. */
  readonly now: number;
  /** Runs work after the response. */
  defer(work: PromiseLike<unknown>): void;
}

const counted = new Map<Metric, number>();
let flushedAt = 0;

/**
 * Counts what changes nothing, for usage. It is counted in memory and written together after a response, since a row
 * written costs a thousand times what a row read does, and a flood of unknown keys is to cost nothing at all: an isolate
 * that is stopped takes up to ten seconds of its counts with it, or what came since it last wrote where nothing followed.
 * These are the numbers that may be too low.
 */
export function count(metric: Metric, { db, now, defer }: Counting): void {
  counted.set(metric, (counted.get(metric) ?? 0) + 1);
  if (now - flushedAt < FLUSH_EVERY) return;
  flushedAt = now;
  const rows = [...counted].map(([metric, value]) => ({ metric, period: now - (now % HALF_HOUR), value }));
  counted.clear();
  defer(
    db
      .insert(usage)
      .values(rows)
      .onConflictDoUpdate({
        target: [usage.metric, usage.period],
        set: { value: sql`${usage.value} + excluded.value` },
      }),
  );
}

/** Forgets what was counted and not written yet, so that tests that share an isolate do not count one another's. */
export function forgetCounted(): void {
  counted.clear();
  flushedAt = 0;
}
