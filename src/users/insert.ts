import type { Context } from '../context';
import { named } from '../db/named';
import { users } from '../db/schema';
import type { ErrorType } from '../http/errors';
import type { User } from '../wire/user';
import { found, recordUser, throwDuplicate } from './change';
import { selectUser } from './columns';

type Made = 'seq' | 'name' | 'nameKey' | 'createdAt' | 'updatedAt';
type NewUser = Omit<typeof users.$inferInsert, Made> & { readonly name: string };

/** What a new user can be refused for. */
export const DUPLICATE_USER = [
  'user_already_exists',
  'user_email_already_exists',
  'user_phone_already_exists',
] as const satisfies ErrorType[];

/**
 * Makes a user and writes the activity row, in one transaction.
 * @throws ApiError those of `DUPLICATE_USER`
 */
export async function insertUser(context: Context, user: NewUser): Promise<User> {
  const { db, now } = context;
  const [, , [made]] = await db
    .batch([
      db.insert(users).values({ ...user, ...named(user.name), createdAt: now, updatedAt: now }),
      recordUser(context, user.id),
      selectUser(context, user.id),
    ])
    .catch(throwDuplicate);
  return found(made);
}
