import { and, eq, gt, sql } from 'drizzle-orm';
import { recordFailedSignIn } from '../activity/recurring';
import { hashSecret } from '../auth/secrets';
import { endpoint } from '../context';
import { tokens, users } from '../db/schema';
import { ApiError } from '../http/errors';
import { text } from '../http/params';
import { prepareSession } from '../sessions';
import { id } from '../wire/id';
import { sessionModel } from '../wire/session';
import { asNewcomer } from './newcomer';
import { presentSession } from './present';
import { limitSignIn } from './rateLimit';

/** The session carries what its token does. */
const BY_TOKEN = { provider: 'token', providerUid: '', factors: ['token'] };

/**
 * POST /account/sessions/token: a session for a one-time secret. The statement that makes the session and the one that
 * takes the token away are one transaction, so that a token makes one session whoever comes first.
 */
export const signInWithToken = endpoint({
  route: 'POST /account/sessions/token',
  summary: 'Sign in with a one-time token',
  scope: 'public',
  body: { userId: id, secret: text(1, 256) },
  returns: [201, sessionModel],
  errors: [
    'user_invalid_token',
    'user_blocked',
    'user_session_already_exists',
    'general_rate_limit_exceeded',
  ],
  event: 'session.create',
  async handle({ body: { userId, secret }, ...request }) {
    const context = await asNewcomer(request);
    await limitSignIn(context, userId);
    const { db, now } = context;
    const owner = sql`(SELECT ${users.seq} FROM ${users} WHERE ${users.id} = ${userId})`;
    const valid = and(
      eq(tokens.userSeq, owner),
      eq(tokens.secretHash, hashSecret(secret)),
      gt(tokens.expire, now),
    );
    const unblocked = sql`EXISTS (SELECT 1 FROM ${users} WHERE ${users.id} = ${userId} AND ${users.status} = true)`;
    const shown = sql`EXISTS (SELECT 1 FROM ${tokens} WHERE ${valid})`;
    const readsUsers = sql`(SELECT ${tokens.readsUsers} FROM ${tokens} WHERE ${valid})`;
    const { statements, finish } = prepareSession(context, userId, { ...BY_TOKEN, readsUsers }, shown);
    const [[made], , , revoked, , [token]] = await db.batch([
      ...statements,
      db.select({ id: tokens.id }).from(tokens).where(valid),
      db
        .update(users)
        .set({ accessedAt: now })
        .where(sql`${eq(users.id, userId)} AND ${users.status} = true AND ${shown}`),
      db.delete(tokens).where(and(valid, unblocked)),
    ]);
    if (made === undefined) context.defer(recordFailedSignIn(context, eq(users.id, userId)));
    if (token === undefined) throw new ApiError('user_invalid_token');
    if (made === undefined) throw new ApiError('user_blocked');
    return presentSession(context, await finish(made, revoked));
  },
});
