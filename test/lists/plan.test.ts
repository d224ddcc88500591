import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  cursorAfter,
  cursorBefore,
  limit,
  orderAsc,
  orderDesc,
  parseQueries,
  type Query,
} from '../../src/lists';
import { createThings, fill, plans, rowsRead, thing, things, thingsList } from './fixture';

beforeAll(async () => {
  await createThings();
  await fill(
    Array.from({ length: 600 }, (_, index) =>
      // Half of the rows share one name, and half have no nick.
      thing(index % 2 ? '' : `name ${index % 100}`, {
        id: `t${index}`,
        nick: index % 2 ? null : `nick ${index}`,
        owner: index % 3,
      }),
    ),
  );
});

/** A scan of the table itself; of the full-text index, of JSON and of sub-queries' results there may be scans. */
const fullScan = /SCAN things(?!_search)/;

const page = [limit(10)];

describe('no list scans its table', () => {
  test.each<[string, Query[], string?]>([
    ['the default page', page],
    ['a page behind a cursor', [...page, cursorAfter('t300')]],
    ['a page before a cursor', [...page, cursorBefore('t300')]],
    ['an order by an index', [...page, orderAsc('name')]],
    ['an order by an index, descending', [...page, orderDesc('name')]],
    ['an order by an index, behind a cursor', [...page, orderAsc('name'), cursorAfter('t300')]],
    ['an order by an index, before a cursor', [...page, orderDesc('name'), cursorBefore('t301')]],
    ['an order by an index with nulls', [...page, orderAsc('nick')]],
    ['an order by an index with nulls, behind a cursor', [...page, orderDesc('nick'), cursorAfter('t301')]],
    ['an order by an index with nulls, before a cursor', [...page, orderDesc('nick'), cursorBefore('t300')]],
    ['an order by two attributes', [...page, orderAsc('nick'), orderDesc('name'), cursorAfter('t300')]],
    ['an order by no index', [...page, orderAsc('score'), cursorAfter('t300')]],
    ['a random order', [...page, ...parseQueries(['{"method":"orderRandom"}'])]],
    ['a search', page, 'name 2'],
    ['a search of two characters', page, 'e 2'],
    ['a search behind a cursor', [...page, cursorAfter('t300')], 'name 2'],
    ['a search with a filter', [...page, ...parseQueries(['equal("flag", [true])'])], 'name 2'],
    ['a search in another order', [...page, orderAsc('name')], 'name 2'],
    ['a filter by an index', [...page, ...parseQueries(['equal("name", ["name 2", "name 4"])'])]],
    ['a filter by no index', [...page, ...parseQueries(['contains("mail", ["a"])', 'isNull("score")'])]],
  ])('%s', async (_, queries, search) => {
    const [rows, facts] = await plans({ queries, search });
    expect(rows).not.toMatch(fullScan);
    expect(facts).not.toMatch(fullScan);
  });
});

describe('an index serves', () => {
  const planOf = async (...queries: Query[]) => (await plans({ queries }))[0];

  test('equal and startsWith', async () => {
    expect(await planOf(...parseQueries(['equal("nick", ["nick 2"])']))).toContain('things_by_nick (nick=?');
    expect(await planOf(...parseQueries(['equal("nick", ["nick 2", "nick 4"])']))).toContain(
      'things_by_nick (nick=?',
    );
    expect(await planOf(...parseQueries(['startsWith("nick", "nick 2")']))).toContain(
      'things_by_nick (nick>? AND nick<?)',
    );
    expect(await planOf(...parseQueries(['between("nick", "a", "b")']))).toContain(
      'things_by_nick (nick>? AND nick<?)',
    );
  });

  test.each(['contains', 'containsAny', 'containsAll', 'notContains'])(
    'the values of %s: they are sorted once, not for every row',
    async (method) => {
      const values = JSON.stringify(Array.from({ length: 640 }, (_, index) => index.toString(36)));
      const filter = `{"method":"${method}","attribute":"tags","values":${values}}`;
      for (const queries of [[filter], Array(20).fill(filter)]) {
        const [rows, facts] = await plans({ queries: parseQueries(queries) });
        for (const plan of [rows, facts]) {
          expect(plan).toMatch(/^LIST SUBQUERY/m);
          expect(plan).not.toMatch(/CORRELATED LIST SUBQUERY/);
        }
      }
    },
  );

  test('the default order of a list that is part of a table', async () => {
    const [rows] = await plans(
      { queries: [cursorAfter('t300')] },
      { ...thingsList, where: sql`${things.owner} = 2` },
    );
    expect(rows).toContain('things_by_owner (owner=? AND seq>?)');
    expect(rows).not.toContain('TEMP B-TREE');
  });
});

describe('a page reads about as many rows as it has, wherever it is', () => {
  test.each<[string, Query[]]>([
    ['at the start', page],
    ['in the middle', [...page, cursorAfter('t300')]],
    ['at the end, from behind', [...page, cursorBefore('t599')]],
    ['by name', [...page, orderAsc('name')]],
    ['by name, amid a name that half of the rows have', [...page, orderAsc('name'), cursorAfter('t401')]],
    ['by name, amid that name, from behind', [...page, orderDesc('name'), cursorBefore('t401')]],
    ['by nick, from values to nulls', [...page, orderDesc('nick'), cursorAfter('t0')]],
    ['by nick and score', [...page, orderAsc('nick'), orderDesc('score'), cursorAfter('t300')]],
    ['by nick, amid the nulls', [...page, orderDesc('nick'), cursorAfter('t301')]],
    ['by nick, from nulls to values', [...page, orderAsc('nick'), cursorAfter('t599')]],
    ['by nick, amid the values, from behind', [...page, orderAsc('nick'), cursorBefore('t300')]],
  ])('%s', async (_, queries) => {
    const [rows = 0, facts = 0] = await rowsRead({ queries });
    // A page of 10, what an index passes beside it, and the cursor's look-ups; a scan or a sort would read all 600.
    expect(rows).toBeLessThan(100);
    expect(facts).toBeLessThanOrEqual(2);
  });
});
