import { type SQL, sql, type WithSubquery } from 'drizzle-orm';
import type { Database } from '../db/database';
import type { Asked } from './asked';
import { tableOf } from './bind';
import { boundsOf, whole } from './bounds';
import { type Driver, isSure } from './drivers';
import type { Found, Wanted } from './found';
import { guarded, keysOf, numbered, opaque } from './merge';
import { behind, type SortOrder } from './order';
import type { Source } from './source';
import { walkOf } from './walk';

/** Which of the drivers leads to all rows, numbered from 1; 0 where each may have too many. */
export interface Way {
  readonly tables: readonly WithSubquery[];
  /** Undefined where there is none that could lead, or where the first does for sure. */
  readonly number: SQL | undefined;
}

/** Counts what the drivers have, in the statement that the tables are put before. */
export function wayOf(db: Database, source: Source, drivers: readonly Driver[], limit: number): Way {
  const [first] = drivers;
  if (!first || isSure(first)) return { tables: [], number: undefined };
  const { driven } = boundsOf(source, drivers.length, limit);
  const cases = drivers.map(({ from, where, own }, index) => {
    // Rows of another table are looked up in two steps more.
    const most = own ? driven : Math.floor(driven / 2);
    const found = sql`SELECT 1 FROM ${from} WHERE ${where} LIMIT ${whole(most + 1)}`;
    return sql`WHEN (SELECT count(*) FROM (${found})) <= ${whole(most)} THEN ${whole(index + 1)}`;
  });
  // DISTINCT, so that it is evaluated once and kept.
  const way = tableOf(
    db,
    'list_way',
    sql`SELECT DISTINCT CASE ${sql.join(cases, sql` `)} ELSE 0 END AS number`,
  );
  return { tables: [way], number: sql`(SELECT number FROM list_way)` };
}

/** `FROM … WHERE …`: all rows that a driver leads to, and that are what is asked. */
export function ledBy(source: Source, driver: Driver, conditions: readonly (SQL | undefined)[]): SQL {
  const { from, seq, where } = source;
  const tests = [...(where && !driver.own ? [where] : []), ...conditions].filter(
    (test) => test !== undefined,
  );
  const way = driver.own
    ? driver.where
    : sql`${seq} IN (SELECT ${driver.seq} FROM ${driver.from} WHERE ${driver.where})`;
  return sql`${from} WHERE ${way}${opaque(tests)}`;
}

/** By the index of a filter that leaves few rows, or else by that of the order, as far as may be. */
export function byDrivers(db: Database, source: Source, asked: Asked, wanted: Wanted): Found {
  const { order, cursor, limit, offset } = wanted;
  const { drivers, rest } = asked;
  const way = wayOf(db, source, drivers, limit);
  const isLed = drivers[0] !== undefined && isSure(drivers[0]);
  const keys = keysOf(order, source, '+');
  const from = cursor && order.sequence !== 'random' ? behind(order, source.seq, cursor.at) : undefined;
  const arms = (isLed ? drivers.slice(0, 1) : drivers).map((driver, index) => {
    const rows = sql`SELECT ${keys} FROM ${ledBy(source, driver, [rest, from])}`;
    return way.number ? guarded(rows, sql`${way.number} = ${whole(index + 1)}`) : rows;
  });
  const walk = isLed ? undefined : walkOf(source, asked, wanted, way.number);
  if (walk) arms.push(...walk.arms);
  const sorted = sql.join(arms, sql` UNION ALL `);
  return {
    sequences: sql`SELECT seq FROM (${sorted} ORDER BY ${numbered(columnsOf(order))} LIMIT ${limit} OFFSET ${offset})`,
    tables: way.tables,
    undecided: walk?.undecided,
  };
}

/** An order as the columns of a compound have it: chance is a column, too. */
function columnsOf({ terms, sequence }: SortOrder): SortOrder {
  return { terms, sequence: sequence === 'random' ? 'asc' : sequence };
}
