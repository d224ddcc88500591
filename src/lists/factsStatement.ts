import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../db/database';
import { selectingWith } from './bind';
import { all } from './compile';
import { cursorSeq } from './cursor';
import { hitCount, hitCountAmong, mostCounted } from './hits';
import type { Plan } from './plan';
import type { Scope } from './scope';
import type { Source } from './source';

export interface Facts {
  readonly total: number;
  readonly cursorFound: boolean;
}

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

function totalOf(source: Source, { search, conditions }: Scope): SQL {
  const { from, seq, where, uncountedTotal } = source;
  if (search && conditions.length === 0) return hitCount(search);
  if (search) return hitCountAmong(search, source, conditions);
  if (uncountedTotal && conditions.every((condition) => condition === where)) return uncountedTotal;
  // A bound on `seq`, for the same reason as in order.ts.
  const bounded = all([sql`${seq} > 0`, ...conditions]);
  const rows = sql`SELECT 1 FROM ${from} WHERE ${bounded} LIMIT ${sql.raw(String(mostCounted))}`;
  return sql`SELECT count(*) FROM (${rows})`;
}
