import { type SQL, sql, type WithSubquery } from 'drizzle-orm';
import type { Database } from '../db/database';
import { bindAll } from './bind';
import { all, compile } from './compile';
import type { Plan } from './plan';
import { nameOf, naming } from './problem';
import type { Source } from './source';
import { searchTerm } from './text';
import { matchExpression } from './trigram';

/** The rows that a list, its filters and its search leave, in whatever order. */
export interface Scope {
  readonly conditions: readonly SQL[];
  /** What statements that hold the conditions have to begin with. */
  readonly tables: readonly WithSubquery[];
  /** The full-text index that finds the rows, and what it is asked. */
  readonly index?: { readonly table: SQL; readonly match: SQL };
}

/** @throws ApiError `general_argument_invalid` for a filter that the list's attributes don't allow */
export function scopeOf(
  db: Database,
  { attributes, where, search }: Source,
  plan: Plan,
  searched: string | undefined,
): Scope {
  const { where: filters, tables } = bindAll(db, (bind) =>
    all(
      plan.conditions.map(([index, condition]) =>
        naming(index, nameOf(condition), () => compile(condition, attributes, bind)),
      ),
    ),
  );
  const conditions = [where, filters].filter((condition) => condition !== undefined);
  const term = searchTerm(searched ?? '');
  if (term === undefined || !search) return { tables, conditions };
  if (typeof search === 'function') return { tables, conditions: [...conditions, search(term)] };
  const table = sql`${sql.identifier(search.table)}`;
  return {
    tables,
    conditions,
    index: { table, match: sql`${table} MATCH ${matchExpression(search, term)}` },
  };
}

/**
 * Where the rows are to be read, and by what conditions: by the full-text index first where there is one, and by
 * nothing else where that says all there is to know.
 */
export function matched(
  { from, seq }: Source,
  { index, conditions }: Scope,
): { from: SQL; conditions: SQL[] } {
  if (!index) return { from: sql`${from}`, conditions: [...conditions] };
  if (conditions.length === 0) return { from: index.table, conditions: [index.match] };
  return {
    // SQLite reorders the tables of any join but this one.
    from: sql`${index.table} CROSS JOIN ${from}`,
    conditions: [index.match, sql`${seq} = ${index.table}.rowid`, ...conditions],
  };
}
