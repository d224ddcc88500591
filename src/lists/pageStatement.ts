import { type SQL, sql } from 'drizzle-orm';
import type { SQLiteSelect } from 'drizzle-orm/sqlite-core';
import type { Database } from '../db/database';
import { selectingWith } from './bind';
import { all } from './compile';
import { cursorOf } from './cursor';
import { hits, hitsAmong } from './hits';
import { type AtCursor, beyond, type Direction, flip, orderBy, type SortOrder, stretches } from './order';
import type { Plan } from './plan';
import type { Scope } from './scope';
import type { Search } from './search';
import type { ListSource, Source } from './source';

/** The rows of the page; for `cursorBefore` from its end backwards, since that is where the cursor is. */
export function pageStatement<TSelect extends SQLiteSelect>(
  db: Database,
  source: ListSource<TSelect>,
  plan: Plan,
  scope: Scope,
): TSelect {
  const { seq } = source;
  const { atCursor, tables } = cursorOf(db, source, plan);
  const order = plan.cursor?.method === 'cursorBefore' ? flip(plan.order) : plan.order;
  const select = source.select(selectingWith(db, [...scope.tables, ...tables]));
  // The page's few rows are sorted once more, since `IN` keeps no order.
  const among = (seqs: SQL) => select.where(sql`${seq} IN (${seqs})`).orderBy(...orderBy(order, seq, '+'));

  const { search, conditions } = scope;
  if (search && order.sequence !== 'random') {
    return among(indexed(source, plan, search, conditions, order.sequence, atCursor));
  }
  const [part, ...others] = stretches(order, seq, atCursor).map((stretch) => all([...conditions, stretch]));
  if (others.length > 0) return among(merged(source, plan, order, [part, ...others]));
  return select
    .where(part)
    .orderBy(...orderBy(order, seq))
    .limit(plan.limit)
    .offset(plan.offset);
}

/** Sequences of the page, read off the full-text index in its own order. */
function indexed(
  source: Source,
  { limit, offset }: Plan,
  search: Search,
  conditions: readonly SQL[],
  direction: Direction,
  atCursor: AtCursor | undefined,
): SQL {
  const { rowid } = search;
  const start = atCursor
    ? sql`${rowid} ${beyond(direction)} ${atCursor(sql`${source.seq}`)}`
    : sql`${rowid} > 0`;
  const stretch = { start, direction, limit, offset };
  return conditions.length === 0 ? hits(search, stretch) : hitsAmong(search, source, conditions, stretch);
}

/** Sequences of the page out of several stretches, each of which an index delivers in the order that merges them. */
function merged(
  { from, seq }: Source,
  plan: Plan,
  { terms, sequence }: SortOrder,
  parts: readonly (SQL | undefined)[],
): SQL {
  const columns = sql.join(terms.map(({ attribute }) => sql`${attribute.column}, `));
  const selects = parts.map((where) => sql`SELECT ${columns}${seq} AS seq FROM ${from} WHERE ${where}`);
  // A compound is sorted by its columns' numbers; several may have one name.
  const directions = [...terms.map(({ direction }) => direction), sequence === 'desc' ? 'desc' : 'asc'];
  const numbered = directions.map((direction, index) => `${index + 1} ${direction}`).join(', ');
  return sql`SELECT seq FROM (${sql.join(selects, sql` UNION ALL `)} ORDER BY ${sql.raw(numbered)} ${slice(plan)})`;
}

function slice({ limit, offset }: Plan): SQL {
  return sql`LIMIT ${limit} OFFSET ${offset}`;
}
