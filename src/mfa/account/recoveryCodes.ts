import { sql } from 'drizzle-orm';
import { ownerOf, refused } from '../../account';
import { users } from '../../db/schema';
import { ApiError } from '../../http/errors';
import { endpoint } from '../../request/context';
import { recoveryCodesModel } from '../../wire/mfa';
import { hasNoOlderFactor, recentChallenge } from '../factors/conditions';
import { makeCodes, openCodes, storedCodes } from '../factors/recoveryCodes';

/** GET /account/mfa/recovery-codes: those that are left, after a recent challenge. */
export const getAccountRecoveryCodes = endpoint({
  route: 'GET /account/mfa/recovery-codes',
  summary: "List the signed-in user's recovery codes that are left",
  scope: 'account',
  returns: [200, recoveryCodesModel],
  errors: ['user_recovery_codes_not_found', 'user_challenge_required'],
  async handle(context) {
    const owner = ownerOf(context);
    const [user] = await context.db
      .select({ stored: storedCodes, isRecent: recentChallenge(owner, context).mapWith(Boolean) })
      .from(users)
      .where(owner.mayAct);
    if (user === undefined) throw await refused(context);
    if (user.stored.length === 0) throw new ApiError('user_recovery_codes_not_found');
    if (!user.isRecent) throw new ApiError('user_challenge_required');
    return openCodes(context, owner.userId, user.stored);
  },
});

/**
 * POST /account/mfa/recovery-codes: a new factor, and so for a user that has had another for a while only after a recent
 * challenge.
 */
export const createAccountRecoveryCodes = endpoint({
  route: 'POST /account/mfa/recovery-codes',
  summary: 'Create recovery codes for the signed-in user',
  scope: 'account',
  returns: [201, recoveryCodesModel],
  errors: ['user_recovery_codes_already_exists', 'user_challenge_required'],
  event: 'user.update',
  async handle(context) {
    const owner = ownerOf(context);
    const { userId, mayAct: user } = owner;
    const allowed = sql`(${hasNoOlderFactor(context)} OR ${recentChallenge(owner, context)})`;
    const { before, codes } = await makeCodes(context, 'create', { userId, user, allowed });
    if (before === undefined) throw await refused(context);
    if (before.hasCodes) throw new ApiError('user_recovery_codes_already_exists');
    if (codes === null) throw new ApiError('user_challenge_required');
    return { recoveryCodes: [...codes] };
  },
});

/** PATCH /account/mfa/recovery-codes: new ones in the place of the old, after a recent challenge. */
export const rotateAccountRecoveryCodes = endpoint({
  route: 'PATCH /account/mfa/recovery-codes',
  summary: "Replace the signed-in user's recovery codes",
  scope: 'account',
  returns: [200, recoveryCodesModel],
  errors: ['user_recovery_codes_not_found', 'user_challenge_required'],
  event: 'user.update',
  async handle(context) {
    const owner = ownerOf(context);
    const { userId, mayAct: user } = owner;
    const allowed = recentChallenge(owner, context);
    const { before, codes } = await makeCodes(context, 'rotate', { userId, user, allowed });
    if (before === undefined) throw await refused(context);
    if (!before.hasCodes) throw new ApiError('user_recovery_codes_not_found');
    if (codes === null) throw new ApiError('user_challenge_required');
    return { recoveryCodes: [...codes] };
  },
});
