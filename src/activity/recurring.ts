import { type SQL, sql } from 'drizzle-orm';
import { insertFrom } from '../db/insertFrom';
import { activity, users } from '../db/schema';
import { type Actor, rowOf, type Subject } from './record';

/*
 * What happens over and over is one line for each stretch of time, with its number: a log that anybody can make grow
 * without end is none that anybody reads. A UNIQUE index decides whether the line is there, so that many at once count
 * right. The line keeps the time and the client of the first; usage counts every one (trigger `activity_repeated`).
 */

const MINUTE = 60_000;

/** The columns of a recurring line, beside those of any other. */
type Recurring = ReturnType<typeof rowOf> & {
  /** What the line is one for, besides its event and the stretch of time. */
  readonly of: SQL;
  readonly actorSeq?: SQL;
};

/**
 * @param minutes how long a line goes on being counted
 * @param from from `FROM` on; it needs a `WHERE`, or SQLite takes the `ON` of the conflict for a join's
 */
function recordRecurring(actor: Actor, minutes: number, { of, ...row }: Recurring, from: SQL) {
  const stretch = Math.floor(actor.now / (minutes * MINUTE));
  const once = sql`${row.event} || ':' || ${of} || ':' || ${stretch}`;
  return insertFrom(actor.db, activity, { ...row, once }, from).onConflictDoUpdate({
    target: activity.once,
    targetWhere: sql`once IS NOT NULL`,
    set: { count: sql`${activity.count} + 1` },
  });
}

/** What a failed try was one at: to sign in with one factor (or to tell it once more), or to prove another one. */
interface FailedTry {
  /** `session.fail` without it. */
  readonly event?: 'session.fail' | 'challenge.fail';
  /** The session or challenge that it was about; none where somebody signs in. */
  readonly resourceId?: string;
}

/**
 * A try to get in that was refused to whoever knew the account but not its secret: one line for an account and quarter of
 * an hour. Write it after the response (`defer`): before, its time would tell an account that is there from one that is
 * not.
 * @param user the condition on `users` that finds the one whose account was tried; no line where there is none
 */
export function recordFailedTry(
  actor: Actor,
  user: SQL,
  { event = 'session.fail', resourceId = '' }: FailedTry = {},
) {
  const subject = { userSeq: sql`${users.seq}`, userId: sql`${users.id}`, resourceId: sql`${resourceId}` };
  // Whoever shows a session but not the secret has not shown that it is the user: neither acted as it, nor spends of its
  // budget of writes.
  const nobody = actor.caller.type === 'key' ? {} : { actorType: 'guest' as const, actorId: '' };
  const row = { ...rowOf(actor, event, subject), ...nobody, of: sql`${users.seq}` };
  return recordRecurring(actor, 15, row, sql`FROM ${users} WHERE ${user}`);
}

/**
 * What a user reads of others by its capability `impersonator`: one line for who reads, whom, and hour. A list has
 * nobody in particular for its target, and is in no user's log.
 * @param actorId the user that reads
 * @param targetId the user that is read; null for lists
 */
export function recordImpersonatedRead(actor: Actor, actorId: string, targetId: string | null) {
  const subject: Subject =
    targetId === null
      ? { userSeq: sql`0`, userId: sql`''` }
      : { userSeq: sql`target.seq`, userId: sql`target.id` };
  const row = {
    ...rowOf(actor, 'impersonator.read', subject),
    actorType: 'user' as const,
    actorId,
    actorSeq: sql`actor.seq`,
    of: sql`actor.seq || ':' || ${subject.userSeq}`,
  };
  // Whoever reads itself reads nobody else.
  const target =
    targetId === null
      ? sql``
      : sql`JOIN ${users} AS target ON target.id = ${targetId} AND target.seq <> actor.seq`;
  return recordRecurring(actor, 60, row, sql`FROM ${users} AS actor ${target} WHERE actor.id = ${actorId}`);
}
