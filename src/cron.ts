import { type SQL, sql } from 'drizzle-orm';
import { finishErasures } from './activity/erase';
import { type Config, configOf } from './config';
import { type Database, openDatabase } from './db/database';
import { oldest } from './db/expressions';
import { activity, challenges, confirmations, sessions, tokens, totals } from './db/schema';
import { foldStaleKeys } from './db/staleKeys';
import { tendEvents } from './events/tend';
import { removeOld } from './guessing';
import { mergeSearch } from './lists';
import { clearRevoked } from './sessionStore';
import { addedUp, addUpUsage } from './usage';

/** Rows that one run removes, or folds, of each kind, at most: a run must be short, and the next one comes in a minute. */
const BATCH = 500;

/** The log grows by every change there is, so more of it has to go: 5,000 a minute are 83 a second. */
const ACTIVITY_BATCH = 5_000;
/** Sessions that one run looks at, whether anybody used them lately. */
const IDLE_BATCH = 2_500;

const DAY = 24 * 60 * 60 * 1000;

/**
 * What the cron trigger does every minute: adds up usage, finishes revocations that KV refused to take and the erasure of
 * deleted users' activity, removes what has expired, merges a little of the search indexes, folds the names that a
 * migration could not, and sends what webhooks wait for.
 * Each kind of work is bounded and safe to repeat; what fails is tried again in a minute.
 */
export async function maintain(env: Env, now: number): Promise<void> {
  const { db } = openDatabase(env.DB, null);
  const config = configOf(env);
  // One kind of work does not wait for the other to succeed; the run counts as failed if either does.
  const done = await Promise.allSettled([
    // The new lines of the log tell which revocations are still to be finished.
    addUpUsage(db).then(() => clearRevoked(env.SESSIONS, db, now)),
    removeExpired(db, config, now),
    mergeSearch(db, now),
    finishErasures(db),
    foldStaleKeys(db, BATCH),
    tendEvents(env, db, now),
  ]);
  for (const work of done) if (work.status === 'rejected') throw work.reason;
}

async function removeExpired(db: Database, config: Config, now: number): Promise<void> {
  const retention = config.ACTIVITY_RETENTION_DAYS * DAY;
  await db.batch([
    db
      .delete(sessions)
      .where(
        sql`${sessions.seq} IN (SELECT seq FROM sessions WHERE expire <= ${now} ORDER BY expire LIMIT ${BATCH})`,
      ),
    db
      .delete(tokens)
      .where(
        sql`${tokens.seq} IN (SELECT seq FROM tokens WHERE expire <= ${now} ORDER BY expire LIMIT ${BATCH})`,
      ),
    db
      .delete(challenges)
      .where(
        sql`${challenges.seq} IN (SELECT seq FROM challenges WHERE expire <= ${now} ORDER BY expire LIMIT ${BATCH})`,
      ),
    db
      .delete(confirmations)
      .where(
        sql`${confirmations.id} IN (SELECT id FROM confirmations WHERE expire <= ${now} ORDER BY expire LIMIT ${BATCH})`,
      ),
    ...removeOld(db, now),
    // The newest line always stays: a line's number follows the highest one that is there, and must never be another line's
    // again, since readers of the feed go on from it.
    db
      .delete(activity)
      .where(
        sql`${activity.seq} IN (${oldest(activity.time, now - retention, ACTIVITY_BATCH)} AND seq <= ${addedUp} AND seq < (SELECT max(seq) FROM activity))`,
      ),
    ...removeOverstayed(db, config, now),
  ]);
}

/** Removes sessions that are over before their own time: by the longest lifetime, or since nobody used them. */
function removeOverstayed(db: Database, config: Config, now: number) {
  const { SESSION_MAX_LIFETIME: longest, SESSION_IDLE_LIMIT: idle } = config;
  const remove = (found: SQL) => db.delete(sessions).where(sql`${sessions.seq} IN (${found})`);
  return [
    ...(longest > 0 ? [remove(oldest(sessions.createdAt, now - longest * 1000, BATCH))] : []),
    ...(idle > 0 ? removeIdle(db, now - idle * 1000) : []),
  ];
}

/**
 * Removes sessions that nobody has used since a time. No index is kept for it, which each session and each note of its use
 * would write: a part of the sessions is looked at in each run, one part after the other, from the start again at the end.
 */
function removeIdle(db: Database, since: number) {
  const mark = sql`coalesce((SELECT value FROM totals WHERE name = 'idle'), 0)`;
  const part = sql`(SELECT seq, used_at, created_at FROM sessions WHERE seq > ${mark} ORDER BY seq LIMIT ${IDLE_BATCH})`;
  const isIdle = sql`max(used_at, created_at) <= ${since}`;
  const next = sql`(SELECT iif(count(*) < ${IDLE_BATCH}, 0, max(seq)) FROM ${part})`;
  return [
    // Before the sessions go, so that those of the same part are counted.
    db
      .insert(totals)
      .select(sql`SELECT 'idle', ${mark}, ${next}`)
      .onConflictDoUpdate({ target: totals.name, set: { top: sql`excluded.top` } }),
    db.delete(sessions).where(sql`${sessions.seq} IN (SELECT seq FROM ${part} WHERE ${isIdle})`),
    db
      .update(totals)
      .set({ value: sql`${totals.top}` })
      .where(sql`${totals.name} = 'idle'`),
  ];
}
