import fc from 'fast-check';
import { ROOT_KEY } from '../../support/api';
import { soup } from './texts';

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

export const header = fc
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
