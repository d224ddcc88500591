import { columnValues, type Stored } from '../db/columnValues';
import { named } from '../db/named';
import { users } from '../db/schema';
import { statement } from '../db/statement';
import type { Context } from '../request/context';
import type { User } from '../wire/user';
import { found, recordUser } from './change';
import { selectUser } from './columns';
import { throwTakenFromNewcomer } from './taken';

type Made = 'seq' | 'name' | 'nameKey' | 'storedTargets' | 'createdAt' | 'updatedAt';
type NewUser = Omit<typeof users.$inferInsert, Made> & { readonly name: string };

type NewRow = NewUser &
  ReturnType<typeof named> &
  Readonly<Record<'storedTargets' | 'createdAt' | 'updatedAt', number>>;

const insertRow = statement<{ row: Stored<NewRow> }>()((db, { row }) => db.insert(users).values(row));

/**
 * Makes a user and writes the activity row, in one transaction.
 * @throws ApiError those of `TAKEN_BY_OTHERS`
 */
export async function insertUser(context: Context, user: NewUser): Promise<User> {
  const { db, now } = context;
  const [, , [made]] = await db
    .batch([
      insertRow(db, {
        row: columnValues(users, {
          ...user,
          ...named(user.name),
          storedTargets: 0,
          createdAt: now,
          updatedAt: now,
        }),
      }),
      recordUser(context, user.id),
      selectUser(context, user.id),
    ])
    .catch(throwTakenFromNewcomer);
  return found(made);
}
