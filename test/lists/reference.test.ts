import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { ApiError } from '../../src/http/errors';
import { cursorAfter, cursorBefore, limit, offset, parseQueries, type Query } from '../../src/lists';
import { asJson, querySet, rows } from './arbitrary';
import { createThings, fill, run, type Thing, thingsList } from './fixture';
import { expected } from './reference';

beforeAll(createThings);

const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id);

async function walk(queries: readonly Query[], size: number, source = thingsList): Promise<string[]> {
  const all: string[] = [];
  for (let page: string[] | undefined; page === undefined || page.length > 0; all.push(...page)) {
    const last = all.at(-1);
    const place = last === undefined ? [] : [cursorAfter(last)];
    page = ids((await run({ queries: [...queries, ...place, limit(size)], total: false }, source)).rows);
    if (all.length > 100) throw new Error('The pages do not end');
  }
  return all;
}

/** `cursorBefore` of the last row delivers all but that row, so the walk back begins behind it. */
async function walkBack(queries: readonly Query[], size: number, all: readonly Thing[]): Promise<string[]> {
  const last = all.at(-1);
  if (!last) return [];
  const pages: string[][] = [[last.id]];
  for (let first: string | undefined = last.id; first !== undefined; ) {
    const page = ids(
      (await run({ queries: [...queries, cursorBefore(first), limit(size)], total: false })).rows,
    );
    pages.unshift(page);
    first = page[0];
    if (pages.length > 100) throw new Error('The pages do not end');
  }
  return pages.flat();
}

test('any queries give the rows that plain JavaScript gives, at every page size, in both directions, once each', async () => {
  await fc.assert(
    fc.asyncProperty(rows, querySet, async (data, queries) => {
      const stored = await fill(data);
      const want = expected(stored, queries);
      const { rows: got, total } = await run({ queries });
      expect(ids(got)).toEqual(ids(want));
      expect(total).toBe(
        queries.some((query) => 'values' in query || 'conditions' in query) ? want.length : 123456,
      );
      expect(got).toEqual(want);
      const weighed = await run({ queries: [...queries, limit(26)], total: false });
      expect(weighed.rows).toEqual(want.map((row) => ({ ...row, pageBytes: expect.any(Number) })));
      const sizes = Array.from({ length: want.length }, (_, index) => index + 1);
      await Promise.all(
        sizes.map(async (size) => {
          expect(await walk(queries, size)).toEqual(ids(want));
          expect(await walkBack(queries, size, want)).toEqual(ids(want));
        }),
      );
    }),
    { numRuns: 80 },
  );
}, 120_000);

test('the same queries in JSON form are the same queries', () => {
  fc.assert(
    fc.property(querySet, (queries) => {
      expect(parseQueries(queries.map(asJson))).toEqual(queries);
    }),
  );
});

test('a cursor can name a row that the filters leave out, and an offset counts from there', async () => {
  await fc.assert(
    fc.asyncProperty(rows, querySet, fc.nat(8), fc.nat(3), async (data, queries, at, skipped) => {
      const stored = await fill(data);
      const cursor = stored[at % Math.max(stored.length, 1)];
      if (!cursor) return;
      const onlyOrders = queries.filter(
        (query) => query.method === 'orderAsc' || query.method === 'orderDesc',
      );
      const whole = expected(stored, onlyOrders);
      const behind = new Set(ids(whole.slice(whole.findIndex(({ id }) => id === cursor.id) + 1)));
      const want = expected(stored, queries).filter(({ id }) => id !== cursor.id);
      const after = want.filter(({ id }) => behind.has(id)).slice(skipped);
      const before = want.filter(({ id }) => !behind.has(id)).slice(0, -skipped || undefined);
      const page = async (place: Query) =>
        ids((await run({ queries: [...queries, place, offset(skipped)] })).rows);
      expect(await page(cursorAfter(cursor.id))).toEqual(ids(after));
      expect(await page(cursorBefore(cursor.id))).toEqual(ids(before));
    }),
    { numRuns: 100 },
  );
}, 60_000);

/* The same, where nothing is few: a filter's index leads to at most one row, so that all pages are found in their order. */
const walking = { ...thingsList, bounds: { driven: 1 } };
/* And where the directory is large: three rows are looked at, and what is not found among them is refused. */
const capped = {
  ...thingsList,
  size: { rows: sql`(SELECT 1000)`, of: 'things' },
  bounds: { directory: 10, driven: 2, walked: 3, counted: 3 },
};

test('pages found by the order instead of a filter are the same', async () => {
  await fc.assert(
    fc.asyncProperty(rows, querySet, fc.integer({ min: 1, max: 9 }), async (data, queries, size) => {
      const stored = await fill(data);
      const want = expected(stored, queries);
      expect((await run({ queries, total: false }, walking)).rows).toEqual(want);
      expect(await walk(queries, size, walking)).toEqual(ids(want));
    }),
    { numRuns: 120 },
  );
}, 120_000);

test('pages of a large directory are the same, or refused', async () => {
  let answered = 0;
  await fc.assert(
    fc.asyncProperty(
      rows,
      querySet,
      fc.integer({ min: 1, max: 9 }),
      fc.nat(8),
      async (data, queries, size, at) => {
        const stored = await fill(data);
        const place = stored[at] ? [cursorAfter(stored[at].id)] : [];
        const asked = [...queries, ...place, limit(size)];
        const page = await run({ queries: asked, total: false }, capped).catch((error: unknown) => error);
        if (page instanceof ApiError) {
          expect(page.message).toMatch(/In a directory of more than 10 things too few/);
          return;
        }
        answered += 1;
        expect(page).toMatchObject({ rows: (await run({ queries: asked, total: false })).rows });
      },
    ),
    { numRuns: 300 },
  );
  expect(answered).toBeGreaterThan(30);
}, 120_000);
