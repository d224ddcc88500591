import { env } from 'cloudflare:test';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  cursorAfter,
  cursorBefore,
  limit,
  orderAsc,
  orderDesc,
  page,
  parseQueries,
  type Query,
} from '../../src/lists';
import { createThings, db, fields, plans, rowsRead, run, thingsList } from './fixture';

/* A page of more than 25 rows is weighed in the statement that reads it, and comes whole or not at all. */

const telling = { ...thingsList, fields };

beforeAll(createThings);

/** Rows whose addresses take so many bytes each. */
async function things(count: number, bytes: number): Promise<void> {
  await env.DB.prepare('DELETE FROM things').run();
  await env.DB.prepare(
    `INSERT INTO things (id, owner, name, name_key, nick, mail, flag, created_at)
     SELECT 't' || value, 1, 'fox', 'fox', iif(value % 2, NULL, 'n' || value % 5), hex(zeroblob(?2 / 2)), 1, value
     FROM json_each(?1)`,
  )
    .bind(JSON.stringify([...Array(count).keys()]), bytes)
    .run();
}

/** How many rows there are in the page: they are too large to be shown. */
async function count(queries: Query[], search: string | undefined, source = thingsList): Promise<number> {
  return (await run({ queries, search }, source)).rows.length;
}

const random = parseQueries(['{"method":"orderRandom"}']);
const filtered = parseQueries(['startsWith("name", "fox")', 'equal("flag", true)']);

/** Every way in which a page is found. */
const pages: [string, Query[], search?: string][] = [
  ['in the order of insertion', []],
  ['in the order of an index', [orderAsc('name')]],
  ['in the order of an index with nulls, behind a cursor', [orderDesc('nick'), cursorAfter('t44')]],
  ['before a cursor', [cursorBefore('t49')]],
  ['in the order of no index', [orderAsc('score'), orderAsc('$createdAt')]],
  ['in a random order', random],
  ['of what filters leave', filtered],
  ['of what a search finds', [], 'fox'],
  ['of what a search finds, in another order, filtered', [...filtered, orderAsc('$createdAt')], 'fox'],
];

describe.each(pages)('A page %s', (_, queries, search) => {
  beforeAll(() => things(50, 250_000));

  test('of more than 10 MB is refused, and one row of it has left the database', async () => {
    const request = { queries: [...queries, limit(45)], search };
    await expect(run(request).then(({ rows }) => rows.length)).rejects.toMatchObject({
      type: 'general_argument_invalid',
      message:
        'Invalid `queries` param: this page is larger than 10 MB. Ask for fewer rows with `limit`, or for fewer fields with `select`.',
    });
    const list = page(db, thingsList, { ...request, total: false, defaultLimit: 1, maxLimit: 5000 });
    const [rows] = await db.batch(list.statements);
    expect(rows).toHaveLength(1);
  });

  test('is answered as far as 10 MB go', async () => {
    expect(await count([...queries, limit(35)], search)).toBe(35);
    expect(await count([...queries, limit(25)], search)).toBe(25);
  });

  test('counts only what it answers', async () => {
    const select = parseQueries(['select(["tags"])']);
    expect(await count([...queries, ...select, limit(45)], search, telling)).toBe(45);
  });

  test('is found once to be weighed and read, without a scan of its table', async () => {
    const [plan = ''] = await plans({ queries: [...queries, limit(45)], search });
    expect(plan.match(/MATERIALIZE list_(page|weight)/g)).toEqual([
      'MATERIALIZE list_page',
      'MATERIALIZE list_weight',
    ]);
    expect(plan).not.toMatch(/SCAN things(?!_search)/);
  });
});

test('The weight is what is read of the rows, and a kilobyte for each', async () => {
  await things(30, 5);
  await env.DB.prepare(
    `UPDATE things SET name = 'é', name_key = 'e', nick = NULL, mail = 'a@b', tags = '["é"]'`,
  ).run();
  const { rows } = await run({ queries: [limit(30)] });
  const [first] = rows;
  const octets = new TextEncoder().encode(`é e a@b ["é"]`).length - 3;
  const ids = rows.map(({ id }) => id.length).reduce((sum, length) => sum + length);
  expect(first).toMatchObject({ pageBytes: 30 * (1000 + octets) + ids });
});

test('An empty page weighs nothing', async () => {
  await things(0, 5);
  expect((await run({ queries: [limit(5000)] })).rows).toEqual([]);
});

test('A page of more than 25 rows reads as many times that, a smaller one no more than it has', async () => {
  await things(600, 5);
  const [small = 0] = await rowsRead({ queries: [limit(25)] });
  const [large = 0] = await rowsRead({ queries: [limit(500)] });
  expect(small).toBeLessThanOrEqual(26);
  expect(large).toBeLessThanOrEqual(9 * 500);
});
