import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { SQLiteUpdateSetSource } from 'drizzle-orm/sqlite-core';
import { recordActivity } from '../activity/record';
import { columnValues, type Stored } from '../db/columnValues';
import { users } from '../db/schema';
import { statement } from '../db/statement';
import { ApiError } from '../http/errors';
import type { Context } from '../request/context';
import { checkEntered, mayEnter } from '../request/entrance';
import { dropCopies, endTokens, nextValidFrom, ofUser, revokeSessions } from '../sessionStore';
import type { User } from '../wire/user';
import { selectUser } from './columns';
import { throwTaken } from './taken';

/**
 * The activity row of a change to a user, for the change's own batch.
 * @param only what must hold of the row of `users` besides, where not every change counts: before the change, then
 */
export function recordUser(context: Context, userId: string, only?: SQL) {
  const subject = { userSeq: sql`${users.seq}`, userId: sql`${users.id}` };
  return recordActivity(context, context.event, subject, sql`FROM ${users} WHERE ${thisUser(userId, only)}`);
}

/** Columns to set: values, or expressions over the row as it is. */
export type UserChanges = SQLiteUpdateSetSource<typeof users>;

/**
 * The update of a user, for a batch that ends with `selectUser`: triggers have then moved its targets along.
 * @param only what must hold of the row besides
 */
export function setUser({ db, now }: Context, userId: string, changes: UserChanges, only?: SQL) {
  return updateUser(db, { userId, changes: columnValues(users, { ...changes, updatedAt: now }), only });
}

const updateUser = statement<{ userId: string; changes: Stored<UserChanges>; only: SQL | undefined }>()(
  (db, { userId, changes, only }) => db.update(users).set(changes).where(thisUser(userId, only)),
);

const thisUser = (userId: string | SQL, only?: SQL) => and(eq(users.id, userId), only);

/**
 * Changes a user and writes the activity row, in one transaction.
 * @param only what must hold of the row of `users`, else nothing is changed or written, and the user is answered as it is
 * @throws ApiError user_not_found; those of `throwTaken`
 */
export async function changeUser(
  context: Context,
  userId: string,
  changes: UserChanges,
  only?: SQL,
): Promise<User> {
  const [, , [user]] = await context.db
    .batch([
      recordUser(context, userId, only),
      setUser(context, userId, changes, only),
      selectUser(context, userId),
    ])
    .catch(throwTaken);
  return found(user);
}

/**
 * Changes something that lets its holder in as the user, such as its password.
 * @param only as of `changeUser`
 * @throws ApiError general_unauthorized_scope where the caller may not (request/entrance.ts), and what `change` throws
 */
export async function changeEntrance(
  context: Context,
  userId: string,
  changes: UserChanges,
  { change = changeUser, only }: { change?: typeof changeUser; only?: SQL } = {},
): Promise<User> {
  const user = await change(context, userId, changes, and(mayEnter(context.caller), only));
  checkEntered(context.caller, user);
  return user;
}

/**
 * Changes a user and revokes what it holds, in one transaction: its sessions, its JWTs without one, its one-time tokens.
 * @param only what must hold of the row of `users`, else nothing is changed, revoked or written
 * @param endsSessions false leaves the sessions alone, with the JWTs that hang on them
 * @throws ApiError user_not_found
 */
export async function changeAndRevoke(
  context: Context,
  userId: string,
  changes: UserChanges,
  only?: SQL,
  endsSessions = true,
): Promise<User> {
  const revoked = revokeSessions(context, sql`${ofUser(userId, only)} AND ${endsSessions}`);
  const [, , , , sessions, [user]] = await context.db.batch([
    setUser(context, userId, { ...changes, validFrom: nextValidFrom(context.now) }, only),
    recordUser(context, userId, only),
    endTokens(context, sql`${thisUser(userId, only)}`),
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
