import type { Context } from '../context';
import { users } from '../db/schema';
import type { User } from '../wire/user';
import { found, recordUser } from './change';
import { selectUser } from './columns';
import { throwTakenFromNewcomer } from './taken';

type NewUser = Omit<typeof users.$inferInsert, 'seq' | 'createdAt' | 'updatedAt'>;

/**
 * Makes a user and writes the activity row, in one transaction.
 * @throws ApiError those of `TAKEN_BY_OTHERS`
 */
export async function insertUser(context: Context, user: NewUser): Promise<User> {
  const { db, now } = context;
  const [, , [made]] = await db
    .batch([
      db.insert(users).values({ ...user, createdAt: now, updatedAt: now }),
      recordUser(context, user.id),
      selectUser(context, user.id),
    ])
    .catch(throwTakenFromNewcomer);
  return found(made);
}
