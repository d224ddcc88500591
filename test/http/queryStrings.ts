import fc from 'fast-check';
import { filterMethods } from '../../src/lists/query';
import { asJson, asString, querySet } from '../lists/arbitrary';
import type { AppEndpoint } from '../support/calls';

/** Characters that mean something to URLs, PHP's brackets, JSON, SQL or UTF-16. */
const odd = fc.constantFrom(
  ...['%', '%%', '%2', '%zz', '%00', '%ff', '%c0%af', '%ed%a0%80', '%F4%90%80%80', '%u0041', '+', ' '],
  ...['&', '=', '[', ']', '[]', '[[', ']]', '.', ';', '#', '?', '\\', '/', '\0', '\n', '\ud800', '\udc00'],
  ...['"', "'", '`', '--', '*', '(', ')', '{', '}', ',', ':', '💩', '\u202e', '\ufeff', '\uffff', 'İ', 'ß'],
);
const soup = fc.array(fc.oneof(odd, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 12 });

const number = fc.constantFrom(
  ...[
    '0',
    '-0',
    '-1',
    '1',
    '25',
    '5001',
    '1.5',
    '1e2',
    '1e999',
    '0x10',
    '٣',
    '9007199254740993',
    '-Infinity',
  ],
  ...['NaN', `${'9'.repeat(400)}`, '00000000000000000000001', '+1', ' 1', '1 ', '1_000', 'true', 'null'],
);

/** Queries, most of which some list could answer. */
const query = querySet.map((queries) => queries.map((one) => asString(one) ?? asJson(one)));
/** Queries on the edge of what is one; tried every time. */
export const specials = [
  '{"method":"limit","values":[1e999]}',
  '{"method":"limit","values":[9007199254740991]}',
  '{"method":"offset","values":[9007199254740991]}',
  '{"method":"offset","values":[-1]}',
  '{"method":"cursorAfter","values":["\\ud800"]}',
  '{"method":"cursorBefore","values":["\\u0000"]}',
  '{"method":"equal","attribute":"name","values":["\\ud800\\u0000"]}',
  '{"method":"equal","attribute":"__proto__","values":[1]}',
  '{"__proto__":{"method":"limit"},"constructor":{},"values":[1]}',
  '{"method":"startsWith","attribute":"name","values":["\\udbff\\udfff\\udbff\\udfff"]}',
  '{"method":"search","attribute":"name","values":["\\" OR NEAR( * -"]}',
  '{"method":"between","attribute":"$createdAt","values":["0000-01-01","+275760-09-13"]}',
  '{"method":"equal","attribute":"$sequence","values":["9223372036854775808"]}',
  '{"method":"select","values":["*","$id","prefs"]}',
  '{"method":"orderRandom"}',
  'equal("name", ["a"b"], "c"',
  'limit(99999999999999999999)',
  `${'{"method":"or","values":['.repeat(150)}`,
  `${'['.repeat(4000)}`,
  `equal("name", ["${'💩'.repeat(4080)}"])`,
  `equal("name", ["${'x'.repeat(5000)}"])`,
];
const special = fc.constantFrom(...specials);

/** Queries that are right in form, of attributes that lists have, with values of any kind. */
const shaped = fc
  .record({
    method: fc.constantFrom(
      ...filterMethods,
      'orderAsc',
      'orderDesc',
      'limit',
      'offset',
      'select',
      'cursorAfter',
    ),
    attribute: fc.constantFrom(
      ...['name', 'email', 'phone', 'status', 'registration', 'labels', '$id', '$sequence', '$createdAt'],
      ...['userId', 'teamId', 'joined', 'confirm', 'roles', 'total', 'identifier', 'provider', 'expire', ''],
    ),
    values: fc.array(
      fc.oneof(
        soup.map((parts) => parts.join('')),
        fc.integer(),
        fc.double(),
        fc.boolean(),
        fc.date().map(String),
      ),
      { maxLength: 3 },
    ),
  })
  .map((parts) => JSON.stringify(parts));

/** A query with a piece cut out, doubled or put in. */
const mutated = fc
  .tuple(
    fc.oneof(
      query.map(([first = '']) => first),
      special,
    ),
    fc.nat(),
    fc.nat(6),
    fc.oneof(fc.constant(''), odd),
  )
  .map(([text, at, length, put]) => {
    const from = text.length === 0 ? 0 : at % text.length;
    return text.slice(0, from) + put + text.slice(from + length);
  });

const value = fc.oneof(
  soup.map((parts) => parts.join('')),
  number,
  special,
  mutated,
  shaped,
  query.map(([first = '']) => first),
);

const suffix = fc.constantFrom(
  ...['', '[]', '[0]', '[1]', '[99]', '[1001]', '[-1]', '[1e9]', '[__proto__]', '[constructor][prototype]'],
  ...[
    '[a]',
    '[a][b]',
    '[]]',
    '[[]]',
    '[',
    ']',
    '[][]',
    '[0][0]',
    '[length]',
    '.a',
    '%5B0%5D',
    '%5b%5d',
    '%00',
  ],
  '[a]'.repeat(9),
);

/** As clients escape, or as they should not. */
const escaped = (text: fc.Arbitrary<string>) =>
  fc
    .tuple(text, fc.boolean())
    .map(([raw, properly]) => (properly ? encodeURIComponent(raw.toWellFormed()) : raw));

/** A query as clients send it. */
export const asParameter = (query: string) => `queries[]=${encodeURIComponent(query.toWellFormed())}`;

/** Query strings for an endpoint: of its parameters, of others, of nonsense. */
export function queryStrings({ query: parameters }: AppEndpoint): fc.Arbitrary<string> {
  const name = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...Object.keys(parameters)) },
    { weight: 1, arbitrary: fc.constantFrom('__proto__', 'constructor', 'toString', '', 'nonsense') },
    { weight: 1, arbitrary: soup.map((parts) => parts.join('')) },
  );
  const pair = fc
    .tuple(name, suffix, fc.constantFrom('=', '=', '=', ''), escaped(value))
    .map((parts) => parts.join(''));
  const many = fc
    .tuple(fc.constantFrom('queries[]', 'queries[0]', 'queries', 'nonsense'), fc.constantFrom(99, 101, 1001))
    .map(([list, count]) => Array(count).fill(`${list}=limit(1)`).join('&'));
  const valid = fc
    .oneof(query, fc.array(shaped, { maxLength: 3 }))
    .map((queries) => queries.map(asParameter).join('&'));
  return fc.oneof(
    { weight: 8, arbitrary: fc.array(pair, { maxLength: 5 }).map((pairs) => pairs.join('&')) },
    { weight: 2, arbitrary: valid },
    { weight: 1, arbitrary: many },
    { weight: 2, arbitrary: soup.map((parts) => parts.join('')) },
  );
}
