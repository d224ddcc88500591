import { eq, sql } from 'drizzle-orm';
import { recordActivity } from '../activity/record';
import { identities, users } from '../db/schema';
import { ApiError } from '../http/errors';
import { endpoint } from '../request/context';
import { id } from '../wire/id';

/** DELETE /users/identities/{identityId}. The user stays, and its address is then free for others. */
export const deleteIdentity = endpoint({
  route: 'DELETE /users/identities/:identityId',
  summary: "Delete a user's account at another provider",
  scope: 'users.write',
  params: { identityId: id },
  returns: [204, null],
  errors: ['user_identity_not_found'],
  event: 'identity.delete',
  async handle({ params: { identityId }, ...context }) {
    const { db, event } = context;
    const subject = {
      userSeq: sql`${users.seq}`,
      userId: sql`${users.id}`,
      resourceId: sql`${identities.id}`,
    };
    const from = sql`FROM ${identities} JOIN ${users} ON ${users.seq} = ${identities.userSeq}
      WHERE ${identities.id} = ${identityId}`;
    const [, [deleted]] = await db.batch([
      recordActivity(context, event, subject, from),
      db.delete(identities).where(eq(identities.id, identityId)).returning({ seq: identities.seq }),
    ]);
    if (deleted === undefined) throw new ApiError('user_identity_not_found');
  },
});
