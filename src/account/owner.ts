import { type SQL, sql } from 'drizzle-orm';
import { ACCOUNT } from '../auth/caller';
import type { Context } from '../context';
import { sessions, users } from '../db/schema';
import { ApiError } from '../http/errors';

/** The user that calls for itself. */
export interface Owner {
  readonly userId: string;
  readonly sessionId: string | null;
  /** That the caller may still act, over the row of `users`: whatever reads D1 sees a revocation at once. */
  readonly mayAct: SQL;
}

/** The caller as a user. The router lets nobody else through to an endpoint with the scope `account`. */
export function ownerOf({ caller, now }: Context): Owner {
  if (caller.type !== 'user') throw signedOut();
  const { userId, sessionId } = caller;
  const live =
    sessionId === null
      ? sql`true`
      : sql`EXISTS (SELECT 1 FROM ${sessions} WHERE ${sessions.id} = ${sessionId}
          AND ${sessions.userSeq} = ${users.seq} AND ${sessions.revokedAt} IS NULL AND ${sessions.expire} > ${now})`;
  return { userId, sessionId, mayAct: sql`${users.id} = ${userId} AND ${users.status} = true AND ${live}` };
}

/** What a caller is told whose session ended since its copy was made: the same as a guest. */
export function signedOut(): ApiError {
  return new ApiError('general_unauthorized_scope', `User (role: guests) missing scopes (["${ACCOUNT}"])`);
}
