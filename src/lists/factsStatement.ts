import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../db/database';
import { selectingWith } from './bind';
import { all } from './compile';
import { cursorSeq } from './cursor';
import type { Plan } from './plan';
import { matched, type Scope } from './scope';
import type { Source } from './source';

export interface Facts {
  readonly total: number;
  readonly cursorFound: boolean;
}

/** As upstream counts (`APP_LIMIT_COUNT`). */
const mostCounted = 5000;

/** One row: the total, and whether the cursor's row exists. */
export function factsStatement(db: Database, source: Source, plan: Plan, scope: Scope, counted: boolean) {
  const total = counted ? totalOf(source, scope) : sql`0`;
  const found = cursorSeq(source, plan);
  return selectingWith(db, scope.tables)
    .select({
      total: sql`(${total})`.mapWith(Number).as('total'),
      cursorFound: (found ? sql`(${found} IS NOT NULL)` : sql`1`).mapWith(Boolean).as('cursor_found'),
    })
    .from(sql`(SELECT 1)`);
}

function totalOf(source: Source, scope: Scope): SQL {
  const { seq, where, uncountedTotal } = source;
  const whole = !scope.index && scope.conditions.every((condition) => condition === where);
  if (whole && uncountedTotal) return uncountedTotal;
  const { from, conditions } = matched(source, scope);
  // Without an index to go by: a bound on `seq`, for the same reason as in order.ts.
  const bounded = scope.index ? conditions : [sql`${seq} > 0`, ...conditions];
  const rows = sql`SELECT 1 FROM ${from} WHERE ${all(bounded)} LIMIT ${sql.raw(String(mostCounted))}`;
  return sql`SELECT count(*) FROM (${rows})`;
}
