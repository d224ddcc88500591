import { sql } from 'drizzle-orm';
import type { Database } from '../db/database';
import type { Asked } from './asked';
import { byBlocks } from './blocks';
import { isLarge } from './bounds';
import { byDrivers } from './byDrivers';
import { byFlags, MOST_SKIPPED } from './flagLanes';
import { allFlags } from './flags';
import type { Found, Wanted } from './found';
import { hits } from './hits';
import type { Lane } from './lane';
import { attributeLanes, sequenceLane } from './lanes';
import { merged } from './merge';
import { beyond } from './order';
import { isRangeOf } from './ranges';
import type { Source } from './source';

const bind = (value: string | number) => sql`${value}`;

/**
 * Finds a page. Where no index has just what is asked for, in its order, either a filter leaves so few rows that all of them
 * are collected by its index and sorted, or the rows are looked at in the order of the list, by the index of that, until the
 * page is full. Which it is the statement finds out.
 */
export function find(db: Database, source: Source, asked: Asked, wanted: Wanted): Found {
  return (
    inOrder(source, asked, wanted) ??
    bySearch(asked, wanted) ??
    bySampling(source, asked, wanted) ??
    byBlocks(db, source, asked, wanted) ??
    byDrivers(db, source, asked, wanted)
  );
}

/** Where the indexes of the order have no rows but those that are asked for. */
function inOrder(source: Source, asked: Asked, wanted: Wanted): Found | undefined {
  const lane = onlyLane(source, asked, wanted);
  if (lane) return { ...alone([lane], wanted), ...(lane.own ? { where: lane.where } : {}) };
  const { conditions, searched, rest } = asked;
  if (rest === undefined || asked.onlyFlags) {
    const found = byFlags(source, asked, wanted);
    if (found) return found;
  }
  const { terms, sequence } = wanted.order;
  const [term, ...more] = terms;
  if (!term || more.length > 0 || sequence === 'random' || searched) return undefined;
  const { column } = term.attribute;
  if (!conditions.every((condition) => isRangeOf(source, condition, column))) return undefined;
  const nulls = source.flags && wanted.offset <= MOST_SKIPPED ? { nulls: allFlags(source.flags) } : {};
  const lanes = attributeLanes(source, term, sequence, conditions, wanted, bind, nulls);
  return lanes?.some(({ unserved }) => unserved) ? undefined : lanes && alone(lanes, wanted);
}

function alone(
  lanes: readonly Lane[],
  { order, limit, offset }: Pick<Wanted, 'order' | 'limit' | 'offset'>,
): Found {
  return {
    sequences: sql`SELECT seq FROM (${merged(lanes, order, sql`LIMIT ${limit} OFFSET ${offset}`)})`,
    tables: [],
  };
}

/** The one lane that is the list itself in the order of its sequence. */
function onlyLane(
  source: Source,
  { conditions, searched, drivers }: Asked,
  { order: { terms, sequence }, cursor }: Wanted,
): (Lane & { own: boolean }) | undefined {
  if (terms.length > 0 || sequence === 'random' || searched) return undefined;
  if (conditions.every((condition) => isRangeOf(source, condition, source.seq))) {
    return { ...sequenceLane(source, sequence, conditions, cursor, bind), own: true };
  }
  const [driver] = drivers;
  if (conditions.length > 1 || !driver?.ordered || !driver.exact) return undefined;
  const { from, where, seq, own } = driver;
  const start = cursor ? sql` AND ${seq} ${beyond(sequence)} ${cursor.seq}` : sql``;
  return { from, where: sql`${where}${start}`, seq, own };
}

/** Searches alone, read off the full-text index in its own order. */
function bySearch({ onlySearch }: Asked, { order, cursor, limit, offset }: Wanted): Found | undefined {
  const { terms, sequence } = order;
  if (!onlySearch || terms.length > 0 || sequence === 'random') return undefined;
  const { rowid } = onlySearch;
  const start = cursor ? sql`${rowid} ${beyond(sequence)} ${cursor.seq}` : sql`${rowid} > 0`;
  return { sequences: hits(onlySearch, { start, direction: sequence, limit, offset }), tables: [] };
}

/**
 * Any rows: all of them shuffled; in a large directory those that follow sequences at random, so that a row behind a gap comes
 * a little more often than others.
 */
function bySampling(source: Source, { rest }: Asked, { order, limit, offset }: Wanted): Found | undefined {
  const large = isLarge(source);
  if (order.sequence !== 'random' || rest !== undefined || source.where || !large) return undefined;
  const { from, seq } = source;
  const shuffled = sql`SELECT seq FROM (SELECT random() AS place, ${seq} AS seq FROM ${from} WHERE ${seq} > 0 ORDER BY 1 LIMIT iif(${large}, 0, ${limit}) OFFSET ${offset})`;
  const tries = sql`WITH RECURSIVE tries(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM tries LIMIT iif(${large}, ${2 * limit + 10}, 0))
    SELECT abs(random()) % (SELECT max(${seq}) FROM ${from}) AS place FROM tries`;
  const drawn = sql`SELECT DISTINCT (SELECT min(${seq}) FROM ${from} WHERE ${seq} > draw.place) AS seq FROM (${tries}) AS draw LIMIT ${limit}`;
  return { sequences: sql`SELECT seq FROM (${shuffled}) UNION ALL SELECT seq FROM (${drawn})`, tables: [] };
}
