import { eq } from 'drizzle-orm';
import { users } from '../db/schema';
import { statement } from '../db/statement';
import { ApiError } from '../http/errors';
import { endpoint } from '../request/context';
import { userPath } from '../wire/id';
import { prefsModel } from '../wire/prefs';
import { changeUser } from './change';
import { prefs } from './params';

const prefsById = statement<{ id: string }>()((db, { id }) =>
  db.select({ prefs: users.prefs }).from(users).where(eq(users.id, id)),
);

/** GET /users/{userId}/prefs. */
export const getPrefs = endpoint({
  route: 'GET /users/:userId/prefs',
  summary: "Get a user's preferences",
  scope: 'users.read',
  params: userPath,
  returns: [200, prefsModel],
  errors: ['user_not_found'],
  async handle({ params, db }) {
    const [user] = await prefsById(db, { id: params.userId });
    if (user === undefined) throw new ApiError('user_not_found');
    return user.prefs;
  },
});

/** PATCH /users/{userId}/prefs. Replaces the whole object; `{}` clears it. */
export const updatePrefs = endpoint({
  route: 'PATCH /users/:userId/prefs',
  summary: "Replace a user's preferences",
  scope: 'users.write',
  params: userPath,
  body: { prefs },
  returns: [200, prefsModel],
  errors: ['user_not_found'],
  event: 'user.update',
  attribute: 'prefs',
  async handle({ params, body, ...context }) {
    const user = await changeUser(context, params.userId, { prefs: body.prefs });
    return user.prefs;
  },
});
