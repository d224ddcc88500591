import { eq, type SQL, sql } from 'drizzle-orm';
import { recordActivity } from '../activity/record';
import { hashSecret, newSecret } from '../auth/secrets';
import { sessionToken } from '../auth/sessionToken';
import type { Context } from '../context';
import { insertFrom } from '../db/insertFrom';
import { sessions, users } from '../db/schema';
import { networkOf } from '../guessing';
import { uniqueId } from '../wire/id';
import type { LiveSession } from '../wire/session';
import { copySession, dropCopies, liveSession } from './copies';
import { type CopiedRow, copiedColumns } from './factors';
import { revokeSessions } from './revoke';

/** How a session came to be. */
export interface Origin {
  readonly provider: string;
  readonly providerUid: string;
  /** What the user has proved. */
  readonly factors: readonly string[];
}

/** A session that was just made, and what its client needs to hold. */
export interface OpenedSession {
  readonly session: LiveSession;
  readonly token: string;
}

/**
 * Prepares a session: the statements for one batch, and what to do when it is through. The row is only written if the
 * user may sign in at that very moment; the oldest sessions beyond the limit are revoked in the same transaction.
 * @param userId the user's public ID
 * @param only what else must hold of the user, decided by the statement that inserts
 */
export function prepareSession(context: Context, userId: string, origin: Origin, only: SQL = sql`true`) {
  const { db, now, config, client } = context;
  const secret = newSecret();
  const secretHash = hashSecret(secret);
  const row = {
    ...origin,
    factors: [...origin.factors],
    ...client,
    network: networkOf(client.ip),
    id: uniqueId(),
    userSeq: sql`${users.seq}`,
    secretHash,
    expire: now + config.SESSION_DURATION * 1000,
    mfaUpdatedAt: null,
    revokedAt: null,
    createdAt: now,
    updatedAt: now,
  };
  const subject = {
    userSeq: sql`${sessions.userSeq}`,
    userId: sql`${userId}`,
    resourceId: sql`${sessions.id}`,
  };
  // Only where the new one was made: a sign-in that is refused takes nothing away.
  const isMade = sql`EXISTS (SELECT 1 FROM sessions AS made WHERE made.id = ${row.id})`;
  const surplus = revokeSessions(context, sql`${surplusOf(userId, config.SESSION_LIMIT, now)} AND ${isMade}`);
  return {
    statements: [
      insertFrom(
        db,
        sessions,
        row,
        sql`FROM ${users} WHERE ${users.id} = ${userId} AND ${users.status} = true AND ${only}`,
      ).returning(copiedColumns),
      recordActivity(
        context,
        'session.create',
        subject,
        sql`FROM ${sessions} WHERE ${sessions.id} = ${row.id}`,
      ),
      surplus.record,
      surplus.mark,
      db.select({ status: users.status }).from(users).where(eq(users.id, userId)),
    ] as const,

    /** Copies the session into KV; a copy that can't be written costs the next check a query, not the user a login. */
    async finish(made: CopiedRow, revoked: readonly { secretHash: string }[]): Promise<OpenedSession> {
      await Promise.all([copySession(context, made, userId), dropCopies(context, revoked)]);
      return { session: liveSession(made, userId), token: sessionToken(userId, secret) };
    },
  };
}

/** The live sessions of a user beyond the newest `limit`; 0 means no limit. */
function surplusOf(userId: string, limit: number, now: number): SQL {
  if (limit === 0) return sql`false`;
  return sql`${sessions.seq} IN (SELECT seq FROM sessions
    WHERE user_seq = (SELECT seq FROM users WHERE id = ${userId}) AND revoked_at IS NULL AND expire > ${now}
    ORDER BY seq DESC LIMIT -1 OFFSET ${limit})`;
}
