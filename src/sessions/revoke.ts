import { type SQL, sql } from 'drizzle-orm';
import { recordActivity } from '../activity/record';
import type { Context } from '../context';
import { sessions, users } from '../db/schema';

/**
 * The statements that revoke sessions, to go into the mutation's own batch: an activity row for each, then the mark.
 * Give the hashes that the second one returns to `dropCopies` when the batch is through.
 * @param userId the owner's public ID
 * @param only narrows which of the user's sessions; all of them without it
 */
export function revokeSessions(context: Context, userId: string, only: SQL = sql`true`) {
  const { db, now } = context;
  const which = sql`${sessions.userSeq} = (SELECT ${users.seq} FROM ${users} WHERE ${users.id} = ${userId})
    AND ${sessions.revokedAt} IS NULL AND ${only}`;
  const subject = {
    userSeq: sql`${sessions.userSeq}`,
    userId: sql`${userId}`,
    resourceId: sql`${sessions.id}`,
  };
  return {
    record: recordActivity(context, 'session.delete', subject, sql`FROM ${sessions} WHERE ${which}`),
    mark: db
      .update(sessions)
      .set({ revokedAt: now, updatedAt: now })
      .where(which)
      .returning({ secretHash: sessions.secretHash }),
  };
}
