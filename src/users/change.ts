import { eq, type SQL, sql } from 'drizzle-orm';
import type { SQLiteUpdateSetSource } from 'drizzle-orm/sqlite-core';
import { recordActivity } from '../activity/record';
import { checkEntered, mayEnter } from '../auth/entrance';
import type { Context } from '../context';
import { violatedUnique } from '../db/errors';
import { users } from '../db/schema';
import { ApiError } from '../http/errors';
import { dropCopies, ofUser, revokeSessions } from '../sessions';
import type { User } from '../wire/user';
import { selectUser } from './columns';

/**
 * The activity row of a change to a user, for the change's own batch.
 * @param only what else must hold of the user
 */
export function recordUser(context: Context, userId: string, only: SQL = sql`true`) {
  const subject = { userSeq: sql`${users.seq}`, userId: sql`${users.id}` };
  const from = sql`FROM ${users} WHERE ${users.id} = ${userId} AND ${only}`;
  return recordActivity(context, context.event, subject, from);
}

/** Columns to set: values, or expressions over the row as it is. */
export type UserChanges = SQLiteUpdateSetSource<typeof users>;

/**
 * The update of a user, for a batch that ends with `selectUser`: triggers have then moved its targets along.
 * @param only what else must hold of the user
 */
export function setUser({ db, now }: Context, userId: string, changes: UserChanges, only: SQL = sql`true`) {
  return db
    .update(users)
    .set({ ...changes, updatedAt: now })
    .where(sql`${eq(users.id, userId)} AND ${only}`);
}

/**
 * Changes a user and writes the activity row, in one transaction.
 * @throws ApiError user_not_found; user_email_already_exists, user_phone_already_exists where another user has it,
 * user_target_already_exists where another user's target has it
 */
export async function changeUser(
  context: Context,
  userId: string,
  changes: UserChanges,
  only?: SQL,
): Promise<User> {
  const [, , [user]] = await context.db
    .batch([
      setUser(context, userId, changes, only),
      recordUser(context, userId, only),
      selectUser(context, userId),
    ])
    .catch(throwDuplicate);
  return found(user);
}

/**
 * Changes something that lets its holder in as the user, such as its password.
 * @throws ApiError general_unauthorized_scope where the caller may not (entrance.ts), and what `change` throws
 */
export async function changeEntrance(
  context: Context,
  userId: string,
  changes: UserChanges,
  change: typeof changeUser = changeUser,
): Promise<User> {
  const user = await change(context, userId, changes, mayEnter(context.caller));
  checkEntered(context.caller, user);
  return user;
}

/**
 * Changes a user and revokes all of its sessions, in one transaction.
 * @throws ApiError user_not_found
 */
export async function changeAndRevoke(
  context: Context,
  userId: string,
  changes: UserChanges,
  only?: SQL,
): Promise<User> {
  const revoked = revokeSessions(context, ofUser(userId, only));
  const [, , , sessions, [user]] = await context.db.batch([
    setUser(context, userId, changes, only),
    recordUser(context, userId, only),
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
