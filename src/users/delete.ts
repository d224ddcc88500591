import { eq, sql } from 'drizzle-orm';
import { endpoint } from '../context';
import {
  authenticators,
  challenges,
  identities,
  memberships,
  recoveryCodes,
  targets,
  tokens,
  users,
} from '../db/schema';
import { ApiError } from '../http/errors';
import { dropCopies, ofUser, revokeSessions } from '../sessions';
import { removeMemberships } from '../teams';
import { userPath } from '../wire/id';
import { recordUser } from './change';

/**
 * DELETE /users/{userId}. Frees the ID and the e-mail at once, revokes the sessions, removes what else is the user's. The
 * activity rows stay for operators until retention removes them; a new user with the same ID does not see them.
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
    const { db } = context;
    const revoked = revokeSessions(context, ofUser(userId));
    const user = db.select({ seq: users.seq }).from(users).where(eq(users.id, userId));
    const places = removeMemberships(context, sql`${memberships.userSeq} = (${user})`);
    const [, , sessions, , , , , , , , , [deleted]] = await db.batch([
      recordUser(context, userId),
      revoked.record,
      revoked.mark,
      places.record,
      places.remove,
      db.delete(targets).where(eq(targets.userSeq, user)),
      db.delete(identities).where(eq(identities.userSeq, user)),
      db.delete(tokens).where(eq(tokens.userSeq, user)),
      db.delete(authenticators).where(eq(authenticators.userSeq, user)),
      db.delete(recoveryCodes).where(eq(recoveryCodes.userSeq, user)),
      db.delete(challenges).where(eq(challenges.userSeq, user)),
      db.delete(users).where(eq(users.id, userId)).returning({ seq: users.seq }),
    ]);
    if (deleted === undefined) throw new ApiError('user_not_found');
    await dropCopies(context, sessions);
  },
});
