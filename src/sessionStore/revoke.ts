import { asc, type SQL, sql } from 'drizzle-orm';
import { type Actor, recordActivity } from '../activity/record';
import type { Database } from '../db/database';
import { sessions, tokens, users } from '../db/schema';
import { statement } from '../db/statement';
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
 * Give the hashes that the second one returns to `dropCopies` when the batch is through. Both or neither: the mark's two
 * times are the same, by which triggers know that a line of the log takes the session out of the total.
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
    mark: markRevoked(db, { now, unmarked }),
  };
}

const markRevoked = statement<{ now: number; unmarked: SQL }>()((db, { now, unmarked }) =>
  db
    .update(sessions)
    .set({ revokedAt: now, updatedAt: now })
    .where(unmarked)
    .returning({ secretHash: sessions.secretHash }),
);

/**
 * What `validFrom` of a user becomes when all that it holds is revoked: it never stands still, so that two revocations
 * in one millisecond, or a clock that goes back, are seen too.
 */
export function nextValidFrom(now: number): SQL<number> {
  return sql<number>`max(${now}, ${users.validFrom} + 1)`;
}

/** Deletes the one-time tokens of a user, for the batch that revokes all that it holds. */
export function endTokens({ db }: Pick<Actor, 'db'>, whose: SQL) {
  return db.delete(tokens).where(sql`${tokens.userSeq} = (SELECT ${users.seq} FROM ${users} WHERE ${whose})`);
}

/**
 * The statements that end what a user holds beside its sessions: its JWTs without one, and its one-time tokens. They go
 * into the batch that revokes all of its sessions, before what that changes.
 * @param whose the user, over a row of `users`
 */
export function endLooseCredentials(actor: Actor, whose: SQL) {
  const { db, now } = actor;
  return [
    db
      .update(users)
      .set({ validFrom: nextValidFrom(now) })
      .where(whose),
    endTokens(actor, whose),
  ] as const;
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
    // As the index has it: those that the log's newest lines tell of may be on their way still.
    .where(sql`${sessions.revokedAt} IS NOT NULL AND ${sessions.revokedAt} <> ${sessions.updatedAt}`)
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
