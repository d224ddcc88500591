import { endpoint } from '../request/context';
import { userPath } from '../wire/id';
import { userModel } from '../wire/user';
import { found } from './change';
import { selectUser } from './columns';

/** GET /users/{userId}. */
export const getUser = endpoint({
  route: 'GET /users/:userId',
  summary: 'Get a user',
  scope: 'users.read',
  params: userPath,
  returns: [200, userModel],
  errors: ['user_not_found'],
  async handle({ params, ...context }) {
    const [user] = await selectUser(context, params.userId);
    return found(user);
  },
});
