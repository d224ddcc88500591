import { sql } from 'drizzle-orm';
import type { Database } from '../db/database';
import { totals } from '../db/schema';

/**
 * The line of the activity log up to which usage is added up; what is newer, 1,000 lines at most, an answer adds itself. A
 * write need not touch a counter then, which would be a row more of each.
 */
export const addedUp = sql`coalesce((SELECT value FROM totals WHERE name = 'activity'), 0)`;

/** Adds the new lines of the log to usage: the trigger `activity_added` does, wherever the mark is moved forward. */
export async function addUpUsage(db: Database): Promise<void> {
  const last = sql`(SELECT max(seq) FROM activity)`;
  await db.batch([
    db.insert(totals).values({ name: 'activity' }).onConflictDoNothing(),
    db
      .update(totals)
      .set({ value: sql`${last}` })
      .where(sql`${totals.name} = 'activity' AND ${totals.value} < ${last}`),
  ]);
}
