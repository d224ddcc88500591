import { eq, type SQL, sql } from 'drizzle-orm';
import { eraseActivity } from '../activity/erase';
import { withoutClient } from '../activity/record';
import { selectUserSeq } from '../db/expressions';
import {
  authenticators,
  challenges,
  identities,
  memberships,
  recoveryCodes,
  sessions,
  targets,
  tokens,
  users,
} from '../db/schema';
import { forgetFailures } from '../guessing';
import { ApiError } from '../http/errors';
import { type Context, endpoint } from '../request/context';
import { dropCopies, ofUser, revokeSessions } from '../sessionStore';
import { removeMemberships } from '../teams';
import { recordUser } from '../users';
import { userPath } from '../wire/id';

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
    const { db } = context;
    const actor = withoutClient(context);
    const revoked = revokeSessions(actor, ofUser(userId));
    const user = selectUserSeq(db, userId);
    const places = removeMemberships(actor, sql`${memberships.userSeq} = (${user})`);
    const [, , , , , , , ended, , , , , , , , , , , [deleted]] = await db.batch([
      ...eraseActivity(db, sql`(${user})`),
      recordUser(actor, userId),
      revoked.record,
      revoked.mark,
      eraseSessions(db, ofUser(userId)),
      places.record,
      places.remove,
      db.delete(targets).where(eq(targets.userSeq, user)),
      db.delete(identities).where(eq(identities.userSeq, user)),
      db.delete(tokens).where(eq(tokens.userSeq, user)),
      db.delete(authenticators).where(eq(authenticators.userSeq, user)),
      db.delete(recoveryCodes).where(eq(recoveryCodes.userSeq, user)),
      db.delete(challenges).where(eq(challenges.userSeq, user)),
      forgetFailures(context, sql`(${user})`),
      db.delete(users).where(eq(users.id, userId)).returning({ seq: users.seq }),
    ]);
    if (deleted === undefined) throw new ApiError('user_not_found');
    await dropCopies(context, ended);
  },
});

/** A revoked session's row stays until KV lets go of its copy: without what is personal. */
function eraseSessions(db: Context['db'], which: SQL) {
  return db
    .update(sessions)
    .set({ ip: '', userAgent: '', countryCode: '', providerUid: '', network: null })
    .where(which);
}
