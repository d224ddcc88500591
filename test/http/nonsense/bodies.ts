import fc from 'fast-check';
import type { AppEndpoint, ValidCall } from '../../support/calls';
import { hashLike, long, plausible, shortLong, soup } from './texts';

export type Body =
  | { readonly type: 'text'; readonly contentType: string | null; readonly text: string }
  | { readonly type: 'bytes'; readonly contentType: string | null; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: 'multipart'; readonly fields: readonly (readonly [string, string])[] };

/** JSON text that no `JSON.stringify` writes, beside what it does. */
const json: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.oneof(plausible, soup, hashLike, shortLong).map((text) => JSON.stringify(text)),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...[
        'null',
        'true',
        'false',
        '0',
        '-0',
        '1',
        '-1',
        '1.5',
        '1e400',
        '-1e400',
        '1e-400',
        '12345678901234567890',
        '1E5',
      ],
      ...[
        `1${'0'.repeat(400)}`,
        '2147483648',
        '[]',
        '{}',
        '[[]]',
        '{"":""}',
        '""',
        '" "',
        '"\\ud83d"',
        '"\\u0000"',
        '"\\/"',
      ],
      ...[
        '{"__proto__":{"a":1}}',
        '{"constructor":1}',
        '{"a":{"__proto__":1}}',
        '{"0":"a","2":"b"}',
        '{"2":"b","-1":"a"}',
      ],
      ...[
        '{"a":1,"a":2}',
        '["a","a"]',
        '[null]',
        '[1e400]',
        '{"~1":1,"1":2}',
        '{"toString":1,"rawJSON":"1"}',
      ],
      `${'['.repeat(120)}${']'.repeat(120)}`,
      `${'{"a":'.repeat(120)}1${'}'.repeat(120)}`,
      `[${Array(1001).fill('"a"').join(',')}]`,
    ),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: long.map((text) => JSON.stringify(text)) },
);

const brokenJson = fc.oneof(
  fc.constantFrom(
    ...[
      '',
      ' ',
      '{',
      '}',
      '[',
      '"',
      '{"',
      '{"a"',
      '{"a":',
      '{"a":1',
      '{"a":1,}',
      "{'a':1}",
      '{a:1}',
      'nul',
      '1',
      '"a"',
      '[1]',
      '\ufeff{}',
    ],
    ...[
      '{"a":"\\ud83"}',
      '{"a":"\n"}',
      '{"a":01}',
      '{"a":1e}',
      '{"1":1,"',
      `{"prefs":${'['.repeat(100_000)}`,
      '"\\"'.repeat(50_000),
    ],
    `{"x":"${'x'.repeat(256 * 1024)}"}`,
  ),
  soup,
);

const names = ({ body, params }: AppEndpoint) => [
  ...Object.keys(body),
  ...Object.keys(params),
  'nonsense',
  '__proto__',
  '',
];

/** A JSON object of the endpoint's parameters: some as they should be, some not, some missing. */
function jsonBody(endpoint: AppEndpoint, valid: ValidCall): fc.Arbitrary<string> {
  const given = Object.entries(valid.body ?? {}).map(
    ([name, value]) => [name, JSON.stringify(value)] as const,
  );
  const replaced = fc.array(fc.tuple(fc.constantFrom(...names(endpoint)), json), { maxLength: 3 });
  return fc
    .tuple(replaced, fc.subarray(given, { minLength: Math.max(0, given.length - 1) }))
    .map(([bad, good]) => {
      const pairs = [...good, ...bad].map(([name, text]) => `${JSON.stringify(name)}:${text}`);
      return `{${pairs.join(',')}}`;
    });
}

/** A form of the endpoint's parameters, with what PHP and qs read into names. */
function formBody(endpoint: AppEndpoint): fc.Arbitrary<string> {
  const suffix = fc.constantFrom(
    ...[
      '',
      '',
      '[]',
      '[0]',
      '[7]',
      '[5000]',
      '[-1]',
      '[~1]',
      '[a]',
      '[a][b]',
      '[__proto__]',
      '[constructor]',
      '[',
      ']',
      '[[]]',
      '[a]'.repeat(12),
    ],
  );
  const value = fc.oneof(plausible, soup, hashLike).map((text) => encodeURIComponent(text.toWellFormed()));
  const pair = fc.tuple(
    fc.constantFrom(...names(endpoint)),
    suffix,
    fc.constantFrom('=', '=', '', '=='),
    fc.oneof(value, soup),
  );
  return fc
    .array(
      pair.map((parts) => parts.join('')),
      { maxLength: 6 },
    )
    .map((pairs) => pairs.join('&'));
}

const contentType = fc.oneof(
  fc.constantFrom(
    ...[
      'application/json',
      'application/json; charset=utf-16',
      'APPLICATION/JSON;',
      'text/plain',
      'application/vnd.api+json',
      ';',
      '',
    ],
    ...[
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      'multipart/form-data; boundary=',
      'multipart/form-data; boundary="x',
    ],
  ),
  soup,
);

/** The endpoint's body: what it takes, in part replaced by nonsense, and what nothing could read. */
export function bodies(endpoint: AppEndpoint, valid: ValidCall): fc.Arbitrary<Body | null> {
  const text = (of: fc.Arbitrary<string>, type: fc.Arbitrary<string | null>): fc.Arbitrary<Body> =>
    fc.record({ type: fc.constant('text' as const), contentType: type, text: of });
  const form = fc.constant('application/x-www-form-urlencoded');
  return fc.oneof(
    { weight: 8, arbitrary: text(jsonBody(endpoint, valid), fc.constant('application/json')) },
    { weight: 2, arbitrary: text(formBody(endpoint), form) },
    { weight: 1, arbitrary: text(brokenJson, fc.oneof(contentType, fc.constant('application/json'), form)) },
    { weight: 1, arbitrary: text(jsonBody(endpoint, valid), fc.option(contentType)) },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.constant('bytes' as const),
        contentType: fc.option(fc.oneof(contentType, form, fc.constant('application/json'))),
        bytes: fc.uint8Array({ maxLength: 64 }).map((bytes) => new Uint8Array(bytes)),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.constant('multipart' as const),
        fields: fc.array(
          fc.tuple(fc.constantFrom(...names(endpoint), 'labels[3]', 'prefs[a'), fc.oneof(soup, plausible)),
          { maxLength: 4 },
        ),
      }),
    },
    { weight: 1, arbitrary: fc.constant(null) },
  );
}
