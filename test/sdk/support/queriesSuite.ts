import { beforeAll, describe, expect, test } from 'vitest';
import { folded } from '../../lists/found';
import type { Sdk } from './generation';
import { listPeople, makePeople, type Person } from './people';
import { filterCases, refusedCases } from './queryCases';

/** What is neither a filter nor refused, and has tests of its own below. */
const others = [
  'orderAsc',
  'orderDesc',
  'orderRandom',
  'cursorAfter',
  'cursorBefore',
  'limit',
  'offset',
  'select',
  'or',
  'and',
];

/** Tests every method that the SDK's class `Query` has, found by reflection, against plain JavaScript. */
export function describeQueries(sdk: Sdk): void {
  describe('Queries', () => {
    let people: Person[] = [];

    beforeAll(async () => {
      people = await makePeople(sdk);
    });

    const has = (name: string) => sdk.queries.has(name);
    const query = (name: string, ...parameters: readonly unknown[]): string => {
      const make = sdk.queries.get(name);
      if (make === undefined) throw new Error(`There is no Query.${name}`);
      return make(...parameters);
    };
    const ids = async (...queries: readonly string[]) =>
      (await listPeople(sdk, queries)).users.map(({ $id }) => $id);
    const idsOf = (list: readonly Person[]) => list.map(({ $id }) => $id);

    test('of every method of the class Query are driven', () => {
      const driven = [...Object.keys(filterCases), ...Object.keys(refusedCases), ...others];
      expect([...sdk.queries.keys()].filter((name) => !driven.includes(name))).toEqual([]);
    });

    const filters = Object.entries(filterCases).flatMap(([name, cases]) =>
      has(name) ? cases.map((one, index) => [name, index, ...one] as const) : [],
    );
    test.each(filters)('%s (%i) keeps what plain JavaScript keeps', async (name, _, parameters, keeps) => {
      const wanted = people.filter((person) => keeps(person, people));
      const { total, users } = await listPeople(sdk, [query(name, ...parameters(people))]);
      expect([total, users]).toEqual([wanted.length, wanted]);
      expect(wanted.length, 'a case that can fail').toBeLessThan(people.length);
    });

    test.each(['name', 'email', 'status', '$createdAt', '$id', ''])(
      'order by "%s" at every page size, in both directions',
      async (attribute) => {
        for (const [order, wanted] of [
          [query('orderAsc', attribute), idsOf(sorted(people, [[attribute, 1]]))],
          [query('orderDesc', attribute), idsOf(sorted(people, [[attribute, -1]]))],
        ] as const) {
          expect(await ids(order)).toEqual(wanted);
          for (const size of wanted.keys()) {
            const limit = query('limit', size + 1);
            const middle = wanted[size] ?? '';
            const after = wanted.slice(size + 1, 2 * size + 2);
            const before = wanted.slice(0, size);
            expect(await ids(order, limit, query('cursorAfter', middle))).toEqual(after);
            expect(await ids(order, limit, query('cursorBefore', middle))).toEqual(before);
            expect(await ids(order, limit, query('offset', size))).toEqual(wanted.slice(size, 2 * size + 1));
          }
        }
      },
    );

    test('order by two attributes, and filter at once', async () => {
      const active = people.filter(({ status }) => status);
      const wanted = sorted(active, [
        ['emailVerification', -1],
        ['name', 1],
      ]);
      const orders = [query('orderDesc', 'emailVerification'), query('orderAsc', 'name')];
      expect(await ids(query('equal', 'status', true), ...orders)).toEqual(idsOf(wanted));
    });

    test('may be empty pages, which tell the total', async () => {
      expect(await listPeople(sdk, [query('limit', 0)])).toEqual({ total: people.length, users: [] });
    });

    if (has('orderRandom')) {
      test('in random order hold everybody once', async () => {
        expect((await ids(query('orderRandom'))).sort()).toEqual(idsOf(people).sort());
      });
    }

    if (has('select')) {
      test('that select answer those fields and the ID', async () => {
        const wanted = people.map(({ $id, name, email }) => ({ $id, name, email }));
        const select = {
          search: people[0]?.email.split('@')[1],
          queries: [query('select', ['name', 'email'])],
        };
        expect(await sdk.call('list', select)).toEqual({ total: people.length, users: wanted });
      });
    }

    if (has('or')) {
      test('join filters by or and and', async () => {
        const ada = query('equal', 'name', ['Ada', 'ada']);
        const blocked = query('equal', 'status', false);
        const bo = query('startsWith', 'name', 'Bo');
        const wanted = people.filter(
          ({ name, status }) => name.startsWith('Bo') || (['Ada', 'ada'].includes(name) && !status),
        );
        expect(await ids(query('or', [bo, query('and', [ada, blocked])]))).toEqual(idsOf(wanted));
      });
    }

    const refused = Object.entries(refusedCases).flatMap(([name, one]) =>
      has(name) ? [[name, ...one] as const] : [],
    );
    if (refused.length > 0) {
      test.each(refused)('of %s are refused, and told why', async (name, parameters, why) => {
        const queries = [query('limit', 1), query(name, ...parameters)];
        const { message, ...rest } = await sdk.refusal('list', { queries });
        expect(rest).toEqual({ code: 400, type: 'general_argument_invalid' });
        expect(message.startsWith(`Invalid \`queries\` param: Invalid query: ${why} (queries[1]: `)).toBe(
          true,
        );
      });
    }

    test('that no list can answer are refused, and told why', async () => {
      const wrong = [
        [
          query('equal', 'nonsense', 'x'),
          'Attribute not found in schema: nonsense (queries[0]: equal("nonsense"))',
        ],
        [
          query('equal', 'status', 'yes'),
          'Query value is invalid for attribute "status", which takes true or false. (queries[0]: equal("status"))',
        ],
        [
          query('limit', 5001),
          'Invalid limit: Value must be a valid range between 0 and 5,000 (queries[0]: limit)',
        ],
      ];
      for (const [text = '', why] of wrong) {
        expect(await sdk.refusal('list', { queries: [text] })).toEqual({
          code: 400,
          type: 'general_argument_invalid',
          message: `Invalid \`queries\` param: Invalid query: ${why}`,
        });
      }
      expect(await sdk.refusal('list', { queries: [query('cursorAfter', 'nobody')] })).toEqual({
        code: 400,
        type: 'general_cursor_not_found',
        message: "User 'nobody' for the 'cursor' value not found.",
      });
    });
  });
}

type Order = readonly [attribute: string, direction: 1 | -1];

/** Sorted by attributes and then by insertion, in the direction of the last one; text by code points, as ASCII is. */
function sorted(people: readonly Person[], orders: readonly Order[]): Person[] {
  // Their IDs end in the order of insertion.
  const [, last = 1] = orders.at(-1) ?? [];
  return people.toSorted((a, b) => {
    for (const [attribute, direction] of [...orders, ['$id', last] as const]) {
      const [left, right] = [comparable(a, attribute), comparable(b, attribute)];
      if (left !== right) return left < right ? -direction : direction;
    }
    return 0;
  });
}

/** False before true, as SQL has it; names whatever their case and accents. */
function comparable(person: Person, attribute: string): string {
  const value = person[attribute];
  if (attribute === 'name') return folded(String(value));
  return String(typeof value === 'boolean' ? Number(value) : value);
}
