import { createExecutionContext, env } from 'cloudflare:test';
import { describe, expect, test } from 'vitest';
import { isAllowedOrigin, parseOrigins } from '../../src/http/origins';
import worker from '../../src/index';
import { api } from '../support/api';
import { expectError } from '../support/expect';

const bindings = { ALLOWED_ORIGINS: 'https://app.example.com, http://localhost:*' };
const from = (origin: string, key: string | null = null) => ({
  headers: { origin, 'x-appwrite-key': key },
  env: bindings,
});

describe('A page of an allowed origin', () => {
  test('is answered with its own origin, and credentials', async () => {
    const { headers } = await api('GET /health/version', from('https://app.example.com'));
    expect(headers.get('access-control-allow-origin')).toBe('https://app.example.com');
    expect(headers.get('access-control-allow-credentials')).toBe('true');
    expect(headers.get('access-control-expose-headers')).toContain('X-Fallback-Cookies');
  });

  test('may ask first', async () => {
    const { status, headers } = await api('OPTIONS /users/a', from('http://localhost:5173'));
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-methods')).toBe('GET, POST, PUT, PATCH, DELETE');
    for (const name of ['X-Appwrite-Project', 'X-Appwrite-Session', 'X-Fallback-Cookies', 'Content-Type']) {
      expect(headers.get('access-control-allow-headers')).toContain(name);
    }
    expect(headers.get('access-control-max-age')).toBe('86400');
  });

  test('is told of errors too', async () => {
    const answer = await api('GET /nothing', from('https://app.example.com'));
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://app.example.com');
  });
});

describe('A page of another origin', () => {
  test('is refused, and told how to be let in', async () => {
    const answer = await api('GET /account', from('https://evil.example.com'));
    expectError(answer, 'general_unknown_origin', {
      message: /Add https:\/\/evil\.example\.com to .*ALLOWED_ORIGINS/,
    });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('gets no permission by asking', async () => {
    const { status, headers } = await api('OPTIONS /users', from('https://evil.example.com'));
    expect([status, headers.get('access-control-allow-origin')]).toEqual([204, null]);
  });
});

test('A server with an API key is not asked for its origin', async () => {
  expect(
    (await api('GET /users', from('https://evil.example.com', 'root-key-of-the-tests-000000000001'))).status,
  ).toBe(200);
});

test('A page of our own is not foreign', async () => {
  expect((await api('GET /health/version', from('https://api.test'))).status).toBe(200);
});

/** Whether pages of an origin may call a deployment with these ALLOWED_ORIGINS. */
function isAllowed(origin: string, text: string): boolean {
  const allowed = parseOrigins(text);
  if ('problem' in allowed) throw new Error(allowed.problem);
  return isAllowedOrigin(origin, allowed);
}

test.each([
  ['https://a.example.com', 'https://*.example.com', true],
  ['https://a.b.example.com', 'https://*.example.com', true],
  ['https://example.com', 'https://*.example.com', false],
  ['https://.example.com', 'https://*.example.com', false],
  ['https://evil.com/.example.com', 'https://*.example.com', false],
  ['https://evil.com:80.example.com', 'https://*.example.com', false],
  ['https://user@evil.example.com', 'https://*.example.com', false],
  ['https://example.com.evil.com', 'https://example.com', false],
  ['https://exampleXcom', 'https://example.com', false],
  ['HTTPS://APP.example.com', 'https://app.example.com', true],
  ['https://pr-7-app.example.dev', 'https://pr-*-app.example.dev', true],
  ['https://pr--app.example.dev', 'https://pr-*-app.example.dev', false],
  ['https://a-b-a-b-c.example.dev', 'https://*-b-*-c.example.dev', true],
  ['https://a-b-c.example.dev', 'https://*-b-*-c.example.dev', false],
  ['http://localhost:3000', 'http://localhost:*', true],
  ['http://localhost', 'http://localhost:*', true],
  ['http://localhost:', 'http://localhost:*', false],
  ['http://localhost:80x', 'http://localhost:*', false],
  ['http://localhost.evil.com:3000', 'http://localhost:*', false],
  ['https://localhost:3000', 'http://localhost:*', false],
  ['https://app.example.com', 'https://app.example.com:443', true],
  ['https://app.example.com:8443', 'https://app.example.com', false],
  ['http://[::1]:3000', 'http://[::1]:*', true],
  ['http://127.0.0.1', 'http://127.0.0.1:*', true],
  ['appwrite-android://com.Example.my_app', 'appwrite-android://com.example.my_app', true],
  ['appwrite-ios://com.example.other', 'appwrite-ios://com.example.app', false],
  ['capacitor://localhost', 'capacitor://localhost', true],
  ['capacitor://localhost', 'https://localhost', false],
  ['null', 'https://app.example.com', false],
  ['file://', 'https://app.example.com', false],
  ['https://any.where', '', false],
  ['https://any.where', ' , ', false],
  [`https://${'a'.repeat(600)}.example.com`, 'https://*.example.com', false],
])('%s is measured by %j: %s', (origin, allowed, expected) => {
  expect(isAllowed(origin, allowed)).toBe(expected);
});

test.each([
  ['*', /would let any page call/],
  ['https://app.example.com, *', /^"\*" would let any page call/],
  ['null', /is what pages without an origin send/],
  ['app.example.com', /is no origin/],
  ['https://app.example.com/', /is no origin/],
  ['https://app.example.com/path', /is no origin/],
  ['https://app.example.com:port', /is no origin/],
  ['https://app.example.com:65536', /is no origin/],
  ['https://app.example.com:0', /is no origin/],
  ['https://app.example.com:0443', /is no origin/],
  ['https://app example.com', /is no origin/],
  ['https://user@example.com', /is no origin/],
  ['https://bücher.example', /is no origin/],
  ['https://', /is no origin/],
  ['https://.example.com', /is no origin/],
  ['*://example.com', /is no origin/],
  ['https://*', /would allow hosts of anybody/],
  ['http://*:3000', /would allow hosts of anybody/],
  ['https://app.*', /would allow hosts of anybody/],
  ['http://192.168.0.*', /would allow hosts of anybody/],
])('%j is no list of origins', (text, problem) => {
  expect(parseOrigins(text)).toEqual({ problem: expect.stringMatching(problem) });
});

test('A long list is told of by its beginning, never by half a character, which the health check would repeat', () => {
  const read = parseOrigins(`x${'😀'.repeat(100)}`);
  expect('problem' in read && read.problem.isWellFormed()).toBe(true);
});

test('A pattern of many stars takes no longer than its length, whatever the header holds', () => {
  const pattern = `https://${'*a'.repeat(200)}.example.com`;
  const origin = `https://${'a'.repeat(480)}.example.org`;
  expect(isAllowed(origin, pattern)).toBe(false);
  expect(isAllowed(`https://${'a'.repeat(480)}.example.com`, pattern)).toBe(true);
});

test('A page without an origin of its own is refused, and not told to have one listed', async () => {
  const answer = await api('GET /account', from('null'));
  expectError(answer, 'general_unknown_origin', {
    message: 'Invalid Origin. A page without an origin of its own can not call this service.',
  });
});

test('An unset ALLOWED_ORIGINS works as an empty one', async () => {
  const unset = { ...env };
  Reflect.deleteProperty(unset, 'ALLOWED_ORIGINS');
  const call = (origin: string, path = '/v1/health') => {
    const headers = { origin, 'x-appwrite-project': 'default' };
    return worker.fetch(new Request(`https://api.test${path}`, { headers }), unset, createExecutionContext());
  };
  expect((await call('https://api.test')).status).toBe(200);
  const refused = await call('https://app.example.com');
  expect([refused.status, await refused.json()]).toEqual([
    403,
    expect.objectContaining({ type: 'general_unknown_origin' }),
  ]);
});
