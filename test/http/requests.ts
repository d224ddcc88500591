import fc from 'fast-check';
import { ROOT_KEY } from '../support/api';
import type { AppEndpoint, ValidCall } from '../support/calls';
import { queryStrings } from './queryStrings';

/*
 * Requests as nobody in their right mind would send them: a valid call of an endpoint, in which some parts are replaced
 * by nonsense of the kind that the part is read as.
 */

/** What a request is made of, as text, so that a failure shows it whole. */
export interface Nonsense {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Body | null;
  readonly country: unknown;
}

export type Body =
  | { readonly type: 'text'; readonly contentType: string | null; readonly text: string }
  | { readonly type: 'bytes'; readonly contentType: string | null; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: 'multipart'; readonly fields: readonly (readonly [string, string])[] };

const odd = fc.constantFrom(
  ...[
    '',
    ' ',
    '\0',
    '\n',
    '\t',
    '%',
    '%00',
    '%2F',
    '%2e',
    '%ff',
    '%ed%a0%80',
    '\ud83d',
    '\udc00',
    '💩',
    'İ',
    'ß',
    '\u202e',
  ],
  ...[
    '"',
    "'",
    '`',
    '\\',
    '/',
    '..',
    '{',
    '}',
    '[',
    ']',
    '<',
    '>',
    '&',
    '=',
    ';',
    ',',
    ':',
    '*',
    '?',
    '#',
    '@',
    '$',
    '~',
    '|',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'unique()',
    'current',
    'recent',
    'usage',
    'null',
    'undefined',
    'NaN',
    '-0',
    '1e999',
  ],
);
const soup = fc
  .array(fc.oneof(odd, fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 8 })
  .map((all) => all.join(''));
const long = fc.constantFrom(300, 5_000, 70_000).map((length) => 'x'.repeat(length));
const shortLong = fc.constantFrom(300, 5_000).map((length) => 'x'.repeat(length));

const plausible = fc.constantFrom(
  ...[
    'a',
    'Ada',
    'ada@example.com',
    '\u212aelvin@example.com',
    `${'a'.repeat(64)}@${'b'.repeat(180)}.example.com`,
  ],
  ...[
    'a@b',
    '@',
    'a@@b.c',
    '"a b"@example.com',
    '+4915112345678',
    '+0',
    '+1234567890123456',
    'correct horse',
    'github',
    'push',
  ],
  ...[
    'email',
    'sms',
    'totp',
    'recoverycode',
    'phone',
    'owner',
    'users.read',
    'https://example.com/',
    'javascript:alert(1)',
    '//',
  ],
  ...[
    '2030-01-31T12:00:00.000+00:00',
    '2030-02-30T12:00:00Z',
    '+275760-09-13T00:00:00Z',
    '0000-00-00',
    '24h',
    '30d',
    '123456',
  ],
);

/** Hashes of every kind that is imported, with costs that nobody should pay. */
const hashLike = fc.constantFrom(
  '$argon2id$v=19$m=4294967295,t=4294967295,p=255$c2FsdHNhbHQ$aGFzaGhhc2hoYXNo',
  '$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNo',
  '$argon2i$v=16$m=-1,t=0,p=0$$',
  '$2b$31$abcdefghijklmnopqrstuuOToP16KV78Z9oaRd7Vc5jOMmcZVx.cS',
  '$2b$05$abcdefghijklmnopqrstuuOToP16KV78Z9oaRd7Vc5jOMmcZVx.cS',
  '$P$Zabcdefghijklmnopqrstuvwxyz1234',
  '$P$B12345678abcdefghijklmnopqrstuv',
  '5f4dcc3b5aa765d61d8327deb882cf99',
  'sha3-512',
  'sha1',
  'Bw==',
  'aGFzaA==',
  '=',
);

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

function bodies(endpoint: AppEndpoint, valid: ValidCall): fc.Arbitrary<Body | null> {
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

/** What each header may hold that someone could think of. */
const headerValues: Readonly<Record<string, readonly string[]>> = {
  'x-appwrite-key': [
    '',
    'standard_',
    'standard_unknown',
    'ephemeral_a.b.c',
    'dynamic_x',
    ROOT_KEY.slice(1),
    'x'.repeat(10_000),
  ],
  'x-appwrite-session': [
    '',
    'nonsense',
    btoa('{}'),
    btoa('{"id":1,"secret":{}}'),
    btoa('null'),
    '%',
    btoa('{"id":"a","secret":""}'),
  ],
  'x-appwrite-jwt': [
    '',
    'a.b.c',
    'eyJhbGciOiJub25lIn0.e30.',
    'eyJhbGciOiJIUzI1NiJ9.e30.AAAA',
    '..',
    'x'.repeat(10_000),
  ],
  cookie: [
    '',
    '=',
    ';;;',
    'a_session_default=%',
    'a_session_default=x; a_session_default_legacy=y',
    `a=${'b'.repeat(40_000)}`,
    '__Host-a_session_default="',
  ],
  'x-fallback-cookies': ['', '[]', 'null', '{', '{"a_session_default":{}}', '['.repeat(20_000)],
  'x-appwrite-response-format': [
    '0.15.0',
    '0.13.0',
    '1.0.0',
    '1.4.0',
    '1.9.5',
    '999999.0',
    '0',
    '-1',
    '1.',
    `${'9'.repeat(400)}.0.0`,
    '٣.0.0',
  ],
  'x-appwrite-project': ['default', 'console', '', 'another', '__proto__'],
  'x-appwrite-locale': [
    'de',
    'en-US',
    'xx',
    '-',
    'de-u-ca-buddhist',
    'x'.repeat(10_000),
    'a-a-a-a',
    'i-klingon',
    'sr-Latn-RS',
  ],
  'x-appwrite-impersonate-user-id': ['a', '__proto__', '%', 'x'.repeat(10_000)],
  'x-appwrite-impersonate-user-email': ['a@b.c', '@', "' OR 1=1 --"],
  'x-appwrite-impersonate-user-phone': ['+1', '+4915112345678'],
  'x-d1-bookmark': ['', 'first-unconstrained', 'first-primary', 'nonsense', '0-0-0-0', 'x'.repeat(10_000)],
  'x-sdk-name': ['Node.js', '', 'x'.repeat(300), '💩'],
  'x-forwarded-user-agent': [
    '',
    'Mozilla/5.0 (X11; Linux x86_64)',
    '('.repeat(600),
    '💩'.repeat(300),
    `${'x'.repeat(511)}💩`,
  ],
  'user-agent': [
    '',
    'curl/8',
    'AppwriteNodeJSSDK/27.1.0',
    'Android '.repeat(70),
    `${'x'.repeat(499)}💩💩💩💩💩💩💩`,
  ],
  origin: [
    'null',
    'https://api.test',
    'https://evil.test',
    'http://localhost',
    'capacitor://localhost',
    '',
    '*',
    'https://',
    `https://${'a'.repeat(9_000)}`,
  ],
  'sec-fetch-site': ['cross-site', 'same-site', 'none', ''],
  'access-control-request-method': ['GET', 'nonsense'],
  'content-encoding': ['identity', 'gzip', 'br, gzip', 'IDENTITY', '', ',', 'x'.repeat(300)],
  'content-length': ['0', '4', '-1', '99999999999', 'x'],
  'cf-connecting-ip': [
    '',
    '1.2.3.4',
    '2001:db8::1',
    '::ffff:1.2.3.4',
    'nonsense',
    '999.999.999.999',
    ':'.repeat(300),
  ],
  'cf-ray': ['', '8f0e1d2c3b4a5968-FRA', 'x', 'x'.repeat(10_000)],
  'x-forwarded-for': ['1.2.3.4', 'x'],
  accept: ['*/*', 'text/html', ''],
};

/** A header's value may be any text but for line breaks and NUL, which no client can send. */
const headerSoup = soup.map((text) =>
  text
    .toWellFormed()
    .replace(/[\0\r\n]/g, '')
    .trim(),
);

const header = fc
  .constantFrom(...Object.keys(headerValues))
  .chain((name) =>
    fc.tuple(
      fc.constant(name),
      fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...(headerValues[name] ?? [])) },
        { weight: 1, arbitrary: headerSoup },
      ),
    ),
  );

/** The path of the endpoint, in which IDs may be nonsense, and what may stand behind it. */
function paths(endpoint: AppEndpoint, { params = {} }: ValidCall): fc.Arbitrary<string> {
  const part = fc.oneof(
    soup.map((text) => encodeURIComponent(text.toWellFormed())),
    soup.map((text) => text.toWellFormed()),
    fc.constantFrom(
      '',
      '.',
      '..',
      '%2e%2e',
      '%',
      '%00',
      'current',
      'usage',
      'unique()',
      '__proto__',
      'x'.repeat(5_000),
    ),
  );
  const parts = endpoint.path.split('/').map((piece) => {
    if (!piece.startsWith(':')) return fc.constant(piece);
    return fc.oneof(
      { weight: 5, arbitrary: fc.constant(params[piece.slice(1)] ?? 'a') },
      { weight: 1, arbitrary: part },
    );
  });
  const end = fc.oneof(
    { weight: 12, arbitrary: fc.constant('') },
    { weight: 1, arbitrary: fc.constantFrom('/', '//', '/x', '/.', '%', '%2F', '\\') },
  );
  const hasQuery = Object.keys(endpoint.query).length > 0;
  const query = hasQuery
    ? fc.oneof(queryStrings(endpoint), soup)
    : fc.oneof(fc.constant(''), soup, fc.constant('project=x&impersonateUserId=%00'));
  return fc
    .tuple(fc.tuple(...parts), end, query)
    .map(([pieces, ending, text]) => `${pieces.join('/')}${ending}${text === '' ? '' : `?${text}`}`);
}

const methods = fc.constantFrom(
  'GET',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'HEAD',
  'OPTIONS',
  'TRACE',
  'CONNECT',
  'PROPFIND',
  'get',
  'M-SEARCH',
);

/** Requests near a valid call of an endpoint. */
export function requests(endpoint: AppEndpoint, valid: ValidCall): fc.Arbitrary<Nonsense> {
  return fc.record({
    method: fc.oneof(
      { weight: 9, arbitrary: fc.constant(endpoint.method) },
      { weight: 1, arbitrary: methods },
    ),
    path: paths(endpoint, valid),
    headers: fc.array(header, { maxLength: 4 }),
    body: bodies(endpoint, valid),
    country: fc.constantFrom(undefined, 'DE', 'T1', 'XX', '', '💩', 42, 'x'.repeat(300)),
  });
}
