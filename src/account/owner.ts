import { and, eq, type SQL, sql } from 'drizzle-orm';
import { sessions, users } from '../db/schema';
import { ApiError } from '../http/errors';
import { ACCOUNT } from '../request/caller';
import type { Context } from '../request/context';
import { copiedColumns, isLive, lacksFactor } from '../sessionStore';

/** The user that calls for itself. */
export interface Owner {
  readonly userId: string;
  readonly sessionId: string | null;
  /**
   * That the caller may still act, over the row of `users`: whatever reads D1 sees at once that a session was revoked, or
   * that its user now wants a factor which it lacks.
   */
  readonly mayAct: SQL;
}

/** The caller as a user. The router lets nobody else through to an endpoint with the scope `account`. */
export function ownerOf(context: Context): Owner {
  const { caller, beforeMfa } = context;
  if (caller.type !== 'user') throw signedOut();
  const { userId, sessionId, userSeq, impersonatorUserId } = caller;
  // Whoever looks at this account was just found to be allowed to, a blocked user's account too.
  if (impersonatorUserId !== undefined) return { userId, sessionId, mayAct: eq(users.id, userId) };
  const live =
    sessionId === null
      ? sql`users.seq = ${userSeq ?? 0}`
      : sql`EXISTS (SELECT 1 FROM ${sessions} WHERE ${sessions.id} = ${sessionId}
          AND ${sessions.userSeq} = ${users.seq} AND ${isLive(context)}
          AND (${beforeMfa} OR NOT ${lacksFactor}))`;
  // By a JWT of a key that may not read users nobody is a user who does (request/entrance.ts).
  const entered = caller.readsUsers === false ? sql`users.impersonator = false` : sql`true`;
  const mayAct = sql`${users.id} = ${userId} AND ${users.status} = true AND ${live} AND ${entered}`;
  return { userId, sessionId, mayAct };
}

/** What a caller is told that `mayAct` does not let act, though the copy of its session did. */
export async function refused(context: Context): Promise<ApiError> {
  const { caller, db } = context;
  if (caller.type !== 'user' || caller.sessionId === null) return signedOut();
  const { userId, sessionId } = caller;
  const [session] = await db
    .select({ lacksFactor: copiedColumns.lacksFactor })
    .from(sessions)
    .innerJoin(users, eq(users.seq, sessions.userSeq))
    .where(and(eq(sessions.id, sessionId), isLive(context), eq(users.id, userId), eq(users.status, true)));
  return session?.lacksFactor ? new ApiError('user_more_factors_required') : signedOut();
}

/** What a caller is told whose session ended since its copy was made: the same as a guest. */
function signedOut(): ApiError {
  return new ApiError('general_unauthorized_scope', `User (role: guests) missing scopes (["${ACCOUNT}"])`);
}
