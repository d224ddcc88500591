import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { cursorAfter, orderAsc, orderDesc, parseQueries, type Query } from '../../src/lists';
import { type Condition, type Filter, type FilterMethod, filterMethods } from '../../src/lists/query';
import { condition, order } from './arbitrary';
import { attributes, createThings, fill, run, thing, things, thingsList } from './fixture';
import { expected } from './reference';

/* What D1 refuses: 100 parameters, expressions 100 deep, 100 kB of SQL. No query may get there. */

beforeAll(createThings);

const all = Object.keys(attributes).filter((name) => !name.startsWith('$'));
const everyOrder = [...all.map((name) => orderAsc(name)), orderDesc('$createdAt')];

/** Orders that are served in different ways, each in a small page and in one that is weighed. */
const everyPage = [[], [orderAsc('nick')], [orderDesc('name')], everyOrder].flatMap((orders) =>
  [25, 26].map((limit) => [orders, limit] as const),
);

const valueCounts: Partial<Record<FilterMethod, number>> = {
  isNull: 0,
  isNotNull: 0,
  between: 2,
  notBetween: 2,
};

/** How many filters of a kind a list takes. */
const most = (method: FilterMethod) => (/search/i.test(method) ? 5 : 100);

test.each(filterMethods.map((method) => [most(method), method] as const))(
  '%d queries of %s, with a cursor, a search and every order, are answered',
  async (count, method) => {
    const rows = await fill([
      thing('fox 1', { id: 'a', nick: 'fox' }),
      thing('fox 2', { id: 'b', nick: 'ox' }),
      thing('fox 3', { id: 'c' }),
    ]);
    const values = Array(valueCounts[method] ?? 1).fill('fox'.repeat(20));
    const queries: Filter[] = Array(count).fill({ method, attribute: 'nick', values });
    const want = expected(rows, queries);
    for (const [orders, defaultLimit] of everyPage) {
      const request = { queries: [...queries, ...orders], search: 'fo', defaultLimit };
      const sorted = expected(rows, request.queries).map(({ id }) => id);
      expect((await run(request)).rows.map(({ id }) => id)).toEqual(sorted);
      const { total } = await run({ ...request, queries: [...request.queries, cursorAfter('a')] });
      expect(total).toBe(want.length);
    }
  },
);

test('a hundred filters within one another are answered as plain JavaScript answers them', async () => {
  const some = fc.array(condition, { minLength: 5, maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(some, fc.array(order, { maxLength: 12 }), async (conditions, orders) => {
      const rows = await fill([
        thing('a', { id: 'thing0', nick: 'Ab', mail: 'a', score: 0, seenAt: 0, tags: ['a'] }),
        thing('', { id: 'thing1' }),
        thing('💩"', { id: 'thing2', nick: '%', mail: '\0', score: 2, seenAt: -1000, tags: [] }),
      ]);
      const queries: Query[] = [{ method: 'or', conditions }, ...orders];
      fc.pre(weigh(queries[0]) <= 100);
      expect((await run({ queries })).rows).toEqual(expected(rows, queries));
    }),
    { numRuns: 60 },
  );
}, 60_000);

/** What the limit of a hundred filters counts a condition as. */
function weigh(query: Query | undefined): number {
  if (query && 'conditions' in query) return query.conditions.reduce((sum, part) => sum + weigh(part), 0);
  if (!query || !('values' in query)) return 1;
  if (/search/i.test(query.method)) return 20;
  if (!/contains/i.test(query.method)) return 1;
  return query.attribute === 'tags' ? 5 : query.values.length;
}

/** The start of the message, and the query that it names. */
async function tooMany(queries: readonly Query[]): Promise<string | undefined> {
  const refused = await run({ queries }).then(
    () => undefined,
    (error: unknown) => String(error),
  );
  return refused?.replace(/^.*(A list takes at most 100 filters in all);.*( \(.*\))$/, '$1$2');
}

test('more than a hundred filters are refused', async () => {
  const filter = { method: 'isNull', attribute: 'nick', values: [] } as const;
  const queries = [...Array(51).fill(filter), { method: 'or', conditions: Array(50).fill(filter) }] as const;
  expect(await tooMany(queries)).toBe('A list takes at most 100 filters in all (queries[51]: or)');
  expect(await tooMany(queries.slice(1))).toBeUndefined();
});

test.each(['contains', 'containsAny', 'containsAll', 'notContains'] as const)(
  'each text that %s looks for in a text is one of the hundred, and the list of an array five, however many it holds',
  async (method) => {
    const seek = (attribute: string, count: number): Query[] => [
      { method, attribute, values: Array.from({ length: count }, (_, index) => `fox ${index}`) },
    ];
    expect(await tooMany(seek('name', 100))).toBeUndefined();
    expect(await tooMany(seek('name', 101))).toBe(
      `A list takes at most 100 filters in all (queries[0]: ${method}("name"))`,
    );
    expect(await tooMany(Array(20).fill(seek('tags', 3000)).flat())).toBeUndefined();
    expect(await tooMany(Array(21).fill(seek('tags', 1)).flat())).toBe(
      `A list takes at most 100 filters in all (queries[20]: ${method}("tags"))`,
    );
  },
);

test.each(['search', 'notSearch'] as const)(
  '%s is twenty of the hundred, wherever it stands',
  async (method) => {
    const one: Filter = { method, attribute: 'name', values: ['fox'] };
    const nested: Query = { method: 'or', conditions: [one, one] };
    expect(await tooMany([one, nested, nested])).toBeUndefined();
    expect(await tooMany([nested, nested, one, one])).toBe(
      `A list takes at most 100 filters in all (queries[3]: ${method}("name"))`,
    );
  },
);

test('the longest values there are, nested as deep as may be, are answered', async () => {
  const longest: Condition = { method: 'contains', attribute: 'name', values: ['💩"'.repeat(1900)] };
  let deep: Condition = { ...longest, method: 'endsWith' };
  for (let depth = 0; depth < 8; depth++)
    deep = { method: depth % 2 ? 'and' : 'or', conditions: [longest, deep] };
  expect((await run({ queries: [deep, deep, orderAsc('nick')] })).rows).toEqual([]);
});

test('the most values that are parameters of their own fit, with a scope, a search and every order', async () => {
  await fill([thing('fox', { id: 'a', nick: 'fox' })]);
  const queries = parseQueries(Array(10).fill('between("nick", "a", "z")'));
  const scoped = { ...thingsList, where: sql`(${things.owner} = ${1} AND ${things.flag} = ${1})` };
  for (const [orders, defaultLimit] of everyPage) {
    const request = { queries: [...queries, ...orders, cursorAfter('a')], search: 'fo', defaultLimit };
    expect((await run(request, scoped)).rows).toEqual([]);
  }
});
