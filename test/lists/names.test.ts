import { beforeAll, describe, expect, test } from 'vitest';
import { api } from '../support/api';

/* Names are compared and sorted whatever their case and accents, in every list that has them. */

const NAMES = [
  'Zoe\u0308',
  'ada',
  'ÁDÁM',
  'Bob',
  'ÉMILE',
  'emile',
  'Ökotopia',
  'Straße',
  'Στίγμας',
  'ΣΤΙΓΜΑΣ',
  'Ada',
];

/** By key and then by creation; `ö` is an `o`, `ß` is a letter of its own, and Greek comes behind Latin. */
const SORTED = [
  'ada',
  'Ada',
  'ÁDÁM',
  'Bob',
  'ÉMILE',
  'emile',
  'Ökotopia',
  'Straße',
  'Zoe\u0308',
  'Στίγμας',
  'ΣΤΙΓΜΑΣ',
];

const lists = [
  ['users', 'POST /users', (name: string, id: string) => ({ userId: id, name })],
  ['teams', 'POST /teams', (name: string, id: string) => ({ teamId: id, name })],
  ['project/keys', 'POST /project/keys', (name: string, id: string) => ({ keyId: id, name, scopes: [] })],
] as const;

describe.each(lists)('In /%s', (path, create, bodyOf) => {
  beforeAll(async () => {
    for (const [index, name] of NAMES.entries()) {
      const { status } = await api(create, { body: bodyOf(name, `n${index}`) });
      expect(status).toBe(201);
    }
  });

  async function names(...queries: object[]): Promise<string[]> {
    const pairs = queries.map((query) => ['queries[]', JSON.stringify(query)]);
    const { status, body, text } = await api(`GET /${path}?${new URLSearchParams(pairs)}`);
    expect(status, text).toBe(200);
    const [list] = Object.values<{ name: string }[]>(body).filter(Array.isArray);
    expect(body.total).toBe(
      queries.some((query) => 'values' in query && 'attribute' in query) ? list?.length : NAMES.length,
    );
    return (list ?? []).map(({ name }) => name);
  }

  const query = (method: string, ...values: string[]) => ({ method, attribute: 'name', values });

  test('an order by name does not see case and accents, and goes on by creation', async () => {
    expect(await names({ method: 'orderAsc', attribute: 'name' })).toEqual(SORTED);
    expect(await names({ method: 'orderDesc', attribute: 'name' })).toEqual(SORTED.toReversed());
  });

  test('pages in that order go on both ways', async () => {
    for (const [at, name] of SORTED.entries()) {
      const cursor = (method: string) => ({ method, values: [`n${NAMES.indexOf(name)}`] });
      const order = { method: 'orderAsc', attribute: 'name' };
      const size = { method: 'limit', values: [3] };
      expect(await names(order, cursor('cursorAfter'), size)).toEqual(SORTED.slice(at + 1, at + 4));
      expect(await names(order, cursor('cursorBefore'), size)).toEqual(SORTED.slice(Math.max(0, at - 3), at));
    }
  });

  test.each([
    [query('equal', 'ADA'), ['ada', 'Ada']],
    [query('equal', 'zoë', 'b\u00f3b'), ['Zoe\u0308', 'Bob']],
    [query('equal', 'E\u0301mile'), ['ÉMILE', 'emile']],
    [query('equal', 'στιγμας'), ['Στίγμας', 'ΣΤΙΓΜΑΣ']],
    [query('equal', 'strasse'), []],
    [query('notEqual', 'émile'), NAMES.filter((name) => !/emile/i.test(name) && name !== 'ÉMILE')],
    [query('lessThan', 'ÁDAM'), ['ada', 'Ada']],
    [query('greaterThanEqual', 'ZOE'), ['Zoe\u0308', 'Στίγμας', 'ΣΤΙΓΜΑΣ']],
    [query('between', 'B', 'Ö'), ['Bob', 'ÉMILE', 'emile']],
    [query('notBetween', 'AE', 'Zz'), ['ada', 'ÁDÁM', 'Στίγμας', 'ΣΤΙΓΜΑΣ', 'Ada']],
    [query('startsWith', 'Ád'), ['ada', 'ÁDÁM', 'Ada']],
    [query('notStartsWith', 'e'), NAMES.filter((name) => !/^[eÉ]/i.test(name))],
    [query('endsWith', 'ILÉ'), ['ÉMILE', 'emile']],
    [query('notEndsWith', 'A\u0301'), NAMES.filter((name) => !/a$/i.test(name))],
    [query('contains', 'óB', 'TOP'), ['Bob', 'Ökotopia']],
    [query('notContains', 'o', 'a'), ['ÉMILE', 'emile', 'Στίγμας', 'ΣΤΙΓΜΑΣ']],
  ])('%j is fulfilled whatever the case and the accents', async (one, expected) => {
    expect(await names(one)).toEqual(expected);
  });

  test('an answer has the name as it was given', async () => {
    expect(await names()).toEqual(NAMES);
  });
});
