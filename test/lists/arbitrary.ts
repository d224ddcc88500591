import fc from 'fast-check';
import { orderAsc, orderDesc, type Query } from '../../src/lists';
import type { Condition, Filter, FilterMethod } from '../../src/lists/query';
import type { thing } from './fixture';

/** Few characters, so that values repeat and hold one another: cases, accents, quotes, wildcards, all planes. */
const characters = [
  'a',
  'b',
  'A',
  'é',
  'É',
  'ß',
  '"',
  '%',
  '_',
  '*',
  '\\',
  ' ',
  '٣',
  '\ud7ff',
  '\uffff',
  '💩',
  '\u{10ffff}',
];
const letters = fc.constantFrom(...characters);
const text = fc.array(letters, { maxLength: 4 }).map((parts) => parts.join(''));
/** A NUL ends a text for SQLite's functions and the full-text index, but not for comparisons. */
const textWithNul = fc
  .array(fc.oneof(letters, fc.constant('\0')), { maxLength: 4 })
  .map((parts) => parts.join(''));
const seconds = fc.integer({ min: -3, max: 3 });
const tag = fc.constantFrom('a', 'b', 'c', '', '"', 'a,b');

export const rows: fc.Arbitrary<ReturnType<typeof thing>[]> = fc
  .array(
    fc.record({
      owner: fc.constant(1),
      name: text,
      nick: fc.option(text),
      mail: fc.option(textWithNul.map((value) => value.toLowerCase())),
      flag: fc.boolean(),
      score: fc.option(fc.integer({ min: -2, max: 2 })),
      seenAt: fc.option(seconds.map((value) => value * 1000)),
      createdAt: fc.integer({ min: -3000, max: 3000 }),
      tags: fc.option(fc.array(tag, { maxLength: 3 })),
    }),
    { maxLength: 9 },
  )
  .map((list) => list.map((row, index) => ({ ...row, id: `thing${index}` })));

export const comparisons: FilterMethod[] = [
  'equal',
  'notEqual',
  'lessThan',
  'lessThanEqual',
  'greaterThan',
  'greaterThanEqual',
  'between',
  'notBetween',
  'isNull',
  'isNotNull',
];
export const collections: FilterMethod[] = ['contains', 'containsAny', 'containsAll', 'notContains'];
export const texts: FilterMethod[] = [
  'startsWith',
  'notStartsWith',
  'endsWith',
  'notEndsWith',
  ...collections,
];
export const searches: FilterMethod[] = ['search', 'notSearch'];

/** A filter of an attribute with as many values as its method takes. */
export function filter(
  attribute: string,
  methods: readonly FilterMethod[],
  value: fc.Arbitrary<string | number | boolean>,
) {
  return fc.tuple(fc.constantFrom(...methods), fc.array(value, { minLength: 2, maxLength: 3 })).map(
    ([method, values]): Filter => ({
      method,
      attribute,
      values: values.slice(0, valueCount(method, values)),
    }),
  );
}

function valueCount(method: FilterMethod, values: readonly unknown[]): number {
  if (method === 'isNull' || method === 'isNotNull') return 0;
  if (method === 'between' || method === 'notBetween') return 2;
  // Of the two or three drawn, these methods take one to all.
  return method === 'equal' || collections.includes(method)
    ? values.length - (values[0] === values[1] ? 1 : 0)
    : 1;
}

const moment = fc.oneof(
  seconds,
  fc.integer({ min: -3000, max: 3000 }).map((time) => new Date(time).toISOString().replace('Z', '+00:00')),
);

const anyFilter: fc.Arbitrary<Filter> = fc.oneof(
  filter('name', [...comparisons, ...texts, ...searches], text),
  filter('nick', [...comparisons, ...texts, ...searches], text),
  filter('mail', [...comparisons, ...texts], textWithNul),
  filter('nickOrName', [...comparisons, ...texts], text),
  filter('$id', [...comparisons, ...texts], fc.constantFrom('thing0', 'thing3', 'thing', '3')),
  filter('flag', comparisons, fc.boolean()),
  filter('score', comparisons, fc.integer({ min: -2, max: 2 })),
  filter('seenAt', comparisons, moment),
  filter('$createdAt', comparisons, moment),
  filter('tags', [...collections, 'isNull', 'isNotNull'], tag),
);

export const condition = conditionOf(anyFilter);

/** Filters, within `and` and `or` or not. */
export function conditionOf(anyFilter: fc.Arbitrary<Filter>): fc.Arbitrary<Condition> {
  return fc.letrec<{ condition: Condition }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      anyFilter,
      fc
        .tuple(
          fc.constantFrom('and' as const, 'or' as const),
          fc.array(tie('condition'), { minLength: 2, maxLength: 3 }),
        )
        .map(([method, conditions]) => ({ method, conditions })),
    ),
  })).condition;
}

const sortable = [
  '$id',
  'name',
  'nick',
  'mail',
  'flag',
  'score',
  'seenAt',
  '$createdAt',
  'tags',
  'nickOrName',
  '$sequence',
];

export const order = orderOf(sortable);

/** An order by one of some attributes. */
export function orderOf(names: readonly string[]) {
  return fc
    .tuple(fc.constantFrom(orderAsc, orderDesc), fc.constantFrom(...names))
    .map(([make, attribute]) => make(attribute));
}

/** Filters and orders, most of them few enough to leave rows; the database's property is checked at every page size. */
export const querySet = querySetOf(condition, order);

export function querySetOf(
  condition: fc.Arbitrary<Condition>,
  order: fc.Arbitrary<Query>,
): fc.Arbitrary<Query[]> {
  return fc
    .tuple(fc.array(condition, { maxLength: 2 }), fc.array(order, { maxLength: 3 }))
    .map(([conditions, orders]) => [...conditions, ...orders]);
}

/** The same query as SDKs since 1.5 send it. */
export function asJson(query: Query): string {
  return JSON.stringify(asObject(query));
}

function asObject(query: Query): object {
  if ('conditions' in query) return { method: query.method, values: query.conditions.map(asObject) };
  if ('count' in query) return { method: query.method, values: [query.count] };
  if ('id' in query) return { method: query.method, values: [query.id] };
  if ('attributes' in query) return { method: query.method, values: query.attributes };
  return query;
}

/**
 * The same query as SDKs before 1.5 send it: values pasted between quotes, unescaped.
 * @returns undefined where that form has no way to say it: `and` and `or`, and values that hold quotes themselves
 */
export function asString(query: Query): string | undefined {
  if ('conditions' in query) return undefined;
  if ('count' in query) return `${query.method}(${query.count})`;
  if ('id' in query) return `${query.method}("${query.id}")`;
  if ('attributes' in query) return `${query.method}([${query.attributes.map((name) => `"${name}"`)}])`;
  if (!('attribute' in query)) return `${query.method}()`;
  if (!('values' in query)) return `${query.method}("${query.attribute}")`;
  if (query.values.some((value) => typeof value === 'string' && /["\\\0]/.test(value))) return undefined;
  const values = query.values.map((value) => (typeof value === 'string' ? `"${value}"` : String(value)));
  return values.length === 0
    ? `${query.method}("${query.attribute}")`
    : `${query.method}("${query.attribute}", [${values.join(', ')}])`;
}
