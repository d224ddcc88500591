import { eq, getTableColumns, type SQL, sql } from 'drizzle-orm';
import { users } from '../db/schema';
import { statement } from '../db/statement';
import { oldestTargets } from '../db/toldTargets';
import { unread } from '../db/unread';
import type { Context } from '../request/context';
import type { UserTarget } from '../wire/user';

/** A target as `json_object` tells it: a truth is a number there. */
type Told = Omit<UserTarget, 'expired'> & { readonly expired: 0 | 1 };

/** Not checked by a schema: the statement itself makes the text, and every user of a page has one. */
function readTargets(text: string): readonly UserTarget[] {
  if (text === '[]') return [];
  const told: readonly Told[] = JSON.parse(text);
  return told.map((target) => ({ ...target, expired: target.expired === 1 }));
}

/** How many targets are told with a user, at most: the oldest. The list of targets has them all, in pages. */
const MOST_TARGETS = 100;

const targets = sql`${oldestTargets(MOST_TARGETS)}`.mapWith(readTargets).as('targets');

export const noTargets = sql`'[]'`.mapWith((): readonly UserTarget[] => []).as('targets');

const { passwordHistory, storedTargets: _, ...told } = getTableColumns(users);

/** What is told of a user beyond what everybody is told. */
export type Telling = { readonly hashes: boolean; readonly targets: boolean };

/**
 * Hashes are read for those alone who may see them. Targets may be rows of their own to read: none are for clients from before
 * 1.5, which know no targets.
 */
function tellingOf({ format, seesHashes }: Pick<Context, 'format' | 'seesHashes'>): Telling {
  return { hashes: seesHashes, targets: !format.before('1.5.0') };
}

/** What the user model needs of a row. */
export function columnsFor(telling: Telling) {
  return {
    ...told,
    password: telling.hashes ? told.password : unread(told.password),
    hashOptions: telling.hashes ? told.hashOptions : unread(told.hashOptions),
    targets: telling.targets ? targets : noTargets,
  };
}

export function userColumns(context: Pick<Context, 'format' | 'seesHashes'>) {
  return columnsFor(tellingOf(context));
}

const userWhere = statement<{ where: SQL }, [Telling]>()((db, { where }, telling) =>
  db.select(columnsFor(telling)).from(users).where(where),
);

type Asking = Pick<Context, 'db' | 'format' | 'seesHashes'>;

/** One user with its targets, to read or to end the batch of a change with; none where there is no such user. */
export function selectUser(context: Asking, userId: string) {
  return selectUserWhere(context, eq(users.id, userId));
}

/** The same, by a condition on `users` that one user fulfils. */
export function selectUserWhere(context: Asking, where: SQL) {
  return userWhere(context.db, { where }, tellingOf(context));
}
