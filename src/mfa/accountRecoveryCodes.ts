import { ownerOf, refused } from '../account';
import { endpoint } from '../context';
import { users } from '../db/schema';
import { ApiError } from '../http/errors';
import { recentChallenge } from './conditions';
import { recoveryCodesModel } from './models';
import { codesLeft, makeCodes, maskedCodes } from './recoveryCodes';

/** GET /account/mfa/recovery-codes: a mask for each that is left, after a recent challenge. */
export const getAccountRecoveryCodes = endpoint({
  route: 'GET /account/mfa/recovery-codes',
  summary: "Tell how many of the signed-in user's recovery codes are left, as masks",
  scope: 'account',
  returns: [200, recoveryCodesModel],
  errors: ['user_recovery_codes_not_found', 'user_challenge_required'],
  async handle(context) {
    const owner = ownerOf(context);
    const [user] = await context.db
      .select({ left: codesLeft, isRecent: recentChallenge(owner, context).mapWith(Boolean) })
      .from(users)
      .where(owner.mayAct);
    if (user === undefined) throw await refused(context);
    if (user.left === 0) throw new ApiError('user_recovery_codes_not_found');
    if (!user.isRecent) throw new ApiError('user_challenge_required');
    return maskedCodes(user.left);
  },
});

/** POST /account/mfa/recovery-codes: the answer is the only one that ever holds the codes. */
export const createAccountRecoveryCodes = endpoint({
  route: 'POST /account/mfa/recovery-codes',
  summary: 'Create recovery codes for the signed-in user',
  scope: 'account',
  returns: [201, recoveryCodesModel],
  errors: ['user_recovery_codes_already_exists'],
  event: 'user.update',
  async handle(context) {
    const { userId, mayAct: user } = ownerOf(context);
    const { before, codes } = await makeCodes(context, 'create', { userId, user });
    if (before === undefined) throw await refused(context);
    if (codes === null) throw new ApiError('user_recovery_codes_already_exists');
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
