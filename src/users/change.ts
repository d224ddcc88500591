import { eq, sql } from 'drizzle-orm';
import type { SQLiteUpdateSetSource } from 'drizzle-orm/sqlite-core';
import { recordActivity } from '../activity/record';
import type { Context } from '../context';
import { violatedUnique } from '../db/errors';
import { users } from '../db/schema';
import { ApiError } from '../http/errors';
import { dropCopies, endTokens, nextValidFrom, ofUser, revokeSessions } from '../sessions';
import type { User } from '../wire/user';
import { selectUser } from './columns';

/** The activity row of a change to a user, for the change's own batch. */
export function recordUser(context: Context, userId: string) {
  const subject = { userSeq: sql`${users.seq}`, userId: sql`${users.id}` };
  return recordActivity(context, context.event, subject, sql`FROM ${users} WHERE ${users.id} = ${userId}`);
}

/** Columns to set: values, or expressions over the row as it is. */
export type UserChanges = SQLiteUpdateSetSource<typeof users>;

/** The update of a user, for a batch that ends with `selectUser`: triggers have then moved its targets along. */
export function setUser({ db, now }: Context, userId: string, changes: UserChanges) {
  return db
    .update(users)
    .set({ ...changes, updatedAt: now })
    .where(eq(users.id, userId));
}

/**
 * Changes a user and writes the activity row, in one transaction.
 * @throws ApiError user_not_found; user_email_already_exists, user_phone_already_exists where another user has it,
 * user_target_already_exists where another user's target has it
 */
export async function changeUser(context: Context, userId: string, changes: UserChanges): Promise<User> {
  const [, , [user]] = await context.db
    .batch([setUser(context, userId, changes), recordUser(context, userId), selectUser(context, userId)])
    .catch(throwDuplicate);
  return found(user);
}

/**
 * Changes a user and revokes what it holds, in one transaction: its sessions, its JWTs without one, its one-time tokens.
 * @param endsSessions false leaves the sessions alone, with the JWTs that hang on them
 * @throws ApiError user_not_found
 */
export async function changeAndRevoke(
  context: Context,
  userId: string,
  changes: UserChanges,
  endsSessions = true,
): Promise<User> {
  const revoked = revokeSessions(context, sql`${ofUser(userId)} AND ${endsSessions}`);
  const [, , , , sessions, [user]] = await context.db.batch([
    setUser(context, userId, { ...changes, validFrom: nextValidFrom(context.now) }),
    recordUser(context, userId),
    endTokens(context, eq(users.id, userId)),
    revoked.record,
    revoked.mark,
    selectUser(context, userId),
  ]);
  await dropCopies(context, sessions);
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
  'targets.id': 'user_target_already_exists',
  'targets.identifier': 'user_target_already_exists',
} as const;

/** Turns what a UNIQUE index refused into the 409 of its column; the index decides, so nothing can slip between. */
export function throwDuplicate(error: unknown): never {
  const column = violatedUnique(error);
  for (const [name, type] of Object.entries(DUPLICATES)) {
    if (name === column) throw new ApiError(type);
  }
  throw error;
}
