import { type SQL, sql } from 'drizzle-orm';
import type { SQLiteSelect } from 'drizzle-orm/sqlite-core';
import type { Database } from '../db/database';
import { bindAll, type Selecting } from './bind';
import { all, compile } from './compile';
import type { Plan } from './plan';
import { nameOf, naming } from './problem';
import type { ListSource } from './source';
import { searchTerm } from './text';
import { matchExpression } from './trigram';

/** The rows that a list, its filters and its search leave, in whatever order. */
export interface Scope {
  /** Runs the statements that hold the conditions. */
  readonly selecting: Selecting;
  readonly conditions: readonly SQL[];
  /** The full-text index that finds the rows, and what it is asked. */
  readonly index?: { readonly table: SQL; readonly match: SQL };
}

/** @throws ApiError `general_query_invalid` for a filter that the list's attributes don't allow */
export function scopeOf<TSelect extends SQLiteSelect>(
  db: Database,
  { attributes, where, search }: ListSource<TSelect>,
  plan: Plan,
  searched: string | undefined,
): Scope {
  const { where: filters, selecting } = bindAll(db, (bind) =>
    all(
      plan.conditions.map(([index, condition]) =>
        naming(index, nameOf(condition), () => compile(condition, attributes, bind)),
      ),
    ),
  );
  const conditions = [where, filters].filter((condition) => condition !== undefined);
  const term = searchTerm(searched ?? '');
  if (term === undefined || !search) return { selecting, conditions };
  if (typeof search === 'function') return { selecting, conditions: [...conditions, search(term)] };
  const table = sql`${sql.identifier(search.table)}`;
  return {
    selecting,
    conditions,
    index: { table, match: sql`${table} MATCH ${matchExpression(search, term)}` },
  };
}
