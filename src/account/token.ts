import { and, eq, gt, isNull, or, sql } from 'drizzle-orm';
import { recordFailedTry } from '../activity/recurring';
import { seqOfUser } from '../db/expressions';
import { tokens, users } from '../db/schema';
import { guessOf, rememberPlace, shield } from '../guessing';
import { ApiError } from '../http/errors';
import { text } from '../http/params';
import { endpoint } from '../request/context';
import { hashSecret } from '../secrets/secrets';
import { prepareSession } from '../sessionStore';
import { id } from '../wire/id';
import { sessionModel } from '../wire/session';
import { asNewcomer } from './newcomer';
import { presentSession } from './present';

/** The session carries what its token does. */
const BY_TOKEN = { provider: 'token', providerUid: '', factors: ['token'] };

/**
 * POST /account/sessions/token: a session for a one-time secret. The statement that makes the session and the one that
 * takes the token away are one transaction, so that a token makes one session whoever comes first. A wrong secret is a
 * failed try in the same transaction, and one at each short token that the user has.
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
    await shield(context);
    const { db, now } = context;
    const guess = guessOf(context, 'token', { user: eq(users.id, userId), name: userId });
    const owner = seqOfUser(userId);
    const live = and(
      eq(tokens.userSeq, owner),
      gt(tokens.expire, now),
      or(isNull(tokens.triesLeft), gt(tokens.triesLeft, 0)),
    );
    const valid = and(live, eq(tokens.secretHash, hashSecret(secret)));
    const unblocked = sql`EXISTS (SELECT 1 FROM ${users} WHERE ${users.id} = ${userId} AND ${users.status} = true)`;
    const isShown = sql`EXISTS (SELECT 1 FROM ${tokens} WHERE ${valid})`;
    const isRight = sql`${isShown} AND ${guess.isOpen}`;
    const readsUsers = sql`(SELECT ${tokens.readsUsers} FROM ${tokens} WHERE ${valid})`;
    const { statements, finish } = prepareSession(context, userId, { ...BY_TOKEN, readsUsers }, isRight);
    const [[limits], [made], , , revoked, , [token]] = await db.batch([
      guess.limits(),
      ...statements,
      db.select({ id: tokens.id }).from(tokens).where(valid),
      db
        .update(users)
        .set({ accessedAt: now })
        .where(sql`${eq(users.id, userId)} AND ${users.status} = true AND ${isRight}`),
      ...rememberPlace(context, 1, owner, sql`${unblocked} AND ${isRight}`),
      db
        .update(tokens)
        .set({ triesLeft: sql`tries_left - 1` })
        .where(sql`${live} AND tries_left IS NOT NULL AND NOT ${isShown} AND ${guess.isOpen}`),
      // It may be the last failure for which there is room, so behind what a failure brings about; and before the token
      // goes that a right secret showed.
      guess.record(sql`NOT ${isShown}`),
      db.delete(tokens).where(sql`${valid} AND ${unblocked} AND ${guess.isOpen}`),
    ]);
    // A flood that is refused unseen writes nothing.
    guess.check(limits);
    if (made === undefined) context.defer(recordFailedTry(context, eq(users.id, userId)));
    if (token === undefined) throw new ApiError('user_invalid_token');
    if (made === undefined) throw new ApiError('user_blocked');
    return presentSession(context, await finish(made, revoked));
  },
});
