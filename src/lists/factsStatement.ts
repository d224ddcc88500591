import { type SQL, sql, type WithSubquery } from 'drizzle-orm';
import type { Database } from '../db/database';
import type { Asked } from './asked';
import { attributeOf } from './attributes';
import { selectingWith } from './bind';
import { countedByBlocks } from './blocks';
import { boundsOf, capped, whole } from './bounds';
import { ledBy, wayOf } from './byDrivers';
import { all } from './compile';
import { cursorOf, cursorSeq } from './cursor';
import { isSure } from './drivers';
import { haveFlags } from './flags';
import type { Found } from './found';
import { hitCount, mostCounted } from './hits';
import type { Lane } from './lane';
import { attributeLanes, sequenceLane } from './lanes';
import { isTooFar } from './pageStatement';
import type { Plan } from './plan';
import { isRangeOf } from './ranges';
import { isNumbered, type Source } from './source';

export interface Facts {
  readonly total: number;
  readonly cursorFound: boolean;
  /** Whether rows may be missing in a page that is not full. */
  readonly undecided: boolean;
  /** Whether the offset is further in than the directory allows. */
  readonly tooFar: boolean;
}

/** One row: the total, whether the cursor's row exists, and what tells that a page could not be found. */
export function factsStatement(
  db: Database,
  source: Source,
  plan: Plan,
  asked: Asked,
  { undecided, tables }: Found,
  counted: boolean,
) {
  const total = counted ? totalOf(db, source, asked, plan.limit) : { rows: sql`0`, tables: [] };
  const cursor = cursorSeq(source, plan);
  const before = new Map<string, WithSubquery>();
  for (const table of [...asked.tables, ...(undecided ? tables : []), ...total.tables])
    before.set(table._.alias, table);
  const found = cursorOf(db, source, plan);
  if (found.cursor) for (const table of found.tables) before.set(table._.alias, table);
  return selectingWith(db, [...before.values()])
    .select({
      total: sql`(${total.rows})`.mapWith(Number).as('total'),
      cursorFound: (cursor ? sql`(SELECT seq IS NOT NULL FROM list_cursor)` : sql`1`)
        .mapWith(Boolean)
        .as('cursor_found'),
      undecided: sql`(${undecided ?? sql`0`})`.mapWith(Boolean).as('undecided'),
      tooFar: sql`(${isTooFar(source, plan, asked) ?? sql`0`})`.mapWith(Boolean).as('too_far'),
    })
    .from(sql`(SELECT 1)`);
}

interface Total {
  readonly rows: SQL;
  readonly tables: readonly WithSubquery[];
}

const upTo = whole(mostCounted);
const count = (rows: SQL): Total => ({ rows: sql`SELECT count(*) FROM (${rows} LIMIT ${upTo})`, tables: [] });
const bind = (value: string | number) => sql`${value}`;

/** How many rows are asked for, up to 5,000; in a large directory among the first that the best index gives. */
function totalOf(db: Database, source: Source, asked: Asked, limit: number): Total {
  const { from, where, uncountedTotal, flags } = source;
  if (asked.rest === undefined) {
    if (uncountedTotal) return { rows: uncountedTotal, tables: [] };
    return count(sql`SELECT 1 FROM ${from} WHERE ${all([...(where ? [where] : []), isNumbered(source)])}`);
  }
  if (asked.onlySearch) return { rows: hitCount(asked.onlySearch), tables: [] };
  const listed = where ? sql`${where} AND ` : sql``;
  if (asked.onlyFlags && flags && asked.flags) {
    return count(sql`SELECT 1 FROM ${from} WHERE ${listed}${haveFlags(flags, asked.flags)}`);
  }
  const lane = laneOf(source, asked);
  if (lane) return count(sql`SELECT 1 FROM ${lane.from} WHERE ${lane.where}`);
  return countedByBlocks(db, source, asked, upTo) ?? countedBy(db, source, asked, limit);
}

/** What an index has no rows in but those that are asked for. */
function laneOf(
  source: Source,
  { conditions, searched, drivers }: Asked,
): Pick<Lane, 'from' | 'where'> | undefined {
  const [condition, ...more] = conditions;
  if (searched || !condition) return undefined;
  const [driver] = drivers;
  if (driver?.exact && more.length === 0) return driver;
  if ('conditions' in condition) return undefined;
  const attribute = attributeOf(source.attributes, condition.attribute);
  if (!conditions.every((one) => isRangeOf(source, one, attribute.column))) return undefined;
  if (attribute.column === source.seq) return sequenceLane(source, 'asc', conditions, undefined, bind);
  const place = { cursor: undefined, limit: 0, offset: 0 };
  const lanes = attributeLanes(source, { attribute, direction: 'asc' }, 'asc', conditions, place, bind);
  return lanes?.length === 1 ? lanes[0] : undefined;
}

function countedBy(db: Database, source: Source, asked: Asked, limit: number): Total {
  const { rest, drivers } = asked;
  const [first] = drivers;
  if (first && isSure(first)) return count(sql`SELECT 1 FROM ${ledBy(source, first, [rest])}`);
  const way = wayOf(db, source, drivers, limit);
  const looked = among(source, asked);
  const bounded = sql`SELECT count(*) FROM (SELECT 1 FROM (${looked}) WHERE fits LIMIT ${upTo})`;
  if (!way.number) return { rows: bounded, tables: [] };
  const led = drivers.map(
    (driver, index) =>
      sql`WHEN ${whole(index + 1)} THEN (${count(sql`SELECT 1 FROM ${ledBy(source, driver, [rest])}`).rows})`,
  );
  return {
    rows: sql`SELECT CASE ${way.number} ${sql.join(led, sql` `)} ELSE (${bounded}) END`,
    tables: way.tables,
  };
}

/** Rows of the index of the best filter, or all; of a large directory the first of them. */
function among(source: Source, { rest, drivers, lookups }: Asked): SQL {
  const { from, seq, where } = source;
  const counted = Math.floor(boundsOf(source, drivers.length).counted / lookups);
  const [driver] = drivers;
  if (!driver) {
    const rows = all([...(where ? [where] : []), isNumbered(source)]);
    return sql`SELECT (${rest}) AS fits FROM ${from} WHERE ${rows} ORDER BY ${seq} LIMIT ${capped(source, counted)}`;
  }
  if (driver.own) {
    return sql`SELECT (${rest}) AS fits FROM ${from} WHERE ${driver.where} LIMIT ${capped(source, counted)}`;
  }
  const test = where ? sql`${where} AND ${rest}` : rest;
  return sql`SELECT (${test}) AS fits FROM ${driver.from} CROSS JOIN ${from} ON ${seq} = ${driver.seq} WHERE ${driver.where} LIMIT ${capped(source, Math.floor(counted / 2))}`;
}
