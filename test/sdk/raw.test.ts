import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, inject, test } from 'vitest';

/*
 * Requests as no HTTP library would send them, over a socket, to the running Worker.
 */

const { hostname, port } = new URL(inject('endpoint'));
const key = inject('rootKey');

interface Answer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** Sends bytes and reads until the server ends the connection. */
function send(head: readonly string[], body: Uint8Array | string = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    const chunks: Buffer[] = [];
    socket.setTimeout(20_000, () => socket.destroy(new Error(`no answer to ${head[0]}`)));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('end', () => {
      const [top = '', ...rest] = Buffer.concat(chunks).toString('latin1').split('\r\n\r\n');
      resolve({ status: Number(top.split(' ')[1]), head: top, body: rest.join('\r\n\r\n') });
    });
    socket.write(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), Buffer.from(body)]));
  });
}

const headers = (...more: readonly string[]) => [
  ...['Host: localhost', 'Connection: close', 'X-Appwrite-Project: default', `X-Appwrite-Key: ${key}`],
  ...more,
];
const ask = (line: string, more: readonly string[] = [], body: Uint8Array | string = '') =>
  send([`${line} HTTP/1.1`, ...headers(...more)], body);
const withBody = (line: string, body: Uint8Array | string, ...more: readonly string[]) =>
  ask(line, [`Content-Length: ${Buffer.byteLength(body)}`, ...more], body);

describe('A body where there should be none', () => {
  test.each([
    ['GET', 200],
    ['HEAD', 200],
    ['OPTIONS', 204],
  ])('does not disturb a %s', async (method, status) => {
    for (const body of ['null', '{}', '[]', '{"broken":', 'x'.repeat(300_000)]) {
      const answer = await withBody(`${method} /v1/users`, body, 'Content-Type: application/json');
      expect([method, answer.status]).toEqual([method, status]);
    }
    const packed = await withBody(`${method} /v1/users`, gzipSync('{}'), 'Content-Encoding: gzip');
    expect(packed.status).toBe(status);
  });

  test('does not disturb a HEAD of what is not there, which has no body either', async () => {
    const answer = await withBody('HEAD /v1/users/nobody', '{}', 'Content-Type: application/json');
    expect([answer.status, answer.body]).toEqual([404, '']);
  });
});

describe('A body that is packed', () => {
  test.each(['gzip', 'br', 'deflate, gzip', 'GZIP', 'nonsense'])(
    'as %s is refused by name',
    async (encoding) => {
      const body = gzipSync('{"userId":"unique()"}');
      const answer = await withBody(
        'POST /v1/users',
        body,
        'Content-Type: application/json',
        `Content-Encoding: ${encoding}`,
      );
      expect(answer.status).toBe(415);
      expect(answer.body).toContain('"type":"general_content_type_unsupported"');
      const [named] = encoding.split(',');
      expect(answer.body).toContain(`Unsupported content encoding \\"${named}\\". Send the body as it is.`);
    },
  );

  test('as identity is none', async () => {
    const answer = await withBody(
      'POST /v1/users',
      '{"userId":"unique()"}',
      'Content-Type: application/json',
      'Content-Encoding: identity',
    );
    expect(answer.status).toBe(201);
  });
});

describe('A request line that no library writes', () => {
  test.each([
    ['GET /v1/users/%', 400],
    ['GET /v1/users/%00', 400],
    ['GET /v1/users/%ff%fe', 400],
    ['DELETE /v1/users/a/sessions/%2e', 404],
    ['GET /v1/users/\xff', 400],
    ['DELETE /v1/users//sessions', 404],
    ['DELETE /v1/users/a/sessions/', 404],
    ['DELETE /v1/users/a/sessions/x/..', 404],
    ['GET //v1/users', 404],
    ['GET /v1/users?%', 200],
    ['GET /v1/users?queries[]=%ff', 400],
    ['TRACE /v1/users', 405],
    ['PROPFIND /v1/users', 405],
    ['PURGE /v1/users', 405],
    ['GET http://localhost/v1/users', 200],
  ])('%s: %i', async (line, status) => {
    expect((await ask(line)).status).toBe(status);
  });
});

// What is no host at all does not get as far as a Worker.
test.each(['Host: ', 'Host: \xff', `Host: ${'x'.repeat(300)}`])(
  'A %j is answered all the same',
  async (host) => {
    const answer = await send(['GET /v1/health/version HTTP/1.1', host, 'Connection: close']);
    expect(answer.status).toBeLessThan(500);
  },
);

test.each([
  ['X-Appwrite-Locale', 'x'.repeat(8_000)],
  ['User-Agent', 'Android '.repeat(1_000)],
  ['Cookie', 'a=b; '.repeat(2_000)],
  ['Origin', `https://${'a'.repeat(8_000)}`],
  ['X-Appwrite-Response-Format', '9'.repeat(8_000)],
  ['X-D1-Bookmark', '\xff\xfe'],
  ['X-Fallback-Cookies', '{'.repeat(8_000)],
])('A %s that is too long or no text is answered all the same', async (name, value) => {
  const answer = await ask('GET /v1/users', [`${name}: ${value}`, `${name}: ${value}`]);
  expect(answer.status).toBe(200);
});
