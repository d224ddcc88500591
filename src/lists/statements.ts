import { type SQL, sql } from 'drizzle-orm';
import type { SQLiteSelect } from 'drizzle-orm/sqlite-core';
import { all } from './compile';
import { type AtCursor, beyond, type Direction, flip, orderBy, type SortOrder, stretches } from './order';
import type { Plan } from './plan';
import type { Scope } from './scope';
import type { ListSource } from './source';

type Source = Omit<ListSource<SQLiteSelect>, 'select'>;

/** The rows of the page; for `cursorBefore` from its end backwards, since that is where the cursor is. */
export function pageStatement<TSelect extends SQLiteSelect>(
  source: ListSource<TSelect>,
  plan: Plan,
  scope: Scope,
): TSelect {
  const { seq } = source;
  const order = plan.cursor?.method === 'cursorBefore' ? flip(plan.order) : plan.order;
  const select = source.select(scope.selecting);
  // The page's few rows are sorted once more, since `IN` keeps no order.
  const among = (seqs: SQL) => select.where(sql`${seq} IN (${seqs})`).orderBy(...orderBy(order, seq, '+'));

  if (order.terms.length === 0 && order.sequence !== 'random' && scope.index) {
    return among(indexed(source, plan, { ...scope, index: scope.index }, order.sequence));
  }
  const conditions = conditionsOf(source, scope);
  const [part, ...others] = stretches(order, seq, atCursorOf(source, plan)).map((stretch) =>
    all([...conditions, stretch]),
  );
  if (others.length > 0) return among(merged(source, plan, order, [part, ...others]));
  return select
    .where(part)
    .orderBy(...orderBy(order, seq))
    .limit(plan.limit)
    .offset(plan.offset);
}

/**
 * Sequences of the page, read off the full-text index in its own order and no further than the page goes: a term that
 * half of the rows hold then costs no more than a rare one.
 */
function indexed(
  source: Source,
  plan: Plan,
  scope: Scope & Required<Pick<Scope, 'index'>>,
  direction: Direction,
): SQL {
  const { table, match } = scope.index;
  const rowid = sql`${table}.rowid`;
  const atCursor = atCursorOf(source, plan);
  const start = atCursor
    ? sql`${rowid} ${beyond(direction)} ${atCursor(sql`${source.seq}`)}`
    : sql`${rowid} > 0`;
  const from = matchedRows(source, scope);
  return sql`SELECT ${rowid} FROM ${from} WHERE ${all([match, start, ...scope.conditions])} ORDER BY ${rowid} ${sql.raw(direction)} ${slice(plan)}`;
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

export interface Facts {
  readonly total: number;
  readonly cursorFound: boolean;
}

/** As upstream counts (`APP_LIMIT_COUNT`). */
const mostCounted = 5000;

/** One row: the total, and whether the cursor's row exists. */
export function factsStatement(source: Source, plan: Plan, scope: Scope, counted: boolean) {
  const total = counted ? totalOf(source, scope) : sql`0`;
  const found = atCursorOf(source, plan)?.(sql`1`) ?? sql`1`;
  return scope.selecting
    .select({
      total: sql`(${total})`.mapWith(Number).as('total'),
      cursorFound: sql`(${found} IS NOT NULL)`.mapWith(Boolean).as('cursor_found'),
    })
    .from(sql`(SELECT 1)`);
}

function totalOf(source: Source, scope: Scope): SQL {
  const { where, uncountedTotal } = source;
  const whole = !scope.index && scope.conditions.every((condition) => condition === where);
  if (whole && uncountedTotal) return uncountedTotal;
  const start = scope.index ? scope.index.match : sql`${source.seq} > 0`;
  const rows = sql`SELECT 1 FROM ${matchedRows(source, scope)} WHERE ${all([start, ...scope.conditions])}`;
  return sql`SELECT count(*) FROM (${rows} LIMIT ${sql.raw(String(mostCounted))})`;
}

/** The list's rows; by the index where there is one, and from that alone where it says all there is to know. */
function matchedRows({ from, seq }: Source, { index, conditions }: Scope): SQL {
  if (!index) return sql`${from}`;
  if (conditions.length === 0) return index.table;
  // CROSS JOIN: read the index first. `seq` in the condition below is what the rows are then looked up by.
  return sql`${index.table} CROSS JOIN ${from} ON ${seq} = ${index.table}.rowid`;
}

function conditionsOf({ seq }: Source, { index, conditions }: Scope): SQL[] {
  const matches = index && sql`${seq} IN (SELECT rowid FROM ${index.table} WHERE ${index.match})`;
  return matches ? [...conditions, matches] : [...conditions];
}

function atCursorOf({ from, id, where }: Source, { cursor }: Plan): AtCursor | undefined {
  if (!cursor || !id) return undefined;
  const row = [sql`${id} = ${cursor.id.toWellFormed()}`, ...(where ? [where] : [])];
  return (expression) => sql`(SELECT ${expression} FROM ${from} WHERE ${all(row)})`;
}

function slice({ limit, offset }: Plan): SQL {
  return sql`LIMIT ${limit} OFFSET ${offset}`;
}
