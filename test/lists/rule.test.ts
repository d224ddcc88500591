import { beforeAll, describe, expect, test } from 'vitest';
import { counted } from '../support/countedD1';
import { fillLarge, LARGE } from '../support/largeDirectory';

/*
 * No call reads more than 50 rows for each that it answers, and 10,000, over a directory that is large, and uneven: half of
 * what is asked for is at its end, and some of it nowhere. What it is refused with instead says so.
 */

beforeAll(fillLarge, 120_000);

const json = (method: string, attribute: string, ...values: unknown[]) =>
  JSON.stringify({ method, attribute, values });
const moment = (of: number) => new Date(of * 60_000).toISOString();

const middle = LARGE / 2;
const filters = [
  json('equal', 'name', 'Person 4001'),
  json('startsWith', 'name', 'per'),
  json('contains', 'name', 'erson 42'),
  json('endsWith', 'email', '7777@example.com'),
  json('contains', 'email', 'example.com'),
  json('equal', 'email', 'user77@example.com'),
  json('isNull', 'email'),
  json('startsWith', 'phone', '+491'),
  json('isNull', 'phone'),
  json('equal', 'status', false),
  json('equal', 'status', true),
  json('equal', 'emailVerification', false),
  json('equal', 'phoneVerification', true),
  json('equal', 'impersonator', true),
  json('equal', 'mfa', true),
  json('contains', 'labels', 'rare'),
  json('contains', 'labels', 'vip'),
  json('notContains', 'labels', 'vip'),
  json('greaterThan', 'accessedAt', moment(middle)),
  json('isNotNull', 'accessedAt'),
  json('lessThan', 'passwordUpdate', moment(middle)),
  json('startsWith', '$id', 'user1'),
  json('contains', '$id', 'r1234'),
  json('greaterThan', '$createdAt', moment(LARGE - 10)),
  json('greaterThan', '$createdAt', moment(middle)),
  json('lessThan', 'registration', moment(middle)),
  json('greaterThan', '$updatedAt', moment(middle)),
  json('between', '$updatedAt', moment(middle), moment(middle + 3000)),
  json('greaterThan', '$sequence', middle),
  json('notEqual', 'name', 'x'),
  json('search', 'email', 'example.com'),
  json('notSearch', 'name', 'person'),
];
const attributes = [
  'name',
  'email',
  'phone',
  'status',
  'passwordUpdate',
  'registration',
  'emailVerification',
];
attributes.push(
  'phoneVerification',
  'impersonator',
  'mfa',
  'accessedAt',
  'labels',
  '$id',
  '$createdAt',
  '$updatedAt',
  '$sequence',
);
const orders = attributes.flatMap((name) => [json('orderAsc', name), json('orderDesc', name)]);
const searches = ['e', 'pe', 'person', 'person 42', 'user77@', 'nobody at all', 'label:vip'];

type Asked = readonly [queries: readonly string[], search?: string];

const pathOf = (list: string, [queries, search = '']: Asked) =>
  `${list}?${new URLSearchParams([
    ...queries.map((query) => ['queries[]', query]),
    ...(search === '' ? [] : [['search', search]]),
  ])}`;

/** Asks for all of them; says what broke the rule, and returns what was refused. */
async function checkAll(list: string, all: readonly Asked[]): Promise<string[]> {
  const broken: string[] = [];
  const refused: string[] = [];
  for (const asked of all) {
    const path = pathOf(list, asked);
    const { status, read, returned, message } = await counted(path);
    const what = `${decodeURIComponent(path)}: ${status}, ${read} read, ${returned} answered`;
    if (read > 10_000 + 50 * returned) broken.push(what);
    if (
      status === 400 &&
      /^Invalid `(queries|search)` param: .*in a directory of more than 100,000/i.test(message)
    ) {
      refused.push(asked.flat().join(' '));
    } else if (status !== 200) {
      broken.push(`${what} ${message}`);
    }
  }
  expect(broken).toEqual([]);
  return refused;
}

const pairs = (some: readonly string[], others: readonly string[]) =>
  some.flatMap((one) => others.map((other): Asked => [[one, other]]));
const searched = (queries: readonly string[]) =>
  searches.flatMap((search) => queries.map((query): Asked => [[query], search]));

const isOrder = /order(Asc|Desc)/;

describe('Of users in a large directory', () => {
  test('one filter, one order and one search alone are served, but an order by labels', async () => {
    const alone = [...filters, ...orders].map((query): Asked => [[query]]);
    const refused = await checkAll('/users', [...alone, ...searches.map((search): Asked => [[], search])]);
    expect(refused).toEqual([json('orderAsc', 'labels'), json('orderDesc', 'labels')]);
  });

  test('a filter with another one keeps to the rule, and seven of eight are served', async () => {
    const all = filters.flatMap((one, index) => pairs([one], filters.slice(index + 1)));
    expect((await checkAll('/users', all)).length).toBeLessThan(all.length / 8);
  }, 120_000);

  test('a filter in an order keeps to the rule, and nine of ten are served but by what has no index of its own', async () => {
    const refused = await checkAll('/users', pairs(filters, orders));
    const ofTheirOwn =
      /"(status|\w+Verification|impersonator|mfa|labels|phone|passwordUpdate)","values":\[\]\}$/;
    const others = refused.filter((asked) => !ofTheirOwn.test(asked));
    expect(others.length).toBeLessThan((filters.length * orders.length) / 10);
  }, 120_000);

  test('a search in an order keeps to the rule', async () => {
    expect((await checkAll('/users', searched(orders))).every((asked) => isOrder.test(asked))).toBe(true);
  }, 120_000);

  test('a search with a filter keeps to the rule, and four of five are served', async () => {
    const all = searched(filters);
    expect((await checkAll('/users', all)).length).toBeLessThan(all.length / 5);
  }, 120_000);

  test('a page at a cursor in any order keeps to the rule, and so do two orders', async () => {
    const places = ['user1', 'user55001', `user${LARGE}`].flatMap((id) => [
      json('cursorAfter', '', id),
      json('cursorBefore', '', id),
    ]);
    const refused = await checkAll('/users', pairs(orders, places));
    expect(refused.every((asked) => asked.includes('"labels"'))).toBe(true);
    const two = orders.flatMap((one) => orders.map((other): Asked => [[one, other, places[2] ?? '']]));
    expect((await checkAll('/users', two)).length).toBeLessThan(two.length / 2);
  }, 120_000);

  test('large pages and far offsets keep to the rule', async () => {
    const sizes = [json('limit', '', 0), json('limit', '', 1), json('limit', '', 1000)];
    sizes.push(
      json('limit', '', 5000),
      json('offset', '', 200),
      json('offset', '', 5000),
      json('offset', '', 50_000),
    );
    await checkAll('/users', pairs([...filters, ...orders.slice(0, 12), json('orderRandom', '')], sizes));
    await checkAll('/users', searched(sizes));
  }, 120_000);

  test('an offset of more than 5,000 is refused, and named', async () => {
    const { status, message } = await counted(
      pathOf('/users', [[json('limit', '', 1), json('offset', '', 5001)]]),
    );
    expect([status, message]).toEqual([
      400,
      'Invalid `queries` param: Invalid query: Invalid offset: Value must be at most 5,000 in a directory of more than 100,000 users. Use a cursor. (queries[1]: offset)',
    ]);
    expect(await counted(pathOf('/users', [[json('offset', '', 5000)]]))).toMatchObject({
      status: 200,
      returned: 25,
    });
  });

  test('an order that no index has is refused, and named', async () => {
    const { status, message } = await counted(pathOf('/users', [[json('orderAsc', 'labels')]]));
    expect([status, message]).toEqual([
      400,
      'Invalid `queries` param: Invalid query: In a directory of more than 100,000 users too few of the rows in this order fulfil the filters to be found. Order by an attribute that is filtered, add a filter that few rows fulfil (such as an exact value), ask for fewer rows, or drop the order by "labels". (queries[0]: orderAsc("labels"))',
    ]);
  });

  test('a random order is a sample', async () => {
    const path = pathOf('/users', [[json('orderRandom', ''), json('limit', '', 100)]]);
    const answers = await Promise.all([counted(path), counted(path)]);
    for (const { returned, read } of answers) {
      expect(returned).toBe(100);
      expect(read).toBeLessThan(2500);
    }
  });

  test('what a sync job asks is answered', async () => {
    for (const attribute of ['$createdAt', '$updatedAt', '$sequence']) {
      const value = attribute === '$sequence' ? middle : moment(middle);
      for (const order of [[], [json('orderAsc', attribute)], [json('orderDesc', attribute)]]) {
        const path = pathOf('/users', [[json('greaterThan', attribute, value), ...order]]);
        expect(await counted(path)).toMatchObject({ status: 200, returned: 25, total: 5000 });
      }
    }
  });
});

describe('Of other lists in a large directory', () => {
  const times = ['$createdAt', '$updatedAt'];
  const ordered = (names: readonly string[]) =>
    names.flatMap((name) => [json('orderAsc', name), json('orderDesc', name)]);

  test.each<[string, string[], string[], string[]]>([
    [
      '/teams',
      [
        json('equal', 'total', 0),
        json('startsWith', 'name', 'team'),
        json('contains', 'name', 'eam 4'),
        json('greaterThan', '$createdAt', moment(60_000)),
        json('notEqual', 'name', 'x'),
      ],
      ordered(['name', 'total', '$id', ...times]),
      ['team', 'nobody', 't'],
    ],
    [
      '/users/identities',
      [
        json('equal', 'userId', 'user77'),
        json('equal', 'provider', 'github'),
        json('contains', 'providerEmail', 'example'),
        json('endsWith', 'providerUid', '77'),
        json('isNull', 'providerAccessTokenExpiry'),
      ],
      ordered([
        'userId',
        'provider',
        'providerUid',
        'providerEmail',
        'providerAccessTokenExpiry',
        '$id',
        ...times,
      ]),
      ['git', 'nobody', 'u'],
    ],
    [
      '/teams/large/memberships',
      [
        json('equal', 'userId', 'user77'),
        json('equal', 'confirm', true),
        json('contains', 'roles', 'owner'),
        json('greaterThan', 'joined', moment(6000)),
        json('isNull', 'joined'),
      ],
      ordered(['userId', 'teamId', 'invited', 'joined', 'confirm', 'roles', '$id', ...times]),
      ['member', 'nobody', 'm', 'user77'],
    ],
    [
      '/users/user1/targets',
      [
        json('equal', 'identifier', 'token77'),
        json('equal', 'providerType', 'push'),
        json('contains', 'identifier', 'token'),
        json('isNull', 'providerId'),
      ],
      ordered(['userId', 'providerId', 'identifier', 'providerType', '$id', ...times]),
      [],
    ],
    [
      '/webhooks/large/deliveries',
      [
        json('equal', 'state', 'failed'),
        json('equal', 'state', 'delivered'),
        json('equal', 'event', 'users.u77.create'),
        json('greaterThan', 'tries', 3),
        json('greaterThan', '$createdAt', moment(100_000)),
        json('lessThan', '$sequence', 50_000),
      ],
      ordered(['event', 'state', 'tries', 'status', '$createdAt', '$sequence']),
      [],
    ],
    [
      '/project/keys',
      [
        json('equal', 'name', 'key 77'),
        json('contains', 'scopes', 'users.read'),
        json('isNull', 'expire'),
        json('contains', 'sdks', 'x'),
      ],
      ordered(['name', 'expire', 'accessedAt', 'scopes', 'sdks', '$id', ...times]),
      [],
    ],
  ])(
    '%s keeps to the rule',
    async (list, filters, orders, searches) => {
      const all: Asked[] = [...filters, ...orders].map((query): Asked => [[query]]);
      all.push(...pairs(filters, filters), ...pairs(filters, orders));
      for (const search of searches) {
        all.push([[], search], ...[...filters, ...orders].map((query): Asked => [[query], search]));
      }
      await checkAll(list, all);
      await checkAll(list, [
        [[json('limit', '', 1000)]],
        [[json('offset', '', 5000)]],
        [[json('offset', '', 50_000)]],
      ]);
    },
    120_000,
  );

  test.each(['/users/user1/logs', '/teams/large/logs'])('%s keeps to the rule', async (list) => {
    await checkAll(list, [
      [[]],
      [[json('limit', '', 1000)]],
      [[json('offset', '', 5000)]],
      [[json('offset', '', 9000)]],
    ]);
  });

  test('the sessions of a user with thousands keep to the rule', async () => {
    expect(await checkAll('/users/user1/sessions', [[[]]])).toEqual([]);
  });
});
