import { type SQL, sql } from 'drizzle-orm';
import type { Bounds, Source } from './source';

/*
 * No call of a list reads more than 10,000 rows and 50 for each that it answers, however large the directory is. What has
 * to be looked through to find a page or to count is therefore capped, and a page that can't be found within the caps is
 * refused (page.ts). In a directory of up to `directory` users nothing is: there the worst is bearable, and no answer
 * changes. The size of the directory is known for nothing, so that each statement looks it up itself.
 */
/** For one filter whose index may lead, and for two: counting each costs as many rows as it may have. */
const defaults = {
  one: { directory: 100_000, driven: 880, walked: 1350, counted: 4000, offset: 5000 },
  two: { directory: 100_000, driven: 850, walked: 1350, counted: 2800, offset: 5000 },
} as const satisfies Record<string, Bounds>;

/** What a page of more rows than these reads of them, before it may be refused, is taken off elsewhere. */
const SMALL_PAGE = 25;
const MIDDLE_PAGE = 100;

/** The most rows of a page that is found by looking at rows in order. */
export const LARGEST_WALK = 500;

/**
 * @param drivers how many filters' indexes may lead
 * @param limit the rows of the page
 */
export function boundsOf({ bounds }: Pick<Source, 'bounds'>, drivers = 1, limit = 0): Bounds {
  const usual = drivers > 1 ? defaults.two : defaults.one;
  if (limit <= SMALL_PAGE) return { ...usual, ...bounds };
  const driven = limit <= MIDDLE_PAGE ? usual.driven : usual.driven / 4;
  return { ...usual, driven: Math.floor(driven), walked: 1000, ...bounds };
}

/** Whether the directory is one where calls are capped; undefined where a list is never. */
export function isLarge(source: Pick<Source, 'size' | 'bounds'>): SQL | undefined {
  return source.size && sql`(${source.size.rows}) > ${whole(boundsOf(source).directory)}`;
}

/** A LIMIT of so many rows in a large directory, and of any number else. */
export function capped(source: Pick<Source, 'size' | 'bounds'>, most: number): SQL {
  const large = isLarge(source);
  return large ? sql`iif(${large}, ${whole(most)}, -1)` : sql.raw('-1');
}

/** A number of our own, as part of the statement. */
export function whole(count: number): SQL {
  return sql.raw(String(Math.min(Math.floor(count), Number.MAX_SAFE_INTEGER)));
}
