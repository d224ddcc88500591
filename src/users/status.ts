import { boolean } from '../http/params';
import { endpoint } from '../request/context';
import { userPath } from '../wire/id';
import { userModel } from '../wire/user';
import { changeAndRevoke, changeEntrance } from './change';

/** PATCH /users/{userId}/status. `false` blocks: the user keeps everything but what it signs in with. */
export const updateStatus = endpoint({
  route: 'PATCH /users/:userId/status',
  summary: 'Block or unblock a user',
  scope: 'users.write',
  params: userPath,
  body: { status: boolean() },
  returns: [200, userModel],
  errors: ['user_not_found'],
  event: 'user.update',
  attribute: 'status',
  handle: ({ params: { userId }, body: { status }, ...context }) =>
    status ? changeEntrance(context, userId, { status }) : changeAndRevoke(context, userId, { status }),
});
