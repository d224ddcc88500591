import { eq, sql } from 'drizzle-orm';
import { ownerOf, refused } from '../../account';
import { recordActivity } from '../../activity/record';
import { sessions, users } from '../../db/schema';
import { ApiError } from '../../http/errors';
import { boolean } from '../../http/params';
import { endpoint } from '../../request/context';
import { copiedColumns, copySession, forgetCopies, selectSingleFactor } from '../../sessionStore';
import { selectUser } from '../../users';
import { accountModel } from '../../wire/account';
import { hasVerifiedAuthenticator, recentChallenge, subject } from '../factors/conditions';
import { withFactor } from '../factors/sessionFactors';

/**
 * PATCH /account/mfa: the user's own switch. Turning it on keeps the session that does so: as in Appwrite it is given
 * the factor of the user's authenticator. Turning it off takes a recent challenge of a user that has one, so that a
 * session that was left open does not suffice.
 */
export const updateAccountMfa = endpoint({
  route: 'PATCH /account/mfa',
  summary: 'Turn multi-factor authentication of the signed-in user on or off',
  scope: 'account',
  body: { mfa: boolean() },
  returns: [200, accountModel],
  errors: ['user_challenge_required'],
  event: 'user.update',
  attribute: 'mfa',
  async handle({ body: { mfa }, ...context }) {
    const { db, now, event } = context;
    const owner = ownerOf(context);
    const hasFactor = sql`${mfa} AND ${sessions.userSeq} =
      (SELECT ${users.seq} FROM ${users} WHERE ${owner.mayAct} AND ${hasVerifiedAuthenticator})`;
    const isAsked = sql`users.mfa = true AND ${hasVerifiedAuthenticator}`;
    const allowed = sql`${owner.mayAct}
      AND (${mfa} OR NOT (${isAsked}) OR ${recentChallenge(owner, context)})`;
    const [[asks], , [session], [changed], outdated, [user]] = await db.batch([
      db.select({ seq: users.seq }).from(users).where(owner.mayAct),
      recordActivity(context, event, subject, sql`FROM ${users} WHERE ${allowed}`),
      // First: once its user wants two factors, a session with one may do nothing more.
      db
        .update(sessions)
        .set({ factors: withFactor('totp'), updatedAt: now })
        .where(sql`${eq(sessions.id, owner.sessionId ?? '')} AND ${hasFactor}`)
        .returning(copiedColumns),
      db.update(users).set({ mfa, updatedAt: now }).where(allowed).returning({ seq: users.seq }),
      selectSingleFactor(context, owner.userId),
      selectUser(context, owner.userId),
    ]);
    if (asks === undefined || user === undefined) throw await refused(context);
    if (changed === undefined) throw new ApiError('user_challenge_required');
    if (mfa) await forgetCopies(context, outdated);
    if (session !== undefined) await copySession(context, session, owner.userId);
    return user;
  },
});
