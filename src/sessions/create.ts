import { eq, sql } from 'drizzle-orm';
import { recordActivity } from '../activity/record';
import { hashSecret, newSecret } from '../auth/secrets';
import { type Context, endpoint } from '../context';
import { insertFrom } from '../db/insertFrom';
import { sessions, users } from '../db/schema';
import { ApiError } from '../http/errors';
import { uniqueId, userPath } from '../wire/id';
import { type Session, sessionModel } from '../wire/session';
import { putCopy } from './copies';
import { sessionToken } from './token';

/**
 * POST /users/{userId}/sessions: a session made by a server for its user. The answer is the only one that ever holds
 * the secret.
 */
export const createSession = endpoint({
  route: 'POST /users/:userId/sessions',
  summary: 'Create a session for a user',
  scope: ['users.write', 'sessions.write'],
  params: userPath,
  returns: [201, sessionModel],
  errors: ['user_not_found', 'user_blocked'],
  event: 'session.create',
  handle: ({ params, ...context }) => openSession(context, params.userId),
});

/**
 * Makes a session: in D1 first, then its copy in KV. A copy that can't be written costs the next check a query, not the
 * user a login.
 * @throws ApiError user_not_found; user_blocked, decided by the same statement that inserts
 */
async function openSession(context: Context, userId: string): Promise<Session> {
  const { db, now, config, client, env } = context;
  const secret = newSecret();
  const secretHash = hashSecret(secret);
  const row = {
    id: uniqueId(),
    userSeq: sql`${users.seq}`,
    secretHash,
    provider: 'server',
    providerUid: '',
    factors: ['server'],
    ...client,
    expire: now + config.SESSION_DURATION * 1000,
    revokedAt: null,
    createdAt: now,
    updatedAt: now,
  };
  const unblocked = sql`FROM ${users} WHERE ${users.id} = ${userId} AND ${users.status} = true`;
  const subject = {
    userSeq: sql`${sessions.userSeq}`,
    userId: sql`${userId}`,
    resourceId: sql`${sessions.id}`,
  };
  const [[made], , [user]] = await db.batch([
    insertFrom(db, sessions, row, unblocked).returning(),
    recordActivity(context, context.event, subject, sql`FROM ${sessions} WHERE ${sessions.id} = ${row.id}`),
    db.select({ status: users.status }).from(users).where(eq(users.id, userId)),
  ]);
  if (user === undefined) throw new ApiError('user_not_found');
  if (made === undefined) throw new ApiError('user_blocked');
  await putCopy(env.SESSIONS, secretHash, { userId, sessionId: made.id, expire: made.expire }, now).catch(
    () => {
      console.warn(
        JSON.stringify({
          level: 'warn',
          requestId: context.requestId,
          message: 'no copy of a session in KV',
        }),
      );
    },
  );
  return { ...made, userId, secret: sessionToken(userId, secret) };
}
