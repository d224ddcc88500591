import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { cursorAfter, cursorBefore, limit, orderAsc, orderDesc, type Query } from '../../src/lists';
import { asJson, asString } from '../lists/arbitrary';
import { expectedBy } from '../lists/reference';
import { api, CLASSIC } from '../support/api';
import { stopClock } from '../support/clock';
import { isFound, makePeople, type Person, querySetFor, reading, term } from '../users/people';

/* GET /users held against plain JavaScript over the same users, through the whole Worker. */

stopClock();

let people: Person[] = [];

beforeAll(async () => {
  people = await makePeople();
});

type Syntax = 'json' | 'string';
type Naming = 'queries[]' | 'queries[index]';

interface Asked {
  readonly search: string;
  readonly syntax: Syntax;
  readonly naming: Naming;
  readonly headers: Readonly<Record<string, string>>;
}

const asked: fc.Arbitrary<Asked> = fc.record({
  search: fc.oneof({ weight: 3, arbitrary: fc.constant('') }, { weight: 1, arbitrary: term }),
  syntax: fc.constantFrom<Syntax>('json', 'string'),
  naming: fc.constantFrom<Naming>('queries[]', 'queries[index]'),
  headers: fc.constantFrom({}, CLASSIC, { 'x-appwrite-response-format': '1.4.0' }),
});

async function list(queries: readonly Query[], { search, syntax, naming, headers }: Asked, total = true) {
  const pairs = queries.map((query, index) => [
    naming.replace('index', String(index)),
    (syntax === 'string' ? asString(query) : undefined) ?? asJson(query),
  ]);
  if (search !== '') pairs.push(['search', search]);
  if (!total) pairs.push(['total', 'false']);
  const { status, text, body } = await api(`GET /users?${new URLSearchParams(pairs)}`, { headers });
  expect(status, text).toBe(200);
  const ids: string[] = body.users.map(({ $id }: Person) => $id);
  return { ids, total: body.total };
}

const idsOf = (list: readonly Person[]) => list.map(({ $id }) => $id);

test('any queries and search give the users that plain JavaScript gives, at every page size, in both directions', async () => {
  await fc.assert(
    fc.asyncProperty(querySetFor(people), asked, async (queries, how) => {
      const want = idsOf(
        expectedBy(
          reading,
          people.filter((person) => isFound(person, how.search)),
          queries,
        ),
      );
      expect(await list(queries, how)).toEqual({ ids: want, total: want.length });
      for (const size of want.keys()) {
        expect(await walk(queries, how, size + 1, want)).toEqual(want);
        expect(await walkBack(queries, how, size + 1, want)).toEqual(want);
      }
    }),
    { numRuns: 60 },
  );
}, 120_000);

async function walk(queries: readonly Query[], how: Asked, size: number, want: readonly string[]) {
  const ids: string[] = [];
  for (let full = true; full; ) {
    const last = ids.at(-1);
    const place = last === undefined ? [] : [cursorAfter(last)];
    const page = await list([...queries, ...place, limit(size)], how, false);
    ids.push(...page.ids);
    full = page.ids.length === size;
    expect(ids.length).toBeLessThanOrEqual(want.length);
  }
  return ids;
}

/** `cursorBefore` of the last user gives all but that one, so the way back begins behind it. */
async function walkBack(queries: readonly Query[], how: Asked, size: number, want: readonly string[]) {
  const ids = want.slice(-1);
  for (let full = true; full; ) {
    const page = await list([...queries, cursorBefore(ids[0] ?? ''), limit(size)], how, false);
    ids.unshift(...page.ids);
    full = page.ids.length === size;
    expect(ids.length).toBeLessThanOrEqual(want.length);
  }
  return ids;
}

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

test('the parameters of 0.15 give the users that plain JavaScript gives', async () => {
  const parameters = fc.record({
    search: maybe(term),
    limit: maybe(fc.nat(10)),
    offset: maybe(fc.nat(4)),
    cursor: maybe(fc.constantFrom(...idsOf(people))),
    cursorDirection: maybe(fc.constantFrom('after', 'before')),
    orderType: maybe(fc.constantFrom('ASC', 'DESC')),
  });
  await fc.assert(
    fc.asyncProperty(parameters, fc.constantFrom({}, CLASSIC), async (given, headers) => {
      const pairs = Object.entries(given).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, String(value)]],
      );
      const order = given.orderType === 'DESC' ? orderDesc() : orderAsc();
      const whole = expectedBy(reading, people, [order]);
      const found = new Set(people.filter((person) => isFound(person, given.search ?? '')));
      const { body } = await api(`GET /users?${new URLSearchParams(pairs)}`, { headers });
      expect({ total: body.total, ids: body.users.map(({ $id }: Person) => $id) }).toEqual({
        total: found.size,
        ids: idsOf(cut(whole, found, given)),
      });
    }),
    { numRuns: 200 },
  );
}, 60_000);

interface Page {
  readonly limit: number | undefined;
  readonly offset: number | undefined;
  readonly cursor: string | undefined;
  readonly cursorDirection: string | undefined;
}

/** The page of those found; the cursor may be somebody that the search leaves out. */
function cut(whole: readonly Person[], found: ReadonlySet<Person>, page: Page): Person[] {
  const { limit: size = 25, offset: skipped = 0, cursor, cursorDirection } = page;
  const at = whole.findIndex(({ $id }) => $id === cursor);
  const kept = (list: readonly Person[]) => list.filter((person) => found.has(person));
  if (cursor === undefined || cursorDirection !== 'before')
    return kept(whole.slice(at + 1)).slice(skipped, skipped + size);
  const nearest = kept(whole.slice(0, at)).reverse();
  return nearest.slice(skipped, skipped + size).reverse();
}
