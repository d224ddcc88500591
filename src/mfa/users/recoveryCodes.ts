import { eq } from 'drizzle-orm';
import { users } from '../../db/schema';
import { ApiError } from '../../http/errors';
import { type Context, endpoint } from '../../request/context';
import { checkEntered, mayEnter } from '../../request/entrance';
import { userPath } from '../../wire/id';
import { recoveryCodesModel } from '../../wire/mfa';
import { makeCodes, maskCodes, openCodes, storedCodes } from '../factors/recoveryCodes';

/**
 * GET /users/{userId}/mfa/recovery-codes: those that are left, to a key. A user that may look at others sees but how
 * many there are: with a code it could do more than look.
 */
export const getRecoveryCodes = endpoint({
  route: 'GET /users/:userId/mfa/recovery-codes',
  summary: "List a user's recovery codes that are left",
  scope: 'users.read',
  params: userPath,
  returns: [200, recoveryCodesModel],
  errors: ['user_not_found', 'user_recovery_codes_not_found'],
  async handle({ params: { userId }, ...context }) {
    const { db, caller } = context;
    const [user] = await db.select({ stored: storedCodes }).from(users).where(eq(users.id, userId));
    if (user === undefined) throw new ApiError('user_not_found');
    if (user.stored.length === 0) throw new ApiError('user_recovery_codes_not_found');
    return caller.type === 'key' ? openCodes(context, userId, user.stored) : maskCodes(user.stored);
  },
});

/** PATCH /users/{userId}/mfa/recovery-codes: makes them where the user has none. */
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
