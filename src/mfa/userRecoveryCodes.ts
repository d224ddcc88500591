import { eq } from 'drizzle-orm';
import { checkEntered, mayEnter } from '../auth/entrance';
import { type Context, endpoint } from '../context';
import { users } from '../db/schema';
import { ApiError } from '../http/errors';
import { userPath } from '../wire/id';
import { recoveryCodesModel } from './models';
import { codesLeft, makeCodes, maskedCodes } from './recoveryCodes';

/** GET /users/{userId}/mfa/recovery-codes: a mask for each that is left. */
export const getRecoveryCodes = endpoint({
  route: 'GET /users/:userId/mfa/recovery-codes',
  summary: "Tell how many of a user's recovery codes are left, as masks",
  scope: 'users.read',
  params: userPath,
  returns: [200, recoveryCodesModel],
  errors: ['user_not_found', 'user_recovery_codes_not_found'],
  async handle({ params: { userId }, db }) {
    const [user] = await db.select({ left: codesLeft }).from(users).where(eq(users.id, userId));
    if (user === undefined) throw new ApiError('user_not_found');
    if (user.left === 0) throw new ApiError('user_recovery_codes_not_found');
    return maskedCodes(user.left);
  },
});

/** PATCH /users/{userId}/mfa/recovery-codes: the answer is the only one that ever holds the codes. */
export const createRecoveryCodes = endpoint({
  route: 'PATCH /users/:userId/mfa/recovery-codes',
  summary: 'Create recovery codes for a user',
  scope: 'users.write',
  params: userPath,
  returns: [200, recoveryCodesModel],
  errors: ['user_not_found', 'user_recovery_codes_already_exists'],
  event: 'user.update',
  async handle({ params: { userId }, ...context }) {
    const { before, codes } = await makeFor(context, 'create', userId);
    if (before === undefined) throw new ApiError('user_not_found');
    if (codes === null) throw new ApiError('user_recovery_codes_already_exists');
    return { recoveryCodes: [...codes] };
  },
});

/** PUT /users/{userId}/mfa/recovery-codes: new ones in the place of the old, which no longer count. */
export const rotateRecoveryCodes = endpoint({
  route: 'PUT /users/:userId/mfa/recovery-codes',
  summary: "Replace a user's recovery codes",
  scope: 'users.write',
  params: userPath,
  returns: [200, recoveryCodesModel],
  errors: ['user_not_found', 'user_recovery_codes_not_found'],
  event: 'user.update',
  async handle({ params: { userId }, ...context }) {
    const { before, codes } = await makeFor(context, 'rotate', userId);
    if (before === undefined) throw new ApiError('user_not_found');
    if (codes === null) throw new ApiError('user_recovery_codes_not_found');
    return { recoveryCodes: [...codes] };
  },
});

async function makeFor(context: Context, mode: 'create' | 'rotate', userId: string) {
  const { caller } = context;
  const made = await makeCodes(context, mode, {
    userId,
    user: eq(users.id, userId),
    allowed: mayEnter(caller),
  });
  checkEntered(caller, made.before);
  return made;
}
