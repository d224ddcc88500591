import { eq } from 'drizzle-orm';
import { endpoint } from '../context';
import { users } from '../db/schema';
import { userPath } from '../wire/id';
import { userModel } from '../wire/user';
import { found } from './change';

/** GET /users/{userId}. */
export const getUser = endpoint({
  route: 'GET /users/:userId',
  summary: 'Get a user',
  scope: 'users.read',
  params: userPath,
  returns: [200, userModel],
  errors: ['user_not_found'],
  async handle({ params, db }) {
    const [user] = await db.select().from(users).where(eq(users.id, params.userId));
    return found(user);
  },
});
