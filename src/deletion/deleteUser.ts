import { sql } from 'drizzle-orm';
import { users } from '../db/schema';
import { ApiError } from '../http/errors';
import { endpoint } from '../request/context';
import { dropCopies } from '../sessionStore';
import { userPath } from '../wire/id';
import { deleteUsers, readDeletion } from './statements';

/**
 * DELETE /users/{userId}. Frees the ID and the e-mail at once, revokes the sessions, removes what else is the user's, and
 * erases what is personal in its activity. The rows stay for operators until retention removes them; a new user with the
 * same ID does not see them. What the deletion adds to them tells who deleted, but not from where.
 */
export const deleteUser = endpoint({
  route: 'DELETE /users/:userId',
  summary: 'Delete a user',
  scope: 'users.write',
  params: userPath,
  returns: [204, null],
  errors: ['user_not_found'],
  event: 'user.delete',
  async handle({ params: { userId }, ...context }) {
    const user = sql`SELECT gone.seq AS seq FROM ${users} AS gone WHERE gone.id = ${userId}`;
    const { ended, deleted } = readDeletion(await context.db.batch(deleteUsers(context, user)));
    if (deleted.length === 0) throw new ApiError('user_not_found');
    await dropCopies(context, ended);
  },
});
