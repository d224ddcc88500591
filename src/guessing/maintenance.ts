import { sql } from 'drizzle-orm';
import type { Database } from '../db/database';
import { failures, networks } from '../db/schema';
import { hourOf } from './guess';
import { KNOWN_MS } from './known';

/** Failures that one run removes, at most: as many come of 80 failed tries a second. */
const FAILURES = 10_000;

/** Places that one run removes, at most. */
const PLACES = 500;

/** The statements by which the cron trigger removes what counts no longer. */
export function removeOld(db: Database, now: number) {
  return [
    db.delete(failures).where(
      sql`(hour, key, time, id) IN (SELECT old.hour, old.key, old.time, old.id FROM failures AS old
        WHERE old.hour < ${hourOf(now) - 1} LIMIT ${FAILURES})`,
    ),
    db.delete(networks).where(
      sql`(user_seq, factors, network) IN (SELECT old.user_seq, old.factors, old.network FROM networks AS old
        WHERE old.seen_at <= ${now - KNOWN_MS} ORDER BY old.seen_at LIMIT ${PLACES})`,
    ),
  ] as const;
}
