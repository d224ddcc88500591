import { type SQL, sql } from 'drizzle-orm';
import type { Asked } from './asked';
import { boundsOf, capped, isLarge, LARGEST_WALK, whole } from './bounds';
import { all } from './compile';
import type { Wanted } from './found';
import type { Lane } from './lane';
import { attributeLanes, driverLane, sequenceLane } from './lanes';
import { guarded, keysOf, merged, numbered, opaque } from './merge';
import { behind, type SortOrder } from './order';
import { isNumbered, type Source } from './source';

const bind = (value: string | number) => sql`${value}`;

interface Walk {
  readonly arms: readonly SQL[];
  readonly undecided: SQL | undefined;
}

/**
 * The rows in the order of the list, as far as a call may look.
 * @param way the number of the driver that leads to all rows, 0 for none
 */
export function walkOf(source: Source, asked: Asked, wanted: Wanted, way: SQL | undefined): Walk {
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
    const { where, from } = source;
    const rows = all([...(where ? [where] : []), isNumbered(source)]);
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
