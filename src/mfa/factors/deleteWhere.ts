import { type SQL, sql } from 'drizzle-orm';
import { recordActivity } from '../../activity/record';
import { authenticators, users } from '../../db/schema';
import type { Context } from '../../request/context';
import { hasAuthenticator, subject } from './conditions';

/**
 * Deletes a user's authenticator, if there is one.
 * @param allowed what must hold besides, over the rows of `users` and `authenticators` */
export async function deleteWhere(context: Context, type: 'totp', user: SQL, allowed: SQL) {
  const { db, event } = context;
  const which = sql`FROM ${users} INNER JOIN ${authenticators} ON authenticators.user_seq = users.seq
    WHERE ${user} AND authenticators.type = ${type} AND ${allowed}`;
  const [[found], , deleted] = await db.batch([
    db
      .select({ has: hasAuthenticator.mapWith(Boolean), impersonator: users.impersonator })
      .from(users)
      .where(user),
    recordActivity(context, event, { ...subject, resourceId: sql`${authenticators.id}` }, which),
    db
      .delete(authenticators)
      .where(sql`${authenticators.seq} = (SELECT authenticators.seq ${which})`)
      .returning({ id: authenticators.id }),
  ]);
  return { found, deleted: deleted.length > 0 };
}
