import { eq, sql } from 'drizzle-orm';
import { ownerOf, refused } from '../../account';
import { recordActivity } from '../../activity/record';
import { insertFrom } from '../../db/insertFrom';
import { authenticators, users } from '../../db/schema';
import { ApiError } from '../../http/errors';
import { endpoint } from '../../request/context';
import { uniqueId } from '../../wire/id';
import { mfaTypeModel } from '../../wire/mfa';
import { hasVerifiedAuthenticator, subject } from '../factors/conditions';
import { authenticatorPath } from '../factors/params';
import { newTotpSecret, totpUri } from '../factors/totp';
import { sealTotp } from '../factors/totpSecret';

/**
 * POST /account/mfa/authenticators/{type}: a new secret for an authenticator app, shown this once. It counts for
 * nothing until a first code of it is verified; until then another call replaces it.
 */
export const createAuthenticator = endpoint({
  route: 'POST /account/mfa/authenticators/:type',
  summary: 'Add an authenticator app to the signed-in user',
  scope: 'account',
  params: authenticatorPath,
  returns: [200, mfaTypeModel],
  errors: ['user_authenticator_already_verified'],
  event: 'user.update',
  async handle({ params: { type }, ...context }) {
    const { db, now, config, event } = context;
    const { userId, mayAct } = ownerOf(context);
    const secret = newTotpSecret();
    const row = {
      id: uniqueId(),
      userSeq: sql`${users.seq}`,
      type,
      secret: await sealTotp(config, userId, secret),
      verified: false,
      usedStep: 0,
      createdAt: now,
    };
    const { id, verified, usedStep, createdAt } = row;
    const [[user], , [made]] = await db.batch([
      db.select({ email: users.email, phone: users.phone }).from(users).where(mayAct),
      recordActivity(
        context,
        event,
        { ...subject, resourceId: sql`${id}` },
        sql`FROM ${users} WHERE ${mayAct} AND NOT ${hasVerifiedAuthenticator}`,
      ),
      insertFrom(db, authenticators, row, sql`FROM ${users} WHERE ${mayAct}`)
        .onConflictDoUpdate({
          target: [authenticators.userSeq, authenticators.type],
          set: { id, secret: row.secret, verified, usedStep, createdAt },
          setWhere: eq(authenticators.verified, false),
        })
        .returning({ id: authenticators.id }),
    ]);
    if (user === undefined) throw await refused(context);
    if (made === undefined) throw new ApiError('user_authenticator_already_verified');
    const label = user.email ?? user.phone ?? userId;
    return { secret, uri: totpUri(secret, config.TOTP_ISSUER || config.PROJECT_ID, label) };
  },
});
