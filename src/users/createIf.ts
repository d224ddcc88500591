import { type SQL, sql } from 'drizzle-orm';
import { recordActivity } from '../activity/record';
import { insertFrom } from '../db/insertFrom';
import { named } from '../db/named';
import { users } from '../db/schema';
import type { Context } from '../request/context';

/** What is known of a user that something else brings about. */
export interface NewUser {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
}

/**
 * The statements that create a user without a password within another feature's batch, with its activity row; neither
 * writes anything unless `from` finds a row. A taken e-mail or phone fails the batch: see `throwTakenFromNewcomer`.
 * @param user its ID must be a new one, such as `uniqueId()` makes
 * @param from from `FROM` on
 */
export function createUserIf(context: Context, user: NewUser, from: SQL) {
  const { db, now } = context;
  const row = { ...user, ...named(user.name), storedTargets: 0, createdAt: now, updatedAt: now };
  const subject = { userSeq: sql`${users.seq}`, userId: sql`${users.id}` };
  return [
    insertFrom(db, users, row, from),
    recordActivity(context, 'user.create', subject, sql`FROM ${users} WHERE ${users.id} = ${user.id}`),
  ] as const;
}
