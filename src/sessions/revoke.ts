import { asc, isNotNull, type SQL, sql } from 'drizzle-orm';
import { type Actor, recordActivity } from '../activity/record';
import type { Database } from '../db/database';
import { sessions, users } from '../db/schema';
import { deleteCopies, removeRevoked } from './copies';

/**
 * The sessions of a user, by its public ID.
 * @param only what else must hold of the user
 */
export function ofUser(userId: string, only: SQL = sql`true`): SQL {
  return sql`${sessions.userSeq} = (SELECT ${users.seq} FROM ${users} WHERE ${users.id} = ${userId} AND ${only})`;
}

/**
 * The statements that revoke sessions, to go into the mutation's own batch: an activity row for each, then the mark.
 * Give the hashes that the second one returns to `dropCopies` when the batch is through.
 * @param which of all sessions; an index must serve it
 */
export function revokeSessions(actor: Actor, which: SQL) {
  const { db, now } = actor;
  const unmarked = sql`${which} AND ${sessions.revokedAt} IS NULL`;
  const subject = {
    userSeq: sql`${sessions.userSeq}`,
    userId: sql`(SELECT ${users.id} FROM ${users} WHERE ${users.seq} = ${sessions.userSeq})`,
    resourceId: sql`${sessions.id}`,
  };
  return {
    record: recordActivity(actor, 'session.delete', subject, sql`FROM ${sessions} WHERE ${unmarked}`),
    mark: db
      .update(sessions)
      .set({ revokedAt: now, updatedAt: now })
      .where(unmarked)
      .returning({ secretHash: sessions.secretHash }),
  };
}

/** Revocations that one run of the cron trigger finishes, at most. */
export const CLEARED = 200;

/**
 * When to stop asking KV to delete the copy of a revoked session, milliseconds: it has not counted since a minute after
 * the revocation, and a key that can't be deleted must not stand in the way of those that can.
 */
export const GIVE_UP = 24 * 60 * 60 * 1000;

/**
 * Finishes revocations that a request could not: deletes the copies of sessions that are still marked in D1, oldest
 * first, and removes the rows of those that KV says are gone. The rest stay marked for the next run.
 */
export async function clearRevoked(kv: KVNamespace, db: Database, now: number): Promise<void> {
  const marked = await db
    .select({ secretHash: sessions.secretHash, revokedAt: sessions.revokedAt })
    .from(sessions)
    .where(isNotNull(sessions.revokedAt))
    .orderBy(asc(sessions.revokedAt))
    .limit(CLEARED);
  const deleted = await deleteCopies(
    kv,
    marked.map(({ secretHash }) => secretHash),
  );
  const old = marked.filter(({ revokedAt }) => revokedAt !== null && revokedAt <= now - GIVE_UP);
  const gone = [...deleted, ...old.map(({ secretHash }) => secretHash)];
  if (gone.length > 0) await removeRevoked(db, gone);
}
