import { sql } from 'drizzle-orm';
import type { Database } from '../db/database';

/** Pages of an index that one run merges, at most (a page holds some 4 kB of it). */
const PAGES = 500;

const INDEXES = ['users_search', 'teams_search', 'identities_search', 'memberships_search'] as const;

/**
 * Merges a little of one of the full-text indexes, which small writes leave in many parts, each of which a search reads: a
 * minute for each in turn, since D1 counts a row written even where there is nothing to merge.
 * @param now milliseconds
 * @see https://www.sqlite.org/fts5.html#the_merge_command
 */
export async function mergeSearch(db: Database, now: number): Promise<void> {
  const index = INDEXES[Math.floor(now / 60_000) % INDEXES.length];
  await db.run(sql.raw(`INSERT INTO ${index} (${index}, rank) VALUES ('merge', ${PAGES})`));
}
