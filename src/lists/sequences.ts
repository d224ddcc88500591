import { type SQL, sql, type WithSubquery } from 'drizzle-orm';
import type { SQLiteSelect } from 'drizzle-orm/sqlite-core';
import type { Database } from '../db/database';
import { ApiError } from '../http/errors';
import { type Columns, type Needed, neededOf } from './columns';
import { pageOf } from './pageStatement';
import { type Plan, planOf } from './plan';
import type { Query } from './query';
import { scopesOf } from './scope';
import type { ListSource, Source } from './source';

/*
 * A list for whoever goes through all of it, a stretch at a time, in the order of sequence: an export, a change of many.
 */

/** What filters and a search leave of a list. */
export interface Sequences {
  /** What statements that use the rest have to begin with. */
  readonly tables: readonly WithSubquery[];
  /**
   * A sub-query whose only column, `seq`, has the sequences of the rows that follow one, in ascending order.
   * @param after the sequence that they follow, an expression
   */
  following(after: SQL, limit: number): SQL;
}

interface Request {
  readonly queries: readonly Query[];
  readonly search?: string | undefined;
}

/**
 * @param where what else must hold of a row
 * @throws ApiError `general_argument_invalid` for queries that the list can't answer, and for those that are about order
 *   or pages
 */
export function sequencesOf(db: Database, source: Source, request: Request, where?: SQL): Sequences {
  return following(db, source, planFor(source, request), request.search, where);
}

/** What a caller asks of a list that is streamed whole. */
export interface Streamed<Of extends Columns> extends Sequences {
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
    ...following(db, source, plan, request.search),
    cursor: plan.cursor?.id,
    limit: plan.limit,
    select: plan.select,
    needed: neededOf(source, plan.select),
  };
}

function planFor(source: Source, { queries }: Request, selectable?: readonly string[]): Plan {
  const allowed = selectable === undefined ? [] : ['limit', 'cursorAfter', 'cursorBefore', 'select'];
  for (const query of queries) {
    const isFilter = 'values' in query || 'conditions' in query;
    const isNone = 'count' in query && query.method === 'offset' && query.count === 0;
    if (!isFilter && !isNone && !allowed.includes(query.method)) throw inOrder(query.method);
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

function following(
  db: Database,
  source: Source,
  plan: Plan,
  search: string | undefined,
  where?: SQL,
): Sequences {
  const { bySequence } = scopesOf(db, source, plan, search);
  const conditions = [...bySequence.conditions, ...(where ? [where] : [])];
  const order = { terms: [], sequence: 'asc' } as const;
  return {
    tables: bySequence.tables,
    following(after, limit) {
      const { sequences, where } = pageOf(
        source,
        { ...plan, limit, offset: 0 },
        { ...bySequence, conditions },
        order,
        () => after,
      );
      return (
        sequences ??
        sql`SELECT ${source.seq} AS seq FROM ${source.from} WHERE ${where} ORDER BY ${source.seq} LIMIT ${limit}`
      );
    },
  };
}
