import { type SQL, sql } from 'drizzle-orm';
import type { SQLiteSelect } from 'drizzle-orm/sqlite-core';
import type { Database } from '../db/database';
import { selectingWith } from './bind';
import type { Columns, Needed } from './columns';
import { all } from './compile';
import { cursorOf } from './cursor';
import { hits, hitsAmong } from './hits';
import { type AtCursor, beyond, type Direction, flip, orderBy, type SortOrder, stretches } from './order';
import type { Plan } from './plan';
import type { Scope } from './scope';
import type { Search } from './search';
import type { ListSource, Source } from './source';
import { MOST_UNWEIGHED, weigh } from './weigh';

/** The rows of the page; for `cursorBefore` from its end backwards, since that is where the cursor is. */
export function pageStatement<Of extends Columns, TSelect extends SQLiteSelect>(
  db: Database,
  source: ListSource<Of, TSelect>,
  needed: Needed<Of>,
  plan: Plan,
  scope: Scope,
): TSelect {
  const { seq, from } = source;
  const { atCursor, tables } = cursorOf(db, source, plan);
  const order = plan.cursor?.method === 'cursorBefore' ? flip(plan.order) : plan.order;
  const { sequences, where } = pageOf(source, plan, scope, order, atCursor);
  const before = [...scope.tables, ...tables];
  // The page's rows are sorted once more, since `IN` keeps no order.
  const sorted = orderBy(order, seq, '+');

  if (plan.limit > MOST_UNWEIGHED) {
    const found =
      sequences ??
      sql`SELECT ${seq} AS seq FROM ${from} WHERE ${where} ORDER BY ${sql.join(orderBy(order, seq), sql`, `)} ${slice(plan)}`;
    const weighed = weigh(db, source, needed, found);
    const select = source.select(selectingWith(db, [...before, ...weighed.tables]), weighed.columns);
    return select.where(sql`${seq} IN (${weighed.sequences})`).orderBy(...sorted);
  }
  const select = source.select(selectingWith(db, before), needed.columns);
  if (sequences) return select.where(sql`${seq} IN (${sequences})`).orderBy(...sorted);
  return select
    .where(where)
    .orderBy(...orderBy(order, seq))
    .limit(plan.limit)
    .offset(plan.offset);
}

/** The sequences of the page as a sub-query; or, where that is all, the condition of the rows that it is cut from. */
export function pageOf(
  source: Source,
  plan: Plan,
  scope: Scope,
  order: SortOrder,
  atCursor: AtCursor | undefined,
): { sequences?: SQL; where?: SQL | undefined } {
  const { search, conditions } = scope;
  if (search && order.sequence !== 'random') {
    return { sequences: indexed(source, plan, search, conditions, order.sequence, atCursor) };
  }
  const [where, ...others] = stretches(order, source.seq, atCursor).map((stretch) =>
    all([...conditions, stretch]),
  );
  return others.length > 0 ? { sequences: merged(source, plan, order, [where, ...others]) } : { where };
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
