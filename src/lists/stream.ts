import { type SQL, sql, type WithSubquery } from 'drizzle-orm';
import type { SQLiteSelect } from 'drizzle-orm/sqlite-core';
import type { Database } from '../db/database';
import { ApiError } from '../http/errors';
import { askedOf } from './asked';
import { whole } from './bounds';
import { isCondition } from './build';
import { ledBy } from './byDrivers';
import { type Columns, type Needed, neededOf } from './columns';
import { all } from './compile';
import { guarded } from './merge';
import { type Plan, planOf } from './plan';
import type { Query } from './query';
import { isNumbered, type ListSource, type Source } from './source';

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

/** Rows that an index may have for them to be collected by it, and sorted. */
const FEW = 20_000;

/** The rows that filters leave. */
export interface Filtered {
  /**
   * Sub-queries whose only column, `seq`, has their sequences, of the first so many.
   * @param besides what must hold of a row, too
   */
  first(limit: number, besides: SQL): SQL;
}

/**
 * The rows that filters leave, and no other queries: by the index of the most selective one where that has few, however many
 * rows there are, else by looking at all in order.
 * @throws ApiError `general_argument_invalid` for queries that the list can't answer, and for those that are about order
 *   or pages
 */
export function filterOf(db: Database, source: Source, request: Request): Filtered {
  const asked = askedOf(db, source, planFor(source, request), request.search);
  const { seq, from } = source;
  const tests = [...(source.where ? [source.where] : []), ...(asked.rest ? [asked.rest] : [])];
  const inOrderOf = (besides: SQL) => sql`SELECT ${seq} AS seq FROM ${from}
    WHERE ${all([isNumbered(source), ...tests, besides])} ORDER BY ${seq}`;
  const [driver] = asked.drivers;
  return {
    first(limit, besides) {
      if (!driver) return withTables(db, asked.tables, sql`${inOrderOf(besides)} LIMIT ${limit}`);
      const found = sql`SELECT 1 FROM ${driver.from} WHERE ${driver.where} LIMIT ${whole(FEW + 1)}`;
      const few = sql`(SELECT count(*) FROM (${found})) <= ${whole(FEW)}`;
      const led = sql`SELECT ${seq} AS seq FROM ${ledBy(source, driver, [asked.rest, besides])}`;
      const rows = sql`${guarded(led, few)} UNION ALL SELECT * FROM (${inOrderOf(besides)} LIMIT iif(${few}, 0, ${limit}))`;
      return withTables(db, asked.tables, sql`SELECT seq FROM (${rows}) ORDER BY seq LIMIT ${limit}`);
    },
  };
}

/** A sub-query with what it has to begin with. */
function withTables(db: Database, tables: readonly WithSubquery[], rows: SQL): SQL {
  if (tables.length === 0) return rows;
  return sql`${db
    .with(...tables)
    .select({ seq: sql`seq`.as('seq') })
    .from(sql`(${rows})`)}`;
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
