import { eq, getTableColumns, sql } from 'drizzle-orm';
import * as v from 'valibot';
import { recordActivity } from '../activity/record';
import { recordFailedTry } from '../activity/recurring';
import { sessions, users } from '../db/schema';
import { guessOf, isSpent, overBudget } from '../guessing';
import { ApiError } from '../http/errors';
import { verifyPassword } from '../passwords';
import { endpoint } from '../request/context';
import { dropCopies, endTokens, nextValidFrom, ofUser, revokeSessions } from '../sessionStore';
import { nextPassword, password, samePassword, selectUser } from '../users';
import { accountModel } from '../wire/account';
import { anyPassword } from './anyPassword';
import { ownerOf, refused } from './owner';

/**
 * PATCH /account/password: the user's own change. It takes the old password where there is one, and ends the user's
 * other sessions, unless the deployment says otherwise; its one-time tokens and JWTs without a session in any case.
 */
export const updateAccountPassword = endpoint({
  route: 'PATCH /account/password',
  summary: "Change the signed-in user's password",
  scope: 'account',
  body: { password, oldPassword: v.optional(anyPassword(0), '') },
  returns: [200, accountModel],
  errors: [
    'user_invalid_credentials',
    'password_recently_used',
    'password_personal_data',
    'general_rate_limit_exceeded',
  ],
  event: 'user.update',
  attribute: 'password',
  async handle({ body, ...context }) {
    const { db, now, config, event } = context;
    const { userId, sessionId, mayAct } = ownerOf(context);
    const guess = guessOf(context, 'password', { user: eq(users.id, userId), name: userId });
    const [read] = await db
      .select({
        before: getTableColumns(users),
        limits: guess.limitFields,
        isSpent: isSpent(now).mapWith(Boolean),
      })
      .from(users)
      .where(mayAct);
    if (read === undefined) throw await refused(context);
    const { before, limits } = read;
    if (read.isSpent) throw overBudget(now);
    // Where there is none yet, there is none to guess.
    const attempt = before.password === null ? null : guess.begin(limits);
    const stored = { hash: before.password ?? '', algorithm: before.hash, options: before.hashOptions };
    if (attempt !== null && !(await verifyPassword(body.oldPassword, stored))) {
      context.defer(recordFailedTry(context, eq(users.seq, before.seq), { resourceId: sessionId ?? '' }));
      throw await attempt.failed(new ApiError('user_invalid_credentials'));
    }
    // One that may not be set has cost as many verifications as the history is long, and can be sent again and again.
    const change = await nextPassword(context, body.password, before).catch(async (error: unknown) => {
      throw attempt !== null && error instanceof ApiError ? await attempt.failed(error) : error;
    });
    // Only while the password is the one that was verified, and not after too many wrong ones that came at once; nor after
    // all that the user holds was revoked, a JWT without a session too.
    const held = eq(users.validFrom, before.validFrom);
    const unchanged = sql`${mayAct} AND ${held} AND ${samePassword(before)} AND ${attempt?.isOpen ?? sql`true`}`;
    const changedNow = sql`${mayAct} AND ${eq(users.password, change.password)}`;
    const others = sql`${ofUser(userId)} AND ${config.REVOKE_ON_PASSWORD_CHANGE} AND ${sessions.id} <> ${sessionId ?? ''}
      AND EXISTS (SELECT 1 FROM ${users} WHERE ${changedNow})`;
    const revoked = revokeSessions(context, others);
    const subject = { userSeq: sql`${users.seq}`, userId: sql`${users.id}` };
    const [, [changed], , , ended, [user], [after]] = await db.batch([
      recordActivity(context, event, subject, sql`FROM ${users} WHERE ${unchanged}`),
      db
        .update(users)
        .set({ ...change, validFrom: nextValidFrom(now), updatedAt: now })
        .where(unchanged)
        .returning({ seq: users.seq }),
      endTokens(context, changedNow),
      revoked.record,
      revoked.mark,
      selectUser(context, userId),
      guess.limits(),
    ]);
    if (changed === undefined) attempt?.check(after);
    if (changed === undefined || user === undefined) throw new ApiError('user_invalid_credentials');
    await dropCopies(context, ended);
    return user;
  },
});
