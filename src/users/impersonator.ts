import { eq, sql } from 'drizzle-orm';
import { recordActivity } from '../activity/record';
import { seqOfUser } from '../db/expressions';
import { sessions, tokens, users } from '../db/schema';
import { boolean } from '../http/params';
import { endpoint } from '../request/context';
import { checkGrants } from '../request/entrance';
import { dropCopies, ofUser, revokeSessions } from '../sessionStore';
import { userPath } from '../wire/id';
import { userModel } from '../wire/user';
import { found, setUser } from './change';
import { selectUser } from './columns';

/**
 * PATCH /users/{userId}/impersonator: whether the user may act as other users (see request/impersonate.ts). To let it takes
 * `users.read` besides, since the user then reads the directory; to stop it does not. Sessions and tokens that a key
 * without that scope holds end with it. The log tells it by an event of its own; where nothing changes it is a
 * `user.update` like any other.
 */
export const updateImpersonator = endpoint({
  route: 'PATCH /users/:userId/impersonator',
  summary: 'Set whether a user may act as other users',
  scope: 'users.write',
  params: userPath,
  body: { impersonator: boolean() },
  returns: [200, userModel],
  errors: ['user_not_found'],
  event: 'user.update',
  attribute: 'impersonator',
  async handle({ params: { userId }, body: { impersonator }, ...context }) {
    if (impersonator) checkGrants(context.caller);
    const told = impersonator ? 'impersonator.create' : 'impersonator.delete';
    const event = {
      sql: sql`iif(${users.impersonator} IS NOT ${impersonator}, ${told}, ${context.event})`,
      events: [told, context.event],
    };
    const subject = { userSeq: sql`${users.seq}`, userId: sql`${users.id}` };
    const held = revokeSessions(
      context,
      sql`${impersonator} AND ${ofUser(userId)} AND ${sessions.readsUsers} = false`,
    );
    const owner = seqOfUser(userId);
    const [, , revoked, , , [user]] = await context.db.batch([
      // First: it is the row as it was that tells whether anything changes.
      recordActivity(context, event, subject, sql`FROM ${users} WHERE ${users.id} = ${userId}`),
      held.record,
      held.mark,
      context.db
        .delete(tokens)
        .where(sql`${impersonator} AND ${eq(tokens.userSeq, owner)} AND ${tokens.readsUsers} = false`),
      setUser(context, userId, { impersonator }),
      selectUser(context, userId),
    ]);
    await dropCopies(context, revoked);
    return found(user);
  },
});
