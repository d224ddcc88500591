import { eq, sql } from 'drizzle-orm';
import { ownerOf, refused } from '../account';
import { recordActivity } from '../activity/record';
import { checkEntered, mayEnter } from '../auth/entrance';
import { endpoint } from '../context';
import { sessions, users } from '../db/schema';
import { boolean } from '../http/params';
import { copiedColumns, copySession, forgetCopies, selectSingleFactor } from '../sessions';
import { found, recordUser, selectUser, setUser } from '../users';
import { accountModel } from '../wire/account';
import { userPath } from '../wire/id';
import { userModel } from '../wire/user';
import { hasVerifiedAuthenticator, subject } from './conditions';
import { withFactor } from './sessionFactors';

/**
 * PATCH /users/{userId}/mfa: whether the user must prove two factors. Sessions that have proved one stay, and count
 * for nothing but proving another, as soon as the user has an authenticator.
 */
export const updateMfa = endpoint({
  route: 'PATCH /users/:userId/mfa',
  summary: 'Turn multi-factor authentication of a user on or off',
  scope: 'users.write',
  params: userPath,
  body: { mfa: boolean() },
  returns: [200, userModel],
  errors: ['user_not_found'],
  event: 'user.update',
  async handle({ params: { userId }, body: { mfa }, ...context }) {
    // Without its second factor a user is easier to get in as.
    const only = mfa ? undefined : mayEnter(context.caller);
    const [, , outdated, [user]] = await context.db.batch([
      setUser(context, userId, { mfa }, only),
      recordUser(context, userId, only),
      selectSingleFactor(context, userId),
      selectUser(context, userId),
    ]);
    if (mfa) await forgetCopies(context, outdated);
    else checkEntered(context.caller, user);
    return found(user);
  },
});

/**
 * PATCH /account/mfa: the user's own switch. Turning it on keeps the session that does so: as in Appwrite it is given
 * the factor of the user's authenticator.
 */
export const updateAccountMfa = endpoint({
  route: 'PATCH /account/mfa',
  summary: 'Turn multi-factor authentication of the signed-in user on or off',
  scope: 'account',
  body: { mfa: boolean() },
  returns: [200, accountModel],
  event: 'user.update',
  async handle({ body: { mfa }, ...context }) {
    const { db, now, event } = context;
    const owner = ownerOf(context);
    const hasFactor = sql`${mfa} AND ${sessions.userSeq} =
      (SELECT ${users.seq} FROM ${users} WHERE ${owner.mayAct} AND ${hasVerifiedAuthenticator})`;
    const [, [session], [changed], outdated, [user]] = await db.batch([
      recordActivity(context, event, subject, sql`FROM ${users} WHERE ${owner.mayAct}`),
      // First: once its user wants two factors, a session with one may do nothing more.
      db
        .update(sessions)
        .set({ factors: withFactor('totp'), updatedAt: now })
        .where(sql`${eq(sessions.id, owner.sessionId ?? '')} AND ${hasFactor}`)
        .returning(copiedColumns),
      db.update(users).set({ mfa, updatedAt: now }).where(owner.mayAct).returning({ seq: users.seq }),
      selectSingleFactor(context, owner.userId),
      selectUser(context, owner.userId),
    ]);
    if (changed === undefined || user === undefined) throw await refused(context);
    if (mfa) await forgetCopies(context, outdated);
    if (session !== undefined) await copySession(context, session, owner.userId);
    return user;
  },
});
