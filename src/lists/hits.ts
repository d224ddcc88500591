import { type SQL, sql } from 'drizzle-orm';
import { beyond, type Direction } from './order';
import type { Search } from './search';

/*
 * The rows that searches leave, read off a full-text index in the order of their sequence.
 *
 * The index knows trigrams. What has those of a term is a candidate; its text tells whether it holds the term. Nearly every
 * candidate does, unless somebody made up names that share all trigrams of a term and not the term. So a page, and a
 * total, look at so many candidates and no more, however few of them are hits. That bounds every search, whatever is
 * stored, at 5,000 candidates a request, beside those that it answers.
 */

/** Candidates of which none may be a hit: of a page, and of a total. With what is read beside them they are the 5,000. */
const lookedAtByPage = 1000;
const lookedAtByTotal = 3900;
/** As upstream counts (`APP_LIMIT_COUNT`). */
export const mostCounted = 5000;
/** Of those, candidates that `notSearch` might leave out: what has a term's trigrams and not the term is a hit there. */
const lookedAtWithout = 100;
/** Where nine of ten first candidates are hits, more are looked at: those that a total or a large page still lacks. */
const mostlyHits = 0.9;

/** Where a page begins, goes, and ends. */
export interface Stretch {
  readonly start: SQL;
  readonly direction: Direction;
  readonly limit: number;
  readonly offset: number;
}

/**
 * Sequences of a page of hits, read no further than the page goes: a term that half of the rows hold costs no more than
 * a rare one.
 */
export function hits(search: Search, stretch: Stretch): SQL {
  const want = stretch.limit + stretch.offset;
  const isLarge = want > lookedAtByPage / 2;
  const first = isLarge ? lookedAtByPage / 2 : lookedAtByPage;
  const looks = looksOf(search, first);
  const [way] = looks;
  const arms = looks.map((look) => candidates(search, look, stretch));
  // A large page goes on where its first candidates are hits, as they are but for made-up names.
  if (isLarge && way) arms.push(further(search, way, stretch, want));
  const [only, ...more] = arms.map((arm) => sql`SELECT seq FROM (${arm}) WHERE is_hit LIMIT ${whole(want)}`);
  return only && more.length === 0 ? sliced(only, stretch) : merged([only, ...more], stretch);
}

/** How many hits there are, up to 5,000. */
export function hitCount(search: Search): SQL {
  const range = { start: sql`${search.rowid} > 0`, direction: 'asc' } as const;
  const counts = looksOf(search, lookedAtByTotal).map(({ way, most }, index) => {
    const first = candidates(search, { way, most }, range);
    if (index > 0) return sql`(SELECT count(*) FROM (${first}) WHERE is_hit)`;
    const start = sql`${search.rowid} > iif(found >= ${whole(most * mostlyHits)}, last, ${greatest})`;
    const more = candidates(search, { way, most: mostCounted - most }, { ...range, start });
    return sql`(SELECT found + (SELECT count(*) FROM (${more}) WHERE is_hit) FROM (${summary(first)}))`;
  });
  return sql`SELECT min(${whole(mostCounted)}, ${sql.join(counts, sql` + `)})`;
}

interface Look {
  readonly way: SQL;
  readonly most: number;
}

/** How many candidates each way is followed for. */
function looksOf({ ways }: Search, most: number): Look[] {
  const [way, ...others] = ways;
  if (!way) return [];
  return [
    { way, most: most - others.length * lookedAtWithout },
    ...others.map((other) => ({ way: other, most: lookedAtWithout })),
  ];
}

type Range = Pick<Stretch, 'start' | 'direction'>;

function candidates({ table, rowid, isHit }: Search, { way, most }: Look, { start, direction }: Range): SQL {
  const order = sql`ORDER BY ${rowid} ${sql.raw(direction)} LIMIT ${whole(most)}`;
  return sql`SELECT ${rowid} AS seq, ${isHit} AS is_hit FROM ${table} WHERE ${way} AND ${start} ${order}`;
}

/** The candidates behind the first ones, if those are nearly all hits. */
function further(search: Search, look: Look, stretch: Stretch, want: number): SQL {
  const { direction } = stretch;
  const nowhere = direction === 'asc' ? greatest : sql`0`;
  const from = sql`(SELECT iif(found >= ${whole(look.most * mostlyHits)}, last, ${nowhere}) FROM (${summary(candidates(search, look, stretch), direction)}))`;
  const start = sql`${search.rowid} ${beyond(direction)} ${from}`;
  return candidates(search, { way: look.way, most: want }, { start, direction });
}

function summary(looked: SQL, direction: Direction = 'asc'): SQL {
  const last = sql.raw(direction === 'asc' ? 'max(seq)' : 'min(seq)');
  return sql`SELECT coalesce(sum(is_hit), 0) AS found, ${last} AS last FROM (${looked})`;
}

function merged(arms: readonly (SQL | undefined)[], stretch: Stretch): SQL {
  const selects = arms.filter((arm) => arm !== undefined).map((arm) => sql`SELECT seq FROM (${arm})`);
  const direction = sql.raw(stretch.direction);
  return sql`SELECT seq FROM (${sql.join(selects, sql` UNION ALL `)} ORDER BY 1 ${direction} ${slice(stretch)})`;
}

function sliced(arm: SQL, stretch: Stretch): SQL {
  return sql`SELECT seq FROM (${arm}) ${slice(stretch)}`;
}

function slice({ limit, offset }: Stretch): SQL {
  return sql`LIMIT ${whole(limit)} OFFSET ${whole(offset)}`;
}

const greatest = sql.raw('9223372036854775807');

function whole(count: number): SQL {
  return sql.raw(String(Math.min(Math.floor(count), Number.MAX_SAFE_INTEGER)));
}
