import { sql } from 'drizzle-orm';
import type { Database } from '../db/database';

/** Pages of an index that one run merges, at most (a page holds some 4 kB of it). */
const PAGES = 200;

/**
 * Merges a little of the full-text indexes, which small writes leave in many parts, each of which a search reads. Nothing
 * is written where there is nothing to merge.
 * @see https://www.sqlite.org/fts5.html#the_merge_command
 */
export async function mergeSearch(db: Database): Promise<void> {
  const tables = ['users_search', 'teams_search', 'identities_search', 'memberships_search'];
  const [first, ...rest] = tables.map((table) =>
    db.run(sql.raw(`INSERT INTO ${table} (${table}, rank) VALUES ('merge', ${PAGES})`)),
  );
  if (first) await db.batch([first, ...rest]);
}
