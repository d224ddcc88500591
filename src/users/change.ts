import { eq, sql } from 'drizzle-orm';
import { recordActivity } from '../activity/record';
import type { Context } from '../context';
import { violatedUnique } from '../db/errors';
import { users } from '../db/schema';
import { ApiError } from '../http/errors';
import type { User } from '../wire/user';

/** The activity row of a change to a user, for the change's own batch. */
export function recordUser(context: Context, userId: string) {
  const subject = { userSeq: sql`${users.seq}`, userId: sql`${users.id}` };
  return recordActivity(context, context.event, subject, sql`FROM ${users} WHERE ${users.id} = ${userId}`);
}

/** The update of a user, for a batch; returns the changed row, or none where there is no such user. */
export function setUser({ db, now }: Context, userId: string, changes: Partial<typeof users.$inferInsert>) {
  return db
    .update(users)
    .set({ ...changes, updatedAt: now })
    .where(eq(users.id, userId))
    .returning();
}

/**
 * Changes a user and writes the activity row, in one transaction.
 * @throws ApiError user_not_found; user_email_already_exists, user_phone_already_exists where another user has it
 */
export async function changeUser(
  context: Context,
  userId: string,
  changes: Partial<typeof users.$inferInsert>,
): Promise<User> {
  const [[user]] = await context.db
    .batch([setUser(context, userId, changes), recordUser(context, userId)])
    .catch(throwDuplicate);
  return found(user);
}

/** @throws ApiError user_not_found where a statement returned no user */
export function found(user: User | undefined): User {
  if (user === undefined) throw new ApiError('user_not_found');
  return user;
}

const DUPLICATES = {
  'users.id': 'user_already_exists',
  'users.email': 'user_email_already_exists',
  'users.phone': 'user_phone_already_exists',
} as const;

/** Turns what a UNIQUE index refused into the 409 of its column; the index decides, so nothing can slip between. */
export function throwDuplicate(error: unknown): never {
  const column = violatedUnique(error);
  for (const [name, type] of Object.entries(DUPLICATES)) {
    if (name === column) throw new ApiError(type);
  }
  throw error;
}
