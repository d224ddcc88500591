import type { SQL, WithSubquery } from 'drizzle-orm';
import type { SQLiteSelect } from 'drizzle-orm/sqlite-core';
import type { Database } from '../db/database';
import { ApiError } from '../http/errors';
import { askedOf } from './asked';
import { isCondition } from './build';
import { type Columns, type Needed, neededOf } from './columns';
import { all } from './compile';
import { type Plan, planOf } from './plan';
import type { Query } from './query';
import type { ListSource, Source } from './source';

/*
 * A list for whoever goes through all of it, in the order of sequence: an export, a change of many. Rows are told by a
 * condition on each, so that none is left out, however many have to be looked at.
 */

interface Request {
  readonly queries: readonly Query[];
  readonly search?: string | undefined;
}

/** What filters and a search leave of a list. */
export interface Filter {
  /** Over a row of the list; undefined where any row will do. */
  readonly where: SQL | undefined;
  /** What statements that hold it have to begin with. */
  readonly tables: readonly WithSubquery[];
}

/**
 * The rows that filters leave, and no other queries.
 * @throws ApiError `general_argument_invalid` for queries that the list can't answer, and for those that are about order
 *   or pages
 */
export function filterOf(db: Database, source: Source, request: Request): Filter {
  return filtering(db, source, planFor(source, request), request.search);
}

/** What a caller asks of a list that is streamed whole. */
export interface Streamed<Of extends Columns> extends Filter {
  /** The ID of the row to begin behind; undefined for the beginning. */
  readonly cursor: string | undefined;
  /** How many rows, at most. */
  readonly limit: number;
  readonly select: readonly string[] | undefined;
  /** What is to be read for the fields that are asked for. */
  readonly needed: Needed<Of>;
}

/**
 * A list that is streamed whole, but for what filters, `search`, `cursorAfter`, `limit` and `select` leave out.
 * @throws ApiError `general_argument_invalid` for what a stream in the order of sequence can't have
 */
export function streamOf<Of extends Columns, TSelect extends SQLiteSelect>(
  db: Database,
  source: ListSource<Of, TSelect>,
  request: Request,
): Streamed<Of> {
  const plan = planFor(source, request, Object.keys(source.fields ?? {}));
  if (plan.cursor?.method === 'cursorBefore') throw inOrder('cursorBefore');
  return {
    ...filtering(db, source, plan, request.search),
    cursor: plan.cursor?.id,
    limit: plan.limit,
    select: plan.select,
    needed: neededOf(source, plan.select),
  };
}

function planFor(source: Source, { queries }: Request, selectable?: readonly string[]): Plan {
  const allowed = selectable === undefined ? [] : ['limit', 'cursorAfter', 'cursorBefore', 'select'];
  for (const query of queries) {
    const isNone = 'count' in query && query.method === 'offset' && query.count === 0;
    if (!isCondition(query) && !isNone && !allowed.includes(query.method)) throw inOrder(query.method);
  }
  return planOf(queries, {
    attributes: source.attributes,
    hasCursor: source.id !== undefined,
    defaultOrder: 'asc',
    defaultLimit: Number.MAX_SAFE_INTEGER,
    maxLimit: Number.MAX_SAFE_INTEGER,
    selectable: selectable ?? [],
  });
}

function inOrder(method: string): ApiError {
  const text = `Invalid \`queries\` param: ${method} can't be used here: all rows that the filters leave are taken, in the order of their creation.`;
  return new ApiError('general_argument_invalid', text);
}

function filtering(db: Database, source: Source, plan: Plan, search: string | undefined): Filter {
  const { rest, tables } = askedOf(db, source, plan, search);
  return { where: all([...(source.where ? [source.where] : []), ...(rest ? [rest] : [])]), tables };
}
