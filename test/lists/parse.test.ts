import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ApiError } from '../../src/http/errors';
import { UID_RULE } from '../../src/http/uid';
import { parseQueries } from '../../src/lists';
import type { Query } from '../../src/lists/query';

const parse = (text: string): Query | undefined => parseQueries([text])[0];

/** The message that `queries[0]` is refused with. */
function refusal(text: string): string {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof ApiError && error.type === 'general_argument_invalid') return error.message;
    throw error;
  }
  throw new Error(`${text} was accepted`);
}

/** The message, and behind it the name of the query. */
function split(message: string): [string, string] {
  const at = message.lastIndexOf(' (queries[');
  return [message.slice(0, at), message.slice(at + 1)];
}

/** The type of the error that a text is refused with, if it is. */
function typeOf(text: string): string | undefined {
  try {
    parse(text);
    return undefined;
  } catch (error) {
    return error instanceof ApiError ? error.type : String(error);
  }
}

const filter = (method: string, attribute: string, ...values: unknown[]) => ({ method, attribute, values });

describe('the JSON form', () => {
  test.each<[string, unknown]>([
    ['{"method":"equal","attribute":"name","values":["x","y"]}', filter('equal', 'name', 'x', 'y')],
    ['{"method":"notEqual","attribute":"score","values":[-1.5]}', filter('notEqual', 'score', -1.5)],
    ['{"method":"isNull","attribute":"email"}', filter('isNull', 'email')],
    ['{"method":"isNotNull","attribute":"email","values":[]}', filter('isNotNull', 'email')],
    ['{"method":"between","attribute":"a","values":["b","c"]}', filter('between', 'a', 'b', 'c')],
    ['{"method":"limit","values":[0]}', { method: 'limit', count: 0 }],
    ['{"method":"offset","values":[7]}', { method: 'offset', count: 7 }],
    ['{"method":"cursorAfter","values":["id"]}', { method: 'cursorAfter', id: 'id' }],
    ['{"method":"cursorBefore","values":["id"]}', { method: 'cursorBefore', id: 'id' }],
    ['{"method":"orderAsc","attribute":"name"}', { method: 'orderAsc', attribute: 'name' }],
    ['{"method":"orderDesc","attribute":""}', { method: 'orderDesc', attribute: '$sequence' }],
    ['{"method":"orderDesc"}', { method: 'orderDesc', attribute: '$sequence' }],
    ['{"method":"orderRandom"}', { method: 'orderRandom' }],
    ['{"method":"select","values":["name","$id"]}', { method: 'select', attributes: ['name', '$id'] }],
    [' \n{"method":"limit","attribute":null,"values":[1],"more":{}}', { method: 'limit', count: 1 }],
    [
      '{"method":"or","values":[{"method":"isNull","attribute":"a"},{"method":"and","values":[{"method":"isNull","attribute":"b"},{"method":"isNull","attribute":"c"}]}]}',
      {
        method: 'or',
        conditions: [
          filter('isNull', 'a'),
          { method: 'and', conditions: [filter('isNull', 'b'), filter('isNull', 'c')] },
        ],
      },
    ],
  ])('%s', (text, query) => {
    expect(parse(text)).toEqual(query);
  });

  test.each([
    ['{"method":"equal","attribute":"a","values":[]}', 'Equal queries require at least one value.'],
    ['{"method":"notEqual","attribute":"a","values":[1,2]}', 'NotEqual queries require exactly one value.'],
    ['{"method":"between","attribute":"a","values":[1]}', 'Between queries require exactly two values.'],
    ['{"method":"equal","attribute":"a","values":[null]}', 'Query value is invalid for attribute "a"'],
    ['{"method":"equal","attribute":"a","values":[["b"]]}', 'Query value is invalid for attribute "a"'],
    ['{"method":"equal","attribute":"a","values":[1e999]}', 'Query value is invalid for attribute "a"'],
    [
      '{"method":"crosses","attribute":"a","values":[1]}',
      'Spatial query "crosses" cannot be applied on non-spatial attribute: a',
    ],
    [
      '{"method":"vectorDot","attribute":"a","values":[[1]]}',
      'Vector queries can only be used on vector attributes',
    ],
    ['{"method":"nonsense","attribute":"a","values":[1]}', 'Invalid query method: nonsense'],
    ['{"method":"toString","attribute":"a","values":[1]}', 'Invalid query method: toString'],
    [
      '{"method":"regex","attribute":"a","values":["."]}',
      'Invalid query method: regex. Use startsWith, endsWith, contains or search.',
    ],
    [
      '{"method":"exists","values":["a"]}',
      'Invalid query method: exists. It is for collections without a schema. Use isNotNull.',
    ],
    ['{}', 'Invalid query method: '],
    ['{"method":1}', 'Invalid query method. Must be a string, got integer'],
    [
      '{"method":"equal","attribute":[],"values":[1]}',
      'Invalid query attribute. Must be a string, got array',
    ],
    ['{"method":"equal","attribute":"a","values":"b"}', 'Invalid query values. Must be an array, got string'],
    ['{"method":"limit","values":["5"]}', 'Invalid limit: Value must be a valid number'],
    ['{"method":"limit"}', 'Invalid limit: Value must be a valid number'],
    ['{"method":"offset","values":[null]}', 'Invalid offset: Value must be a valid number'],
    ['{"method":"cursorAfter","values":[1]}', `Invalid cursor: ${UID_RULE}`],
    ['{"method":"cursorAfter","values":[""]}', `Invalid cursor: ${UID_RULE}`],
    ['{"method":"cursorBefore","values":["a b"]}', `Invalid cursor: ${UID_RULE}`],
    ['{"method":"select","values":[]}', 'No attributes selected'],
    ['{"method":"select","values":["a",1]}', 'Attribute selection must be a string, got integer'],
    ['{"method":"select","values":[null]}', 'Attribute selection must be a string, got NULL'],
    [
      '{"method":"or","values":[{"method":"isNull","attribute":"a"}]}',
      'Or queries require at least two queries',
    ],
    [
      '{"method":"and","values":[{"method":"limit","values":[1]},{"method":"isNull","attribute":"a"}]}',
      'And queries can only contain filter queries',
    ],
    ['{"method":"or","values":["isNull"]}', 'Invalid query. Must be an array, got string'],
    ['{"method":', 'Syntax error: this is not valid JSON.'],
    ['["equal"]', 'Invalid query method: '],
    ['"equal"', 'Invalid query. Must be an array, got string'],
    ['  ', 'Syntax error: it is empty.'],
  ])('refuses %s', (text, reason) => {
    const [message, name] = split(refusal(text));
    expect(message).toBe(`Invalid \`queries\` param: Invalid query: ${reason}`);
    expect(name).toMatch(/^\(queries\[0\]: /);
  });

  test('refuses and/or nested without end', () => {
    const nested = (depth: number): string =>
      depth === 0
        ? '{"method":"isNull","attribute":"a"}'
        : `{"method":"or","values":[${nested(depth - 1)},{"method":"isNull","attribute":"a"}]}`;
    expect(parse(nested(8))).toBeDefined();
    expect(refusal(nested(9))).toContain("and/or can't be nested more than 8 deep.");
  });
});

describe('the string form', () => {
  test.each<[string, unknown]>([
    ['equal("name", ["x"])', filter('equal', 'name', 'x')],
    ['equal("name", ["x", "y"])', filter('equal', 'name', 'x', 'y')],
    ['equal("name",["x","y"])', filter('equal', 'name', 'x', 'y')],
    ['equal("name", "x")', filter('equal', 'name', 'x')],
    ["equal('name', ['x', 'y'])", filter('equal', 'name', 'x', 'y')],
    [' equal ( "name" , [ "x" , "y" ] ) ', filter('equal', 'name', 'x', 'y')],
    ['equal("status", [true, false])', filter('equal', 'status', true, false)],
    ['equal("status", true)', filter('equal', 'status', true)],
    ['equal("score", [1, -2.5, 1e3])', filter('equal', 'score', 1, -2.5, 1000)],
    ['equal("name", ["a"b"])', filter('equal', 'name', 'a"b')],
    ['equal("name", [""a""])', filter('equal', 'name', '"a"')],
    ['equal("name", ["""])', filter('equal', 'name', '"')],
    ['equal("name", [""])', filter('equal', 'name', '')],
    ['equal("name", ["a"], b"])', filter('equal', 'name', 'a"], b')],
    ['equal("name", ["a",b", "c"])', filter('equal', 'name', 'a",b', 'c')],
    ['equal("name", ["f(x) = [1, 2]"])', filter('equal', 'name', 'f(x) = [1, 2]')],
    ['equal("name", ["it\'s"])', filter('equal', 'name', "it's")],
    ['equal("name", ["say \\"hi\\" there"])', filter('equal', 'name', 'say "hi" there')],
    ['equal("name", ["C:\\dir\\"])', filter('equal', 'name', 'C:\\dir\\')],
    ['equal("name", ["line\nbreak"])', filter('equal', 'name', 'line\nbreak')],
    ['search("name", ["x"])', filter('search', 'name', 'x')],
    ['between("registration", "a", "b")', filter('between', 'registration', 'a', 'b')],
    ['between("registration", ["a","b"])', filter('between', 'registration', 'a', 'b')],
    ['between("registration", 1, 2)', filter('between', 'registration', 1, 2)],
    ['isNull("email")', filter('isNull', 'email')],
    ['limit(5)', { method: 'limit', count: 5 }],
    ['offset( 0 )', { method: 'offset', count: 0 }],
    ['cursorAfter("id")', { method: 'cursorAfter', id: 'id' }],
    ['cursorBefore("id")', { method: 'cursorBefore', id: 'id' }],
    ['orderDesc("name")', { method: 'orderDesc', attribute: 'name' }],
    ['orderAsc("")', { method: 'orderAsc', attribute: '$sequence' }],
    ['orderAsc()', { method: 'orderAsc', attribute: '$sequence' }],
    ['orderRandom()', { method: 'orderRandom' }],
    ['select(["name", "email"])', { method: 'select', attributes: ['name', 'email'] }],
  ])('%s', (text, query) => {
    expect(parse(text)).toEqual(query);
  });

  test.each([
    ['equal', 'Syntax error: expected a call such as equal("name", ["x"]).'],
    ['equal("name"', 'Syntax error: expected a call such as equal("name", ["x"]).'],
    ['equal("name", ["x"]', 'Syntax error: expected a call such as equal("name", ["x"]).'],
    ['equal("name, ["x"])', 'Syntax error: a " is never closed.'],
    ['equal(name, ["x"])', 'Syntax error near name, ["x"]'],
    ['equal("name", [x])', 'Syntax error near x]'],
    ['equal("name", ["x"),)', 'Syntax error: a " is never closed.'],
    ['equal("name", [1)', 'Syntax error: it ends too early.'],
    ['equal("name", [1,])', 'Syntax error near ]'],
    ['equal("name", [1] 2)', 'Syntax error near 2'],
    ['equal("name", [1],)', 'Syntax error: it ends too early.'],
    ['equal("name", [[1]])', 'Syntax error near [1]]'],
    ['equal([1], 1)', 'Syntax error: the first parameter must be the name of an attribute in quotes.'],
    ['equal("name", [])', 'Equal queries require at least one value.'],
    ['equal("name", [null])', 'Query value is invalid for attribute "name"'],
    ['limit("5")', 'Invalid limit: Value must be a valid number'],
    ['limit()', 'Invalid limit: Value must be a valid number'],
    ['or("a")', 'or exists in JSON form only: {"method":"or","values":[…]}.'],
    ['foo("a")', 'Invalid query method: foo'],
  ])('refuses %s', (text, reason) => {
    const [message, name] = split(refusal(text));
    expect(message).toBe(`Invalid \`queries\` param: Invalid query: ${reason}`);
    expect(name).toMatch(/^\(queries\[0\]: /);
  });

  test('takes values as SDKs paste them between quotes, whatever quotes they hold', () => {
    // But for a quote before a comma or a closing bracket, which may look like the value's end; see the table above.
    const value = fc.string({ unit: fc.constantFrom(...'ab"\'[](){} 1é💩') });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 3 }), (values) => {
        const pasted = values.map((text) => `"${text}"`).join(', ');
        expect(parse(`equal("name", [${pasted}])`)).toEqual(filter('equal', 'name', ...values));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('any mixture', () => {
  test('may stand in one request', () => {
    expect(parseQueries(['limit(1)', '{"method":"offset","values":[2]}'])).toEqual([
      { method: 'limit', count: 1 },
      { method: 'offset', count: 2 },
    ]);
  });

  test('names the query that is wrong by its index and its text, cut short', () => {
    expect(() => parseQueries(['limit(1)', `equal(${'x'.repeat(200)})`])).toThrow(
      `Invalid \`queries\` param: Invalid query: Syntax error near ${'x'.repeat(64)}… (queries[1]: equal(${'x'.repeat(58)}…)`,
    );
  });

  test('holds at most 100 queries', () => {
    expect(parseQueries(Array(100).fill('limit(1)'))).toHaveLength(100);
    expect(() => parseQueries(Array(101).fill('limit(1)'))).toThrow(
      'Invalid `queries` param: at most 100 queries are allowed, there are 101.',
    );
  });

  test('holds at most 4,096 characters a query, counted as code points', () => {
    const frame = 'equal("name", [""])';
    const room = 4096 - frame.length;
    const query = (value: string) => `equal("name", ["${value}"])`;
    expect(parse(query('💩'.repeat(room)))).toEqual(filter('equal', 'name', '💩'.repeat(room)));
    expect(refusal(query('a'.repeat(room + 1)))).toContain("A query can't be longer than 4096 characters.");
  });

  test('holds at most 64 kB in all, counted in UTF-8', () => {
    const kilobyte = (text: string) => `equal("name", ["${text}"])`.padEnd(1024);
    expect(parseQueries(Array(64).fill(kilobyte('x')))).toHaveLength(64);
    const wrong = "Invalid query: All queries together can't be longer than 64 kB. (queries[64]: limit(1))";
    expect(() => parseQueries([...Array(64).fill(kilobyte('x')), 'limit(1)'])).toThrow(wrong);
    expect(() => parseQueries(Array(64).fill(kilobyte('é')))).toThrow(/64 kB\. \(queries\[63\]/);
  });

  test('is a query or a clear 400, whatever the text', () => {
    const token = fc.constantFrom(
      ...[
        'equal',
        'limit',
        'or',
        'select',
        'between',
        '(',
        ')',
        '[',
        ']',
        '{',
        '}',
        '"',
        "'",
        '\\',
        ',',
        ':',
        ' ',
        '\0',
      ],
      ...[
        '"method"',
        '"values"',
        '"attribute"',
        '"equal"',
        '"and"',
        '1',
        '-',
        '1e999',
        'null',
        'true',
        '__proto__',
        '\ud800',
        '💩',
      ],
    );
    const soup = fc.array(token, { maxLength: 40 }).map((tokens) => tokens.join(''));
    const json = fc.json({ maxDepth: 5 });
    const shaped = fc
      .record(
        {
          method: fc.oneof(
            fc.constantFrom('equal', 'and', 'or', 'limit', 'select', 'cursorAfter', '__proto__'),
            fc.jsonValue(),
          ),
          attribute: fc.oneof(fc.constantFrom('name', '', 'constructor'), fc.jsonValue()),
          values: fc.oneof(fc.array(fc.jsonValue()), fc.jsonValue()),
        },
        { requiredKeys: [] },
      )
      .map((query) => JSON.stringify(query));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), soup, json, shaped), (text) => {
        let query: Query | undefined;
        try {
          query = parse(text);
        } catch (error) {
          expect(error).toBeInstanceOf(ApiError);
          expect(error).toMatchObject({ type: 'general_argument_invalid' });
          expect(String(error)).toContain('Invalid `queries` param: Invalid query: ');
          expect(String(error)).toContain(' (queries[0]: ');
          expect(String(error).isWellFormed()).toBe(true);
          return;
        }
        expect(query).toHaveProperty('method');
      }),
      { numRuns: 5000 },
    );
  }, 60_000);

  test('is read in time that grows with its length', () => {
    const hard = [
      `equal("a", ["${'", '.repeat(1360)}`,
      `equal("a", [${'" '.repeat(2030)}])`,
      `equal(${'"'.repeat(4080)})`,
      `equal("a",${' '.repeat(4080)}`,
      `equal("a", [${'"   '.repeat(1010)}])`,
      '['.repeat(4096),
      '{"method":"or","values":['.repeat(160),
    ];
    const start = Date.now();
    for (const text of hard) expect([undefined, 'general_argument_invalid']).toContain(typeOf(text));
    expect(Date.now() - start).toBeLessThan(1000);
  });
});
