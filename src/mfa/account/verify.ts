import { and, eq, sql } from 'drizzle-orm';
import { ownerOf, refused } from '../../account';
import { recordActivity } from '../../activity/record';
import { seqOfUserWhere } from '../../db/expressions';
import { authenticators, sessions, users } from '../../db/schema';
import { guessOf } from '../../guessing';
import { ApiError } from '../../http/errors';
import { endpoint } from '../../request/context';
import { copiedColumns, copySession, forgetCopies, selectSingleFactor } from '../../sessionStore';
import { selectUser } from '../../users';
import { accountModel } from '../../wire/account';
import { subject } from '../factors/conditions';
import { authenticatorPath, otp } from '../factors/params';
import { withFactor } from '../factors/sessionFactors';
import { checkTotp } from '../factors/totpSecret';

/**
 * PUT /account/mfa/authenticators/{type}: a first code shows that the app has the secret. From then on the
 * authenticator counts, and the session that showed the code has its factor.
 */
export const verifyAuthenticator = endpoint({
  route: 'PUT /account/mfa/authenticators/:type',
  summary: "Verify the signed-in user's authenticator app with a first code",
  scope: 'account',
  params: authenticatorPath,
  body: { otp },
  returns: [200, accountModel],
  errors: [
    'user_authenticator_not_found',
    'user_authenticator_already_verified',
    'user_invalid_token',
    'general_totp_disabled',
    'general_rate_limit_exceeded',
  ],
  event: 'user.update',
  async handle({ params: { type }, body, ...context }) {
    const { db, now, config, event } = context;
    const owner = ownerOf(context);
    const { userId, mayAct } = owner;
    const guess = guessOf(context, 'enrolment', { user: eq(users.id, userId), name: userId });
    const [[limits], [row]] = await db.batch([
      guess.limits(),
      db
        .select({ secret: authenticators.secret, verified: authenticators.verified })
        .from(users)
        .leftJoin(authenticators, and(eq(authenticators.userSeq, users.seq), eq(authenticators.type, type)))
        .where(mayAct),
    ]);
    if (row === undefined) throw await refused(context);
    if (row.secret === null) throw new ApiError('user_authenticator_not_found');
    if (row.verified) throw new ApiError('user_authenticator_already_verified');
    const attempt = guess.begin(limits);
    const right = await checkTotp(config, userId, row.secret, body.otp, now);
    if (right === null) throw await attempt.failed(new ApiError('user_invalid_token'));

    // Only while the authenticator is the one whose code was shown, and unverified, and while there is room for another
    // failure: the same for each statement.
    const pending = sql`authenticators.type = ${type} AND authenticators.secret = ${row.secret}
      AND authenticators.verified = false AND authenticators.used_step < ${right.step} AND ${attempt.isOpen}`;
    const itsUser = sql`FROM ${users} WHERE ${mayAct}
      AND EXISTS (SELECT 1 FROM authenticators WHERE authenticators.user_seq = users.seq AND ${pending})`;
    const [, [session], [verified], outdated, [user]] = await db.batch([
      recordActivity(context, event, subject, itsUser),
      db
        .update(sessions)
        .set({ factors: withFactor('totp'), updatedAt: now })
        .where(
          sql`${sessions.id} = ${owner.sessionId ?? ''} AND ${sessions.userSeq} = (SELECT users.seq ${itsUser})`,
        )
        .returning(copiedColumns),
      db
        .update(authenticators)
        .set({ verified: true, usedStep: right.step, secret: right.secret, createdAt: now })
        .where(sql`${authenticators.userSeq} = ${seqOfUserWhere(mayAct)} AND ${pending}`)
        .returning({ id: authenticators.id }),
      selectSingleFactor(context, userId),
      selectUser(context, userId),
    ]);
    if (verified === undefined || user === undefined)
      throw await attempt.failed(new ApiError('user_invalid_token'));
    await forgetCopies(context, outdated);
    if (session !== undefined) await copySession(context, session, userId);
    return user;
  },
});
