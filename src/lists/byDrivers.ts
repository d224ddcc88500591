import { type SQL, sql, type WithSubquery } from 'drizzle-orm';
import type { Database } from '../db/database';
import type { Asked } from './asked';
import { tableOf } from './bind';
import { boundsOf, capped, isLarge, LARGEST_WALK, whole } from './bounds';
import { all } from './compile';
import { type Driver, isSure } from './drivers';
import type { Found, Wanted } from './find';
import { attributeLanes, driverLane, type Lane, sequenceLane } from './lanes';
import { merged, numbered } from './merge';
import { behind, type SortOrder } from './order';
import type { Source } from './source';

const bind = (value: string | number) => sql`${value}`;

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

/** Conditions that no index is sought for. */
function opaque(tests: readonly SQL[]): SQL {
  const joined = all(tests);
  return joined ? sql` AND (${joined}) IS TRUE` : sql``;
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

/** Rows, or none. A condition that holds a sub-query would be looked at for each row; a LIMIT is before the first. */
function guarded(rows: SQL, guard: SQL): SQL {
  return sql`SELECT * FROM (${rows} LIMIT iif(${guard}, -1, 0))`;
}

/** An order as the columns of a compound have it: chance is a column, too. */
function columnsOf({ terms, sequence }: SortOrder): SortOrder {
  return { terms, sequence: sequence === 'random' ? 'asc' : sequence };
}

/** What rows are sorted by, and their sequence. `+` keeps SQLite from choosing an index for the order. */
function keysOf({ terms, sequence }: SortOrder, { seq }: Source, plus: '' | '+'): SQL {
  if (sequence === 'random') return sql`random(), ${seq} AS seq`;
  const columns = terms.map(({ attribute }) => sql`${sql.raw(plus)}${attribute.column}, `);
  return sql`${sql.join(columns)}${sql.raw(plus)}${seq} AS seq`;
}

interface Walk {
  readonly arms: readonly SQL[];
  readonly undecided: SQL | undefined;
}

function walkOf(source: Source, asked: Asked, wanted: Wanted, way: SQL | undefined): Walk {
  const { order } = wanted;
  if (order.terms.length > 1 || order.sequence === 'random') return sortedWalk(source, asked, wanted, way);
  const lanes = lanesOf(source, asked, wanted);
  if (!lanes || lanes.some(({ unserved }) => unserved)) return sortedWalk(source, asked, wanted, way);
  const { limit, offset } = wanted;
  const walked = Math.floor(boundsOf(source, asked.drivers.length, limit).walked / asked.lookups);
  const most = lanes.some(({ joined, known }) => joined || known) ? Math.floor(walked / 2) : walked;
  // What could not be filled, or would have to be read to be refused.
  const isMuch = limit + offset > most || limit > LARGEST_WALK;
  const rows = merged(lanes, order, limitOf(source, way, isMuch ? 0 : most), asked.rest);
  const columns = order.terms.length > 0 ? sql.raw('"key", seq') : sql.raw('seq');
  return {
    arms: [sql`SELECT * FROM (SELECT ${columns} FROM (${rows}) WHERE fits LIMIT ${limit + offset})`],
    undecided: undecidedBy(
      source,
      way,
      isMuch ? sql`1` : exists(merged(lanes, order, sql`LIMIT 1 OFFSET ${whole(most)}`)),
    ),
  };
}

const exists = (rows: SQL) => sql`EXISTS (SELECT 1 FROM (${rows}))`;

/** A LIMIT that is 0 where a driver leads to the rows. */
function limitOf(source: Source, way: SQL | undefined, cap: number): SQL {
  const most = capped(source, cap);
  return way ? sql`LIMIT iif(${way} > 0, 0, ${most})` : sql`LIMIT ${most}`;
}

function undecidedBy(source: Source, way: SQL | undefined, more: SQL): SQL | undefined {
  const large = isLarge(source);
  if (!large) return undefined;
  return way
    ? sql`CASE WHEN ${way} > 0 OR NOT (${large}) THEN 0 ELSE ${more} END`
    : sql`CASE WHEN NOT (${large}) THEN 0 ELSE ${more} END`;
}

/** In the order of one attribute, or of the sequence: by the index of an equality or a search, if there is one. */
function lanesOf(source: Source, asked: Asked, { order, cursor, limit, offset }: Wanted): Lane[] | undefined {
  const { terms, sequence } = order;
  if (sequence === 'random') return undefined;
  const [term] = terms;
  if (term) {
    const nulls = asked.onlyFlags && asked.flags ? { nulls: asked.flags } : {};
    return attributeLanes(source, term, sequence, asked.conditions, { cursor, limit, offset }, bind, nulls);
  }
  const driver = asked.drivers.find(({ ordered, own }) => ordered && !(own && source.where));
  if (!driver) return [sequenceLane(source, sequence, asked.conditions, cursor, bind)];
  return [driverLane(source, driver, sequence, asked.conditions, cursor, bind)];
}

/**
 * Where no index has the order. In a large directory the rows are those of the first attribute's index, as far as may be; what
 * they are in order is known of values that have all their rows among them.
 */
function sortedWalk(source: Source, asked: Asked, wanted: Wanted, way: SQL | undefined): Walk {
  const { order, cursor, limit, offset } = wanted;
  const large = isLarge(source);
  const tests = [
    ...(asked.rest ? [asked.rest] : []),
    ...(cursor && order.sequence !== 'random' ? [behind(order, source.seq, cursor.at)] : []),
  ];
  const guard = all([...(way ? [sql`${way} = 0`] : []), ...(large ? [sql`NOT (${large})`] : [])]);
  const lanes = firstLanes(source, asked, wanted);
  if (!lanes) {
    const { where, seq, from } = source;
    const rows = all([...(where ? [where] : []), sql`${seq} > 0`]);
    const sorted = sql`SELECT ${keysOf(order, source, '+')} FROM ${from} WHERE ${rows}${opaque(tests)}`;
    return {
      arms: [guard ? guarded(sorted, guard) : sorted],
      undecided: undecidedBy(source, way, sql`1`),
    };
  }
  const small = lanes.map(
    ({ from, where }) => sql`SELECT ${keysOf(order, source, '')} FROM ${from} WHERE ${where}${opaque(tests)}`,
  );
  const sorted = numbered(order);
  const most = guard ? sql`iif(${guard}, ${limit + offset}, 0)` : sql`${limit + offset}`;
  const smallArm = sql`SELECT * FROM (${sql.join(small, sql` UNION ALL `)} ORDER BY ${sorted} LIMIT ${most})`;
  if (!large) return { arms: [smallArm], undecided: undefined };
  if (lanes.some(({ unserved }) => unserved)) {
    return { arms: [smallArm], undecided: undecidedBy(source, way, sql`1`) };
  }
  // Each is looked at to find where it ends, and again to be sorted.
  const walked = Math.floor(boundsOf(source, asked.drivers.length, limit).walked / asked.lookups / 3);
  const [term] = order.terms;
  const firstOrder: SortOrder = { terms: term ? [term] : [], sequence: order.sequence };
  const beside = merged(lanes, firstOrder, sql`LIMIT 1 OFFSET ${whole(walked)}`);
  const looked = merged(
    lanes,
    firstOrder,
    sql`LIMIT iif(${way ? sql`${way} = 0 AND ` : sql``}${large}, ${whole(walked)}, 0)`,
    all(tests) ?? sql`1`,
  );
  const last = sql`(SELECT "key" FROM (${beside}))`;
  const { seq, from } = source;
  const largeArm = sql`SELECT ${keysOf(order, source, '+')} FROM (SELECT "key", seq AS place FROM (${looked}) WHERE fits AND ("key" IS NOT ${last} OR NOT ${exists(beside)})) AS known
    CROSS JOIN ${from} ON ${seq} = known.place`;
  return { arms: [smallArm, largeArm], undecided: undecidedBy(source, way, exists(beside)) };
}

/** The lanes of the first of several attributes, from the rows on that have the cursor's value. */
function firstLanes(
  source: Source,
  asked: Asked,
  { order, cursor, limit, offset }: Wanted,
): Lane[] | undefined {
  const { terms, sequence } = order;
  const [term] = terms;
  if (!term || sequence === 'random') return undefined;
  return attributeLanes(source, term, sequence, asked.conditions, { cursor, limit, offset }, bind, {
    whole: true,
  });
}
