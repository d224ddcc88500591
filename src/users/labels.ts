import { endpoint } from '../request/context';
import { userPath } from '../wire/id';
import { userModel } from '../wire/user';
import { changeUser } from './change';
import { labels } from './params';

/** PUT /users/{userId}/labels. Replaces all labels; `[]` takes them away. */
export const updateLabels = endpoint({
  route: 'PUT /users/:userId/labels',
  summary: "Replace a user's labels",
  scope: 'users.write',
  params: userPath,
  body: { labels },
  returns: [200, userModel],
  errors: ['user_not_found'],
  event: 'user.update',
  attribute: 'labels',
  handle: ({ params, body, ...context }) => changeUser(context, params.userId, { labels: body.labels }),
});
