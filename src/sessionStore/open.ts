import { eq, type SQL, sql } from 'drizzle-orm';
import { placeOf } from '../activity/place';
import { type Actor, recordActivity } from '../activity/record';
import type { Config } from '../config';
import { columnValues, type Stored } from '../db/columnValues';
import { seqOfUser } from '../db/expressions';
import { insertFrom } from '../db/insertFrom';
import { sessions, users } from '../db/schema';
import { statement } from '../db/statement';
import { hashSecret } from '../secrets/secrets';
import { newTaggedSecret } from '../secrets/tags';
import { uniqueId } from '../wire/id';
import type { LiveSession } from '../wire/session';
import { copySession, dropCopies, liveSession } from './copies';
import { type CopiedRow, copiedColumns, lacksFactor } from './factors';
import { isLive } from './live';
import { revokeSessions } from './revoke';
import { sessionToken } from './sessionToken';
import type { Store } from './store';

/** How a session came to be. */
export interface Origin {
  readonly provider: string;
  readonly providerUid: string;
  /** What the user has proved. */
  readonly factors: readonly string[];
  /** Whether the session carries its user's capability `impersonator`; it does unless told otherwise. */
  readonly readsUsers?: boolean | SQL;
}

/** The provider of sessions that a server makes for its user. */
export const BY_SERVER = 'server';

/** Live sessions of a user that servers have made, at most: `SESSION_LIMIT` counts those that it opened by signing in. */
export const SERVER_LIMIT = 1_000;

/** The most that one answer holds: all that servers may have made, and as many that the user opened itself. */
export const MAX_LISTED = 2 * SERVER_LIMIT;

const isServers = ({ provider }: Origin) => provider === BY_SERVER;

/** A session that was just made, and what its client needs to hold. */
export interface OpenedSession {
  readonly session: LiveSession;
  readonly token: string;
}

/**
 * Prepares a session: the statements for one batch, and what to do when it is through. The row is only written if the
 * user may sign in at that very moment; the oldest sessions of its kind beyond the limit are revoked in the same
 * transaction.
 * @param userId the user's public ID
 * @param only what else must hold of the user, decided by the statement that inserts
 */
export function prepareSession(
  context: Store & Actor,
  userId: string,
  origin: Origin,
  only: SQL = sql`true`,
) {
  const { db, now, config, client } = context;
  const secret = newTaggedSecret(config, 'session');
  const secretHash = hashSecret(secret);
  const row = {
    ...origin,
    factors: [...origin.factors],
    ...client,
    network: placeOf(context.caller, client.ip),
    id: uniqueId(),
    userSeq: sql`${users.seq}`,
    secretHash,
    expire: now + lifetimeOf(config) * 1000,
    mfaUpdatedAt: null,
    revokedAt: null,
    usedAt: now,
    createdAt: now,
    updatedAt: now,
  };
  const subject = {
    userSeq: sql`${sessions.userSeq}`,
    userId: sql`${userId}`,
    resourceId: sql`${sessions.id}`,
    provider: origin.provider,
  };
  // Only where the new one was made: a sign-in that is refused takes nothing away.
  const isMade = sql`EXISTS (SELECT 1 FROM sessions AS made WHERE made.id = ${row.id})`;
  const surplus = revokeSessions(context, sql`${surplusOf(context, userId, origin)} AND ${isMade}`);
  return {
    statements: [
      insertSession(db, {
        row: columnValues(sessions, row),
        from: sql`FROM ${users} WHERE ${users.id} = ${userId} AND ${users.status} = true AND ${only}`,
      }),
      recordActivity(
        context,
        'session.create',
        subject,
        sql`FROM ${sessions} WHERE ${sessions.id} = ${row.id}`,
      ),
      surplus.record,
      surplus.mark,
      entrance(db, { userId }),
    ] as const,

    /** Copies the session into KV; a copy that can't be written costs the next check a query, not the user a login. */
    async finish(made: CopiedRow, revoked: readonly { secretHash: string }[]): Promise<OpenedSession> {
      // Whoever signs in is seen, by a later statement of the same batch than the one that told of the session.
      const row = isServers(origin) ? made : { ...made, accessedAt: now };
      await Promise.all([copySession(context, row, userId), dropCopies(context, revoked)]);
      return { session: liveSession(context, made, userId), token: sessionToken(userId, secret) };
    },
  };
}

type NewSession = Omit<typeof sessions.$inferInsert, 'seq'>;

const insertSession = statement<{ row: Stored<NewSession>; from: SQL }>()((db, { row, from }) =>
  insertFrom(db, sessions, row, from).returning(copiedColumns),
);

/** What decides whether somebody may be let in as a user. */
const entrance = statement<{ userId: string }>()((db, { userId }) =>
  db
    .select({ status: users.status, impersonator: users.impersonator })
    .from(users)
    .where(eq(users.id, userId)),
);

/** Lifetime of a new session, seconds. */
function lifetimeOf({ SESSION_DURATION, SESSION_MAX_LIFETIME: longest }: Config): number {
  return longest > 0 ? Math.min(SESSION_DURATION, longest) : SESSION_DURATION;
}

/**
 * The live sessions of a user that give way to a new one: the oldest of its kind beyond the limit. Those that a server
 * made neither count nor give way where the user signs in, and the other way round: a server's jobs sign nobody out, and
 * no sign-in ends them. Those that lack a factor are counted by themselves: whoever has but the password makes as many as
 * it likes, and ends none that its owner has proved two for.
 */
function surplusOf(context: Store & Actor, userId: string, origin: Origin): SQL {
  const isOfServer = isServers(origin);
  const limit = isOfServer ? SERVER_LIMIT : context.config.SESSION_LIMIT;
  if (limit === 0) return sql`false`;
  const isOfKind = isOfServer ? sql`provider = ${BY_SERVER}` : sql`provider <> ${BY_SERVER}`;
  return sql`${sessions.seq} IN (SELECT seq FROM (
    SELECT seq, row_number() OVER (PARTITION BY ${lacksFactor} ORDER BY seq DESC) AS place FROM sessions
    WHERE user_seq = ${seqOfUser(userId)} AND ${isOfKind} AND ${isLive(context)})
    WHERE place > ${limit})`;
}
