import { type SQL, sql } from 'drizzle-orm';
import type { BatchResponse } from 'drizzle-orm/batch';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { eraseActivity } from '../activity/erase';
import { recordActivity, withoutClient } from '../activity/record';
import {
  authenticators,
  challenges,
  identities,
  memberships,
  recoveryCodes,
  sessions,
  targets,
  tokens,
  users,
} from '../db/schema';
import { forgetFailures } from '../guessing';
import type { Context } from '../request/context';
import { revokeSessions } from '../sessionStore';
import { removeMemberships } from '../teams';

/**
 * The statements by which users go, with all that is their own: their sessions are revoked, their activity is erased, and
 * what the deletion adds to it tells who deleted, but not from where. Give the sessions that `readDeletion` tells to `dropCopies`.
 * @param whose a sub-query whose only column, `seq`, has the users' sequences
 * @param erased rows of the activity of each user that are erased at once; the cron trigger erases the others
 */
export function deleteUsers(context: Context, whose: SQL, erased?: number) {
  const { db } = context;
  const actor = withoutClient(context);
  const ofThem = (column: SQLiteColumn) => sql`${column} IN (${whose})`;
  const revoked = revokeSessions(actor, ofThem(sessions.userSeq));
  const places = removeMemberships(actor, ofThem(memberships.userSeq));
  const subject = { userSeq: sql`${users.seq}`, userId: sql`${users.id}` };
  return [
    ...eraseActivity(db, whose, erased),
    recordActivity(actor, context.event, subject, sql`FROM ${users} WHERE ${ofThem(users.seq)}`),
    revoked.record,
    revoked.mark,
    // A revoked session's row stays until KV lets go of its copy: without what is personal.
    db
      .update(sessions)
      .set({ ip: '', userAgent: '', countryCode: '', providerUid: '', network: null })
      .where(ofThem(sessions.userSeq)),
    places.record,
    places.remove,
    db.delete(targets).where(ofThem(targets.userSeq)),
    db.delete(identities).where(ofThem(identities.userSeq)),
    db.delete(tokens).where(ofThem(tokens.userSeq)),
    db.delete(authenticators).where(ofThem(authenticators.userSeq)),
    db.delete(recoveryCodes).where(ofThem(recoveryCodes.userSeq)),
    db.delete(challenges).where(ofThem(challenges.userSeq)),
    forgetFailures(context, whose),
    db.delete(users).where(ofThem(users.seq)).returning({ seq: users.seq }),
  ] as const;
}

type Results = BatchResponse<ReturnType<typeof deleteUsers>>;

/** What the statements tell: the sessions that ended, the users that are gone; and what those behind them do. */
export function readDeletion<Rest extends readonly unknown[]>(results: readonly [...Results, ...Rest]) {
  const [, , , , , , , ended, , , , , , , , , , , deleted, ...rest] = results;
  return { ended, deleted, rest };
}
