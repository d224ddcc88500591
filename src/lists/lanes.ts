import { type SQL, sql } from 'drizzle-orm';
import { type Attribute, indexOf, isNullable } from './attributes';
import type { Bind } from './bind';
import { all } from './compile';
import type { Driver } from './drivers';
import { nullsByFlags } from './flagLanes';
import type { Cursor } from './found';
import type { Lane } from './lane';
import { beyond, beyondAll, type Direction, leastOf, type SortTerm } from './order';
import type { Condition } from './query';
import { type Extremes, extreme, extremes, rangesOf } from './ranges';
import { isNumbered, type Source } from './source';
import { beginsAt } from './zones';

/** The list in the order of the sequence. */
export function sequenceLane(
  source: Source,
  direction: Direction,
  conditions: readonly Condition[],
  cursor: Cursor | undefined,
  bind: Bind,
): Lane {
  const { from, seq, where } = source;
  const range = withinSequences(source, direction, conditions, cursor, bind, sql`${seq}`);
  return { from: sql`${from}`, seq: sql`${seq}`, where: where ? sql`${where} AND ${range}` : range };
}

/** The rows of the same list that a driver has in the order of the sequence. */
export function driverLane(
  source: Source,
  { from, where, seq, own }: Driver,
  direction: Direction,
  conditions: readonly Condition[],
  cursor: Cursor | undefined,
  bind: Bind,
): Lane {
  const range = withinSequences(source, direction, conditions, cursor, bind, seq);
  return {
    from: own ? from : sql`${from} CROSS JOIN ${source.from} ON ${source.seq} = ${seq}`,
    where: sql`${where} AND ${range}`,
    seq,
    joined: !own,
  };
}

/** The sequences among which the list is, from behind the cursor. */
function withinSequences(
  source: Source,
  direction: Direction,
  conditions: readonly Condition[],
  cursor: Cursor | undefined,
  bind: Bind,
  seq: SQL,
): SQL {
  const { zones, attributes } = source;
  const ranges = conditions.flatMap((condition) => rangesOf(source, condition));
  const own = ranges.filter(({ attribute }) => attributes[attribute]?.column === source.seq);
  // D1 binds numbers as reals, which a full-text index takes for no bound of its row IDs.
  const { least, greatest } = extremes(own, (value) => sql`CAST(${bind(value)} AS INTEGER)`);
  const after = cursor && direction === 'asc' ? sql`(${cursor.seq} + 1)` : undefined;
  const before = cursor && direction === 'desc' ? cursor.seq : undefined;
  // SQLite takes one bound of each kind for its search, and passes what the others leave out.
  const zone = zones && beginsAt(zones, ranges, direction, bind);
  const start = extreme('max', extreme('max', least, after), direction === 'asc' ? zone : undefined);
  const end = extreme('min', extreme('min', greatest, before), direction === 'desc' ? zone : undefined);
  const from = start ? sql`${seq} >= ${start}` : isNumbered({ ...source, seq });
  return end ? sql`(${from} AND ${seq} < ${end})` : from;
}

function nextOf({ type }: Attribute, value: SQL): SQL {
  return type === 'string' || type === 'array' ? sql`(${value} || char(0))` : sql`(${value} + 1)`;
}

interface Place {
  readonly cursor: Cursor | undefined;
  readonly limit: number;
  readonly offset: number;
}

/**
 * The list in the order of the one attribute that an index has, from behind the cursor; undefined where none has.
 * @param whole whether to begin with all rows that have the cursor's own value, those before it, too
 * @param isAll whether all rows of the lanes are asked for, up to the page's last
 */
export function attributeLanes(
  source: Source,
  term: SortTerm,
  sequence: Direction,
  conditions: readonly Condition[],
  place: Place,
  bind: Bind,
  { whole = false, nulls }: { whole?: boolean; nulls?: readonly number[] } = {},
): Lane[] | undefined {
  const index = indexOf(term.attribute);
  if (!index || source.where) return undefined;
  const { column } = term.attribute;
  const ranges = conditions
    .flatMap((condition) => rangesOf(source, condition))
    .filter(({ attribute }) => source.attributes[attribute]?.column === column);
  const own = extremes(ranges, bind);
  const lanes: Lane[] = [valuesLane(source, term, own, place.cursor, whole)];
  if (place.cursor && !whole) lanes.push(levelLane(source, term, sequence, own, place.cursor));
  if (isNullable(term.attribute) && ranges.length === 0) {
    lanes.push(nullsLane(source, term, sequence, place, whole, nulls));
  }
  return lanes;
}

/** The rows behind the cursor that have its value, if that is within the range. */
function levelLane(
  { from, seq }: Source,
  { attribute: { column } }: SortTerm,
  sequence: Direction,
  { least, greatest }: Extremes,
  cursor: Cursor,
): Lane {
  const here = cursor.at(sql`${column}`);
  return {
    from: sql`${from}`,
    seq: sql`${seq}`,
    where:
      all([
        sql`${column} = ${here}`,
        sql`${seq} ${beyond(sequence)} ${cursor.seq}`,
        ...(least ? [sql`${here} >= ${least}`] : []),
        ...(greatest ? [sql`${here} < ${greatest}`] : []),
      ]) ?? sql`1`,
  };
}

/** Values from the first on, or those beyond the cursor's; where that is null, and the smallest, all of them. */
function valuesLane(
  { from, seq }: Source,
  { attribute, direction }: SortTerm,
  { least, greatest }: Extremes,
  cursor: Cursor | undefined,
  whole: boolean,
): Lane {
  const { column } = attribute;
  const here = cursor?.at(sql`${column}`);
  const after = here && (whole ? here : nextOf(attribute, here));
  const before = here && (whole ? nextOf(attribute, here) : here);
  const start = after && direction === 'asc' ? sql`coalesce(${after}, ${leastOf(attribute)})` : undefined;
  const end = extreme('min', greatest, direction === 'desc' ? before : undefined);
  return {
    from: sql`${from}`,
    seq: sql`${seq}`,
    where:
      all([
        sql`${column} >= ${extreme('max', least, start) ?? leastOf(attribute)}`,
        ...(end ? [sql`${column} < ${end}`] : []),
      ]) ?? sql`1`,
  };
}

/**
 * The nulls, which are smallest; where no index has them, by the flags that tell them, or among all rows.
 * @param numbers of flags that null rows have which are all asked for
 */
function nullsLane(
  source: Source,
  { attribute, direction }: SortTerm,
  sequence: Direction,
  { cursor, limit, offset }: Place,
  whole: boolean,
  numbers: readonly number[] | undefined,
): Lane {
  const { from, seq } = source;
  const { column } = attribute;
  const first = sequence === 'asc' ? sql`0` : sql.raw('9223372036854775807');
  const none = beyondAll(sequence);
  const start = cursor
    ? sql`iif(${cursor.at(sql`${column}`)} IS NULL, ${whole ? first : cursor.seq}, ${direction === 'asc' ? none : first})`
    : first;
  const lane: Lane = {
    from: sql`${from}`,
    where: sql`(${column} IS NULL AND ${seq} ${beyond(sequence)} ${start})`,
    seq: sql`${seq}`,
  };
  if (indexOf(attribute)?.nulls) return lane;
  const flagged = numbers && nullsByFlags(source, attribute, numbers, sequence, start, limit + offset);
  return flagged ?? { ...lane, unserved: true };
}
