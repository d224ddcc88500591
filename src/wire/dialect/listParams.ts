import * as v from 'valibot';
import { boolean, integer, oneOf, oneOfAnyCase, text } from '../../http/params';
import {
  cursorAfter,
  cursorBefore,
  limit,
  MAX_QUERIES,
  MAX_QUERY_LENGTH,
  offset,
  orderAsc,
  orderDesc,
  parseQueries,
  type Query,
} from '../../lists';
import { id } from '../id';

const query = v.pipe(v.string(), v.metadata({ maxLength: MAX_QUERY_LENGTH }));

/** The texts alone; `parseQueries` checks each one, its length included, and names the one that is wrong. */
const queries = v.message(
  v.union([
    v.pipe(v.array(query), v.metadata({ maxItems: MAX_QUERIES })),
    v.pipe(
      query,
      v.transform((one) => [one]),
    ),
  ]),
  `Value must be an array of at most ${MAX_QUERIES} queries of at most ${MAX_QUERY_LENGTH} characters each`,
);

/** How a modern list is asked for. */
export const queryParams = {
  queries: v.optional(queries, []),
  total: v.optional(boolean(), true),
};

/** How a 0.15 list is asked for, as far as it only has pages. */
export const pageParams = {
  limit: v.optional(integer(0, 100)),
  offset: v.optional(integer(0, 5000)),
};

/** How a list with search and cursors is asked for, in either dialect; where both speak, `queries` win. */
export const listParams = {
  ...queryParams,
  search: v.optional(text(0, 256)),
  ...pageParams,
  cursor: v.optional(id),
  cursorDirection: v.optional(oneOfAnyCase(['after', 'before']), 'after'),
  orderType: v.optional(oneOf(['ASC', 'DESC'])),
};

/** The most rows of a page, and how many it has unless asked otherwise. */
export const MAX_LIMIT = 5000;
const DEFAULT_LIMIT = 25;

type Given = Partial<v.InferOutput<v.ObjectSchema<typeof listParams, undefined>>>;

/**
 * What was asked, as the list machinery takes it: 0.15's parameters become the queries that say the same.
 * @throws ApiError general_argument_invalid
 */
export function listRequest(given: Given, defaultLimit = DEFAULT_LIMIT) {
  return {
    queries: [...parseQueries(given.queries ?? []), ...classicQueries(given)],
    search: given.search,
    total: given.total ?? true,
    defaultLimit,
    maxLimit: MAX_LIMIT,
  };
}

function classicQueries(given: Given): Query[] {
  const cursor = given.cursorDirection === 'before' ? cursorBefore : cursorAfter;
  const order = { ASC: orderAsc, DESC: orderDesc };
  return [
    ...(given.limit === undefined ? [] : [limit(given.limit)]),
    ...(given.offset === undefined ? [] : [offset(given.offset)]),
    ...(given.cursor === undefined ? [] : [cursor(given.cursor)]),
    ...(given.orderType === undefined ? [] : [order[given.orderType]()]),
  ];
}
