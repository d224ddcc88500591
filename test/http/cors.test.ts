import { describe, expect, test } from 'vitest';
import { isAllowedOrigin } from '../../src/http/cors';
import { api } from '../support/api';
import { expectError } from '../support/expect';

const env = { ALLOWED_ORIGINS: 'https://app.example.com, http://localhost:*' };
const from = (origin: string, key: string | null = null) => ({
  headers: { origin, 'x-appwrite-key': key },
  env,
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

test.each([
  ['https://a.example.com', 'https://*.example.com', true],
  ['https://a.b.example.com', 'https://*.example.com', true],
  ['https://example.com', 'https://*.example.com', false],
  ['https://evil.com/.example.com', 'https://*.example.com', false],
  ['https://example.com.evil.com', 'https://example.com', false],
  ['https://exampleXcom', 'https://example.com', false],
  ['HTTPS://APP.example.com', 'https://app.example.com', true],
  ['http://localhost:3000', 'http://localhost:*', true],
  ['https://localhost:3000', 'http://localhost:*', false],
  ['https://any.where', '*', true],
  ['https://any.where', '', false],
])('%s is measured by %j: %s', (origin, allowed, expected) => {
  expect(isAllowedOrigin(origin, allowed)).toBe(expected);
});
