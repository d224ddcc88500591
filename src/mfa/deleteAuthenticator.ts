import { eq, type SQL, sql } from 'drizzle-orm';
import { ownerOf, refused } from '../account';
import { recordActivity } from '../activity/record';
import { authenticators, users } from '../db/schema';
import { ApiError } from '../http/errors';
import { type Context, endpoint } from '../request/context';
import { checkEntered, mayEnter } from '../request/entrance';
import { userPath } from '../wire/id';
import { hasAuthenticator, recentChallenge, subject } from './conditions';
import { authenticatorPath } from './params';

/** DELETE /users/{userId}/mfa/authenticators/{type}: for a user that has lost its app. */
export const deleteUserAuthenticator = endpoint({
  route: 'DELETE /users/:userId/mfa/authenticators/:type',
  summary: "Delete a user's authenticator app",
  scope: 'users.write',
  params: { ...userPath, ...authenticatorPath },
  returns: [204, null],
  errors: ['user_not_found', 'user_authenticator_not_found'],
  event: 'user.update',
  async handle({ params: { userId, type }, ...context }) {
    const { caller } = context;
    const { found, deleted } = await deleteWhere(context, type, eq(users.id, userId), mayEnter(caller));
    if (found === undefined) throw new ApiError('user_not_found');
    checkEntered(caller, found);
    if (!deleted) throw new ApiError('user_authenticator_not_found');
  },
});

/**
 * DELETE /account/mfa/authenticators/{type}: needs a recent challenge, so that a session that was left open does not
 * suffice. One that was never verified protects nothing, and goes without.
 */
export const deleteAuthenticator = endpoint({
  route: 'DELETE /account/mfa/authenticators/:type',
  summary: "Delete the signed-in user's authenticator app",
  scope: 'account',
  params: authenticatorPath,
  returns: [204, null],
  errors: ['user_authenticator_not_found', 'user_challenge_required'],
  event: 'user.update',
  async handle({ params: { type }, ...context }) {
    const owner = ownerOf(context);
    const allowed = sql`(authenticators.verified = false OR ${recentChallenge(owner, context)})`;
    const { found, deleted } = await deleteWhere(context, type, owner.mayAct, allowed);
    if (found === undefined) throw await refused(context);
    if (!found.has) throw new ApiError('user_authenticator_not_found');
    if (!deleted) throw new ApiError('user_challenge_required');
  },
});

/** @param allowed what must hold besides, over the rows of `users` and `authenticators` */
async function deleteWhere(context: Context, type: 'totp', user: SQL, allowed: SQL) {
  const { db, event } = context;
  const which = sql`FROM ${users} INNER JOIN ${authenticators} ON authenticators.user_seq = users.seq
    WHERE ${user} AND authenticators.type = ${type} AND ${allowed}`;
  const [[found], , deleted] = await db.batch([
    db
      .select({ has: hasAuthenticator.mapWith(Boolean), impersonator: users.impersonator })
      .from(users)
      .where(user),
    recordActivity(context, event, { ...subject, resourceId: sql`${authenticators.id}` }, which),
    db
      .delete(authenticators)
      .where(sql`${authenticators.seq} = (SELECT authenticators.seq ${which})`)
      .returning({ id: authenticators.id }),
  ]);
  return { found, deleted: deleted.length > 0 };
}
