import { endpoint } from '../context';
import { boolean } from '../http/params';
import { userPath } from '../wire/id';
import { userModel } from '../wire/user';
import { changeUser } from './change';

/** PATCH /users/{userId}/impersonator: whether the user may act as other users (see impersonate.ts). */
export const updateImpersonator = endpoint({
  route: 'PATCH /users/:userId/impersonator',
  summary: 'Set whether a user may act as other users',
  scope: 'users.write',
  params: userPath,
  body: { impersonator: boolean() },
  returns: [200, userModel],
  errors: ['user_not_found'],
  event: 'user.update',
  handle: ({ params, body, ...context }) =>
    changeUser(context, params.userId, { impersonator: body.impersonator }),
});
