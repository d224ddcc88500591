import { createExecutionContext, env, waitOnExecutionContext } from 'cloudflare:test';
import { describe, expect, test, vi } from 'vitest';
import worker from '../../src/index';
import { deferTo } from '../../src/request/open';
import { api, type Call, CLASSIC, requestOf } from '../support/api';
import { brokenD1 } from '../support/brokenD1';
import { expectError } from '../support/expect';
import { newUser } from '../support/given';
import { everything } from '../support/rows';

describe('A path', () => {
  test.each(['/nothing', '/users/a/b/c', '/users/a/nonsense', '/user'])(
    '%s that is none is a 404',
    async (path) => {
      expectError(await api(`GET ${path}`), 'general_route_not_found');
    },
  );

  test('asked with a method that it has not tells those that it has', async () => {
    const answer = await api('PUT /users/a');
    expectError(answer, 'general_method_not_allowed');
    expect(answer.headers.get('allow')?.split(', ').sort()).toEqual(['DELETE', 'GET', 'HEAD']);
  });

  test('that is fixed wins over a parameter', async () => {
    expect((await api('GET /users/usage')).body.range).toBe('30d');
  });

  test('answers HEAD as GET, without the body', async () => {
    const user = await newUser();
    const answer = await api(`HEAD /users/${user}`);
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect((await api('HEAD /users/nobody')).status).toBe(404);
  });
});

describe('Of several things that are wrong', () => {
  test('a caller who may not is told of that before invalid parameters', async () => {
    const answer = await api('POST /users', { body: {}, headers: { 'x-appwrite-key': null } });
    const message = 'User (role: guests) missing scopes (["users.write"])';
    expectError(answer, 'general_unauthorized_scope', { message });
  });

  test('invalid parameters are told before a missing user', async () => {
    const answer = await api('PATCH /users/nobody/email', { body: { email: 'nonsense' } });
    expectError(answer, 'general_argument_invalid', {
      message: 'Invalid `email` param: Value must be a valid email address',
    });
  });
});

/** A call whose answer the API's description does not have, since no answer should ever be like it. */
async function unforeseen(route: string, call: Call) {
  const response = await worker.fetch(
    requestOf(route, call),
    { ...env, ...call.env },
    createExecutionContext(),
  );
  return {
    requestId: response.headers.get('x-request-id'),
    status: response.status,
    body: await response.json(),
  };
}

const SERVER_ERROR = { message: 'Server Error', code: 500, type: 'general_unknown', version: '1.9.6' };

describe('An error that nobody foresaw', () => {
  test('is a 500 that tells nothing, and its log line no parameter', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    const body = { userId: 'a', email: 'secret@example.com', password: 'secret password' };
    const answer = await unforeseen('POST /users', { body, env: { DB: brokenD1('no such table: users') } });
    expect([answer.status, answer.body]).toEqual([500, SERVER_ERROR]);
    const lines = log.mock.calls.flat().join('\n');
    log.mockRestore();
    expect(lines).toContain('no such table: users');
    expect(lines).toContain(answer.requestId);
    expect(lines).not.toMatch(/secret|argon2id/);
  });

  test('after the response is a log line that tells no parameter either, however deep its cause', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    const cause = new Error('params: secret', { cause: new Error('no such table: users') });
    const ctx = createExecutionContext();
    deferTo(ctx, 'request-1')(Promise.reject(new Error('Failed query, params: secret', { cause })));
    await waitOnExecutionContext(ctx);
    const lines = log.mock.calls.flat().join('\n');
    log.mockRestore();
    expect(lines).toMatch(/no such table: users/);
    expect(lines).toContain('request-1');
    expect(lines).not.toContain('secret');
  });

  test.each(['Network connection lost.', 'D1 DB is overloaded. Requests queued for too long.'])(
    'of a database that says %j is a 503 to try again',
    async (message) => {
      const answer = await api('GET /users', { env: { DB: brokenD1(message) } });
      expectError(answer, 'general_service_unavailable');
      expect(answer.headers.get('retry-after')).toBe('1');
    },
  );

  test('changes nothing', async () => {
    const user = await newUser();
    const before = await everything();
    const refused = await Promise.all([
      api(`PATCH /users/${user}/email`, { body: { email: 'nonsense' } }),
      api('PATCH /users/nobody/name', { body: { name: 'x' } }),
      api('POST /users', { body: { userId: user } }),
      api(`DELETE /users/${user}/sessions/nothing`),
    ]);
    expect(refused.map(({ status }) => status)).toEqual([400, 404, 409, 404]);
    expect(await everything()).toBe(before);
  });
});

describe('Health', () => {
  test('is told to anybody, for any project', async () => {
    const headers = { 'x-appwrite-key': null, 'x-appwrite-project': 'console' };
    expect((await api('GET /health/version', { headers })).body).toEqual({ version: '1.9.6' });
    const health = { name: 'database', ping: expect.any(Number), status: 'pass' };
    expect((await api('GET /health', { headers })).body).toEqual(health);
  });

  test('is a 503 without the database', async () => {
    const answer = await api('GET /health', {
      env: { DB: brokenD1('Network connection lost.') },
      headers: CLASSIC,
    });
    expectError(answer, 'general_service_unavailable');
  });
});

test('GET /v1 says where the API is described', async () => {
  expect((await api('GET /')).body).toEqual({
    name: 'edge-users',
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    apiVersion: '1.9.6',
    openapi: '/v1/openapi.json',
    reference: '/v1/reference',
  });
  expect((await api('GET /reference')).text).toContain('<code>PATCH /v1/users/{userId}/email</code>');
});
