import * as v from 'valibot';
import { endpoint } from '../request/context';
import { userPath } from '../wire/id';
import { userModel } from '../wire/user';
import { changeUser } from './change';

const MAX_LABELS = 1000;

/** At most 1,000 different labels of 1 to 36 letters and digits (Appwrite's bounds); a label given twice counts once. */
const labels = v.message(
  v.pipe(
    v.array(v.pipe(v.string(), v.regex(/^[a-zA-Z0-9]{1,36}$/))),
    v.maxLength(MAX_LABELS),
    v.transform((given) => [...new Set(given)]),
  ),
  `Value must be an array of at most ${MAX_LABELS} labels, each of 1 to 36 letters and digits`,
);

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
