import { type SQL, sql } from 'drizzle-orm';
import * as v from 'valibot';
import { users } from '../../db/schema';
import { ApiError } from '../../http/errors';
import { invalid } from '../../http/input';
import { filterOf, listSource, parseQueries } from '../../lists';
import type { Context } from '../../request/context';
import { usersAttributes, usersFlags, usersIndex } from '../../users';
import { queryParams } from '../../wire/dialect/listParams';
import { id } from '../../wire/id';

/** Users that one call names, or works through, at most. */
export const MOST_USERS = 1_000;

/** Users that are counted, at most: who would change or delete more does it in parts, by when they were made. */
export const MOST_COUNTED = 100_000;

/** How a request says which users it is about. */
export const whichUsers = {
  userIds: v.optional(
    v.message(
      v.pipe(v.array(id), v.maxLength(MOST_USERS)),
      `Value must be an array of at most ${MOST_USERS} IDs`,
    ),
  ),
  queries: v.optional(v.nonOptional(queryParams.queries)),
};

interface Asked {
  readonly userIds?: readonly string[] | undefined;
  readonly queries?: readonly string[] | undefined;
}

/** Users in the order of their creation. */
export interface Which {
  /** Sub-queries whose only column, `seq`, has their sequences: of the first so many. */
  first(limit: number): SQL;
  /** Whether queries say who they are: how many is to be confirmed then. */
  readonly isByQuery: boolean;
}

/**
 * @param differs what must hold of a user besides, over its row
 * @throws ApiError general_argument_invalid where nobody is named, by ID or by at least one filter
 */
export function whichOf(
  { db }: Pick<Context, 'db'>,
  { userIds, queries }: Asked,
  differs: SQL = sql`true`,
): Which {
  if (userIds !== undefined && queries !== undefined)
    throw invalid('queries', 'Value must not stand beside userIds.');
  if (userIds !== undefined) {
    const named = sql`SELECT DISTINCT users.seq AS seq FROM json_each(${JSON.stringify(userIds)}) AS given
      CROSS JOIN users ON users.id = given.value WHERE ${differs} ORDER BY users.seq`;
    return { isByQuery: false, first: (limit) => sql`${named} LIMIT ${limit}` };
  }
  const asked = parseQueries(queries ?? []);
  if (asked.length === 0) {
    const message =
      'At least one of userIds, or a filter in queries, is required: nothing is done to everybody.';
    throw new ApiError('general_argument_invalid', message);
  }
  const filtered = filterOf(db, usersList, { queries: asked });
  return { isByQuery: true, first: (limit) => filtered.first(limit, differs) };
}

const usersList = listSource({
  columns: {},
  select: (db) => db.select({ seq: users.seq }).from(users).$dynamic(),
  from: users,
  seq: users.seq,
  id: users.id,
  noun: 'User',
  attributes: usersAttributes,
  search: usersIndex,
  flags: usersFlags,
  defaultOrder: 'asc',
});

/** How many they are, up to `MOST_COUNTED` and one. */
export function countOf(which: Which): SQL<number> {
  return sql<number>`(SELECT count(*) FROM (${which.first(MOST_COUNTED + 1)}))`;
}
