import { type SQL, sql, type WithSubquery } from 'drizzle-orm';
import type { Database } from '../db/database';
import type { Asked } from './asked';
import { attributeOf, storedValue } from './attributes';
import { tableOf } from './bind';
import { capped, isLarge, whole } from './bounds';
import type { Cursor, Found, Wanted } from './found';
import type { Direction } from './order';
import type { Condition } from './query';
import { extreme, extremes, isRangeOf, rangesOf } from './ranges';
import type { Blocks, Source } from './source';
import { beginsAt } from './zones';

/** What one equality finds: the bucket of its value, and how an entry of it begins. */
interface Sought {
  readonly condition: Condition;
  readonly bucket: number;
  readonly entry: string;
}

/** Rows that are looked at to fill a page of several filters, and to count, in a large directory: each is two reads. */
const LOOKED = 1400;
const COUNTED = 700;
/** Rows that are looked at to count where each block is known to have one. */
const COUNTED_OF_ONE = 1600;

const bind = (value: string | number) => sql`${value}`;

/** Where filters on the list's own sequence, and what follows a cursor, begin and end. */
const low = (name: string) => sql.raw(`(SELECT low FROM ${name})`);
const high = (name: string) => sql.raw(`(SELECT high FROM ${name})`);

/** The page in the order of the sequence, by the blocks of an equality or between times; undefined where there is neither. */
export function byBlocks(db: Database, source: Source, asked: Asked, wanted: Wanted): Found | undefined {
  const { order, cursor, limit, offset } = wanted;
  const { sequence } = order;
  if (order.terms.length > 0 || sequence === 'random') return undefined;
  const rows = rowsOf(db, source, asked, sequence, cursor, 'list_stretch');
  if (!rows) return undefined;
  const large = isLarge(source);
  const cap = rows.one || !large ? sql.raw('-1') : capped(source, LOOKED);
  return {
    sequences: sql`SELECT seq FROM (SELECT * FROM (${rows.looked}) LIMIT ${cap}) WHERE fits LIMIT ${limit} OFFSET ${offset}`,
    tables: rows.tables,
    ...(rows.one || !large
      ? {}
      : {
          undecided: sql`CASE WHEN NOT (${large}) THEN 0 ELSE EXISTS (SELECT 1 FROM (${rows.looked}) LIMIT 1 OFFSET ${whole(LOOKED)}) END`,
        }),
  };
}

/** How many rows the same filters leave: in a large directory among the first that are looked at. */
export function countedByBlocks(
  db: Database,
  source: Source,
  asked: Asked,
  most: SQL,
): { rows: SQL; tables: readonly WithSubquery[] } | undefined {
  const rows = rowsOf(db, source, asked, 'asc', undefined, 'list_counted');
  if (!rows) return undefined;
  const cap = capped(source, rows.one ? COUNTED_OF_ONE : COUNTED);
  const fitting = sql`SELECT 1 FROM (SELECT * FROM (${rows.looked}) LIMIT ${cap}) WHERE fits LIMIT ${most}`;
  return { rows: sql`SELECT count(*) FROM (${fitting})`, tables: rows.tables };
}

interface Rows {
  /** `SELECT seq, fits`, in order. */
  readonly looked: SQL;
  readonly tables: readonly WithSubquery[];
  /** Whether each block has a row that is asked for. */
  readonly one: boolean;
}

function rowsOf(
  db: Database,
  source: Source,
  { conditions, rest, searched }: Asked,
  direction: Direction,
  cursor: Cursor | undefined,
  name: string,
): Rows | undefined {
  const { blocks, from, seq } = source;
  if (!blocks || searched || !rest) return undefined;
  const sought = soughtOf(source, blocks, conditions);
  const ranges = conditions.flatMap((condition) => rangesOf(source, condition));
  const timed = ranges.some(({ attribute }) => blocks.zones.times[attribute]);
  if (!sought && !timed) return undefined;
  const own = ranges.filter(({ attribute }) => source.attributes[attribute]?.column === seq);
  const { least, greatest } = extremes(own, (value) => sql`CAST(${bind(value)} AS INTEGER)`);
  const first = extreme('max', extreme('max', least, sql`1`), beginsAt(blocks.zones, ranges, 'asc', bind));
  const last = extreme(
    'min',
    extreme('min', greatest, sql.raw('9007199254740991')),
    beginsAt(blocks.zones, ranges, 'desc', bind),
  );
  const after = cursor && direction === 'asc' ? sql`(${cursor.seq} + 1)` : undefined;
  const before = cursor && direction === 'desc' ? cursor.seq : undefined;
  const tail = blocks.zones.tail?.start ?? sql`0`;
  // DISTINCT, so that it is evaluated once and kept.
  const bounds = tableOf(
    db,
    name,
    sql`SELECT DISTINCT ${extreme('max', first, after)} AS low, ${extreme('min', last, before)} AS high, ${tail} AS tail`,
  );
  const others = conditions.filter(
    (condition) =>
      condition !== sought?.condition &&
      !isRangeOf(source, condition, seq) &&
      ('conditions' in condition ||
        !blocks.zones.times[condition.attribute] ||
        rangesOf(source, condition).length === 0),
  );
  // Times nearly follow the sequence: between their bounds hardly any is another one.
  const one = others.length === 0;
  const fits = sql`(${rest}) IS TRUE AS fits`;
  const plain = (start: SQL) =>
    sql`SELECT * FROM (SELECT ${seq} AS seq, ${fits} FROM ${from} WHERE ${seq} >= ${start} AND ${seq} < ${high(name)} ORDER BY ${seq} ${sql.raw(direction)} LIMIT -1)`;
  if (!sought) return { looked: plain(low(name)), tables: [bounds], one };
  const newest = plain(sql.raw(`max((SELECT low FROM ${name}), (SELECT tail FROM ${name}))`));
  const noted = notedRows(source, blocks, sought, direction, name, fits);
  // A compound without an order has its parts one after the other.
  const looked = direction === 'asc' ? sql`${noted} UNION ALL ${newest}` : sql`${newest} UNION ALL ${noted}`;
  return { looked, tables: [bounds], one };
}

/** Rows of the blocks that have a value: nested loops, each in the order of the sequence, so that nothing is sorted. */
function notedRows(
  { from, seq }: Source,
  { table, bucket, stretch, terms, sizes }: Blocks,
  { bucket: number, entry }: Sought,
  direction: Direction,
  name: string,
  fits: SQL,
): SQL {
  const { stretch: wide, area, group, block } = sizes;
  const way = sql.raw(direction);
  const end = sql.raw(`min((SELECT high FROM ${name}), (SELECT tail FROM ${name}))`);
  const start = low(name);
  const loops = [
    { alias: 'area', count: wide / area, size: area },
    { alias: 'part', count: area / group, size: group },
    { alias: 'block', count: group / block, size: block },
  ];
  let place = `wide.stretch * ${wide}`;
  let digits = '';
  const tables: SQL[] = [];
  const tests: SQL[] = [];
  for (const { alias, count, size } of loops) {
    place += ` + ${alias}.value * ${size}`;
    digits += `${digits === '' ? '' : ', '}48 + ${alias}.value`;
    tables.push(sql`CROSS JOIN json_each(${numbers(count, direction)}) AS ${sql.raw(alias)}`);
    tests.push(
      sql`${sql.raw(place)} > ${start} - ${whole(size)} AND ${sql.raw(place)} < ${end} AND instr(wide.terms, ${entry} || char(${sql.raw(digits)})) > 0`,
    );
  }
  const row = sql.raw(`(${place} + line.value)`);
  // LIMIT, or SQLite leaves out the order of a part of a join.
  const having = sql`SELECT ${stretch} AS stretch, ${terms} AS terms FROM ${table} WHERE ${bucket} = ${whole(number)}
    AND ${stretch} >= ${start} / ${whole(wide)} AND ${stretch} <= ${end} / ${whole(wide)} AND instr(${terms}, ${entry}) > 0
    ORDER BY ${stretch} ${way} LIMIT -1`;
  return sql`SELECT ${seq} AS seq, ${fits} FROM (${having}) AS wide ${sql.join(tables, sql` `)}
    CROSS JOIN json_each(${numbers(block, direction)}) AS line CROSS JOIN ${from} ON ${seq} = ${row}
    WHERE ${sql.join(tests, sql` AND `)} AND ${row} >= ${start} AND ${row} < ${end}`;
}

/** An array of the numbers below, in the direction. */
function numbers(count: number, direction: Direction): SQL {
  const all = [...Array(count).keys()];
  return sql.raw(`'[${(direction === 'asc' ? all : all.reverse()).join(',')}]'`);
}

/** The most telling of the equalities. */
function soughtOf(
  { attributes }: Source,
  { kinds, buckets }: Blocks,
  conditions: readonly Condition[],
): Sought | undefined {
  for (const [name, kind] of Object.entries(kinds)) {
    for (const condition of conditions) {
      if ('conditions' in condition || condition.method !== 'equal' || condition.attribute !== name) continue;
      const [value, ...others] = condition.values;
      if (value === undefined || others.length > 0) continue;
      const text = String(storedValue(attributeOf(attributes, name), name, value));
      return { condition, bucket: bucketOf(text, buckets), entry: `,${kind}${text};` };
    }
  }
  return undefined;
}

/** As the trigger has it: by the last two characters and the length. */
function bucketOf(text: string, buckets: number): number {
  const points = [...text].map((character) => character.codePointAt(0) ?? 0);
  return ((points.at(-1) ?? 0) * 5 + (points.at(-2) ?? 0) * 3 + points.length) % buckets;
}
