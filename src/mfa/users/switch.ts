import { boolean } from '../../http/params';
import { endpoint } from '../../request/context';
import { checkEntered, mayEnter } from '../../request/entrance';
import { forgetCopies, selectSingleFactor } from '../../sessionStore';
import { found, recordUser, selectUser, setUser } from '../../users';
import { userPath } from '../../wire/id';
import { userModel } from '../../wire/user';

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
  attribute: 'mfa',
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
