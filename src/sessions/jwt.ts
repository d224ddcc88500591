import { and, desc, eq, sql } from 'drizzle-orm';
import * as v from 'valibot';
import { recordActivity } from '../activity/record';
import { selectUserSeq } from '../db/expressions';
import { sessions, users } from '../db/schema';
import { ApiError } from '../http/errors';
import { endpoint } from '../request/context';
import { carriesCapability, checkEntered, mayEnter } from '../request/entrance';
import { signJwt } from '../request/jwt';
import { isLive } from '../sessionStore';
import { id, userPath } from '../wire/id';
import { jwtDuration, jwtModel } from '../wire/jwt';

/**
 * POST /users/{userId}/jwts: a JWT with which the user calls for itself. With `sessionId` (or `recent`, the newest, if
 * there is one) it dies with that session; without, it stands alone until it is over, or all that the user holds is
 * revoked.
 */
export const createUserJwt = endpoint({
  route: 'POST /users/:userId/jwts',
  summary: 'Create a JWT for a user',
  scope: 'users.write',
  params: userPath,
  body: { sessionId: v.optional(v.union([v.literal('recent'), id])), duration: jwtDuration },
  returns: [201, jwtModel],
  errors: ['user_not_found', 'user_session_not_found'],
  event: 'jwts.create',
  async handle({ params: { userId }, body: { sessionId, duration }, ...context }) {
    const { db, config, now, caller, event } = context;
    const isNamed = sessionId !== undefined && sessionId !== 'recent';
    const owner = selectUserSeq(db, userId);
    const one = db
      .select({ id: sessions.id })
      .from(sessions)
      .where(
        and(
          eq(sessions.userSeq, sql`(${owner})`),
          isLive(context),
          sessionId === 'recent' ? undefined : eq(sessions.id, sessionId ?? ''),
        ),
      )
      .orderBy(desc(sessions.seq))
      .limit(1);
    const subject = {
      userSeq: sql`${users.seq}`,
      userId: sql`${users.id}`,
      resourceId: sql`coalesce(${one}, '')`,
    };
    const isMade = sql`${mayEnter(caller)} AND (${!isNamed} OR EXISTS ${one})`;
    const [[user], [session]] = await db.batch([
      db
        .select({ userSeq: users.seq, validFrom: users.validFrom, impersonator: users.impersonator })
        .from(users)
        .where(eq(users.id, userId)),
      one,
      recordActivity(context, event, subject, sql`FROM ${users} WHERE ${users.id} = ${userId} AND ${isMade}`),
    ]);
    if (user === undefined) throw new ApiError('user_not_found');
    checkEntered(caller, user);
    if (isNamed && session === undefined) throw new ApiError('user_session_not_found');
    const { userSeq, validFrom } = user;
    const readsUsers = carriesCapability(caller);
    const claims = { userId, sessionId: session?.id ?? '', userSeq, validFrom, readsUsers };
    return { jwt: await signJwt(claims, config, duration, now) };
  },
});
