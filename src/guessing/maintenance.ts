import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../db/database';
import { failures, networks } from '../db/schema';
import type { Context } from '../request/context';
import { ALL_PURPOSES, hourOf } from './guess';
import { KNOWN_MS } from './known';

/** Failures that one run removes, at most: as many come of 80 failed tries a second. */
const FAILURES = 10_000;

/** Places that one run removes, at most. */
const PLACES = 500;

/** Failures at a deleted user's account that go with it, at most; what there may be more is gone within two hours. */
const FORGOTTEN = 1_000;

/**
 * The statement that forgets the failed tries at accounts, for the batch of their users' deletion, before their rows are
 * gone.
 * @param whose a sub-query whose only column, `seq`, has the users' sequences
 */
export function forgetFailures({ db, now }: Pick<Context, 'db' | 'now'>, whose: SQL) {
  const hours = sql`(${hourOf(now) - 1}, ${hourOf(now)})`;
  // Wherever they came from, and at each place where the user is at home: `password:7`, `password:7:…`.
  const account = sql`purpose.value || ':' || gone.seq`;
  const found = (key: SQL) => sql`SELECT old.hour, old.key, old.time, old.id
    FROM (${whose}) AS gone CROSS JOIN json_each(${JSON.stringify(ALL_PURPOSES)}) AS purpose CROSS JOIN failures AS old
    WHERE old.hour IN ${hours} AND ${key}`;
  return db.delete(failures).where(
    sql`(hour, key, time, id) IN (SELECT hour, key, time, id FROM (${found(sql`old.key = ${account}`)}
      UNION ALL ${found(sql`old.key > ${account} || ':' AND old.key < ${account} || ';'`)}) LIMIT ${FORGOTTEN})`,
  );
}

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
