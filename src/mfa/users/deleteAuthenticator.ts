import { eq } from 'drizzle-orm';
import { users } from '../../db/schema';
import { ApiError } from '../../http/errors';
import { endpoint } from '../../request/context';
import { checkEntered, mayEnter } from '../../request/entrance';
import { userPath } from '../../wire/id';
import { deleteWhere } from '../factors/deleteWhere';
import { authenticatorPath } from '../factors/params';

/** DELETE /users/{userId}/mfa/authenticators/{type}: for a user that has lost its app. */
export const deleteUserAuthenticator = endpoint({
  route: 'DELETE /users/:userId/mfa/authenticators/:type',
  summary: "Delete a user's authenticator app",
  scope: 'users.write',
  params: { ...userPath, ...authenticatorPath },
  returns: [204, null],
  errors: ['user_not_found', 'user_authenticator_not_found'],
  event: 'user.update',
  async handle({ params: { userId, type }, ...context }) {
    const { caller } = context;
    const { found, deleted } = await deleteWhere(context, type, eq(users.id, userId), mayEnter(caller));
    if (found === undefined) throw new ApiError('user_not_found');
    checkEntered(caller, found);
    if (!deleted) throw new ApiError('user_authenticator_not_found');
  },
});
