import { createExecutionContext, env, waitOnExecutionContext } from 'cloudflare:test';
import { expect } from 'vitest';
import type { Config } from '../../src/config';
import worker from '../../src/index';
import { checkDescribed } from './described';

/** The root key of the tests; vitest.config.ts gives it to the Worker. */
export const ROOT_KEY = 'root-key-of-the-tests-000000000001';

/** The headers of a client of Appwrite 0.15. */
export const CLASSIC = { 'x-appwrite-response-format': '0.15.0' };

export interface Call {
  /** Sent as it is where it is text, a form, bytes or a stream, otherwise as JSON. */
  readonly body?: unknown;
  /** Added to, or where null taken from, the headers of a modern server SDK with the root key. */
  readonly headers?: Readonly<Record<string, string | null>>;
  /** What Cloudflare tells of the connection. */
  readonly cf?: Readonly<Record<string, unknown>>;
  /** Bindings to replace. */
  readonly env?: Partial<Env & Record<keyof Config, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The body as it was sent. */
  readonly text: string;
  /** The parsed body; text where it is not JSON, undefined where there is none. */
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts on it as a client without types would.
  readonly body: any;
}

/**
 * Calls the Worker as a server SDK does, waits for its work after the response too, and checks the answer against what
 * all answers promise and against the API's own description.
 * @param route such as `GET /users/a`, below `/v1`
 */
export async function api(route: string, call: Call = {}): Promise<Answer> {
  const [method = '', path = ''] = route.split(' ');
  const request = requestOf(route, call);
  const ctx = createExecutionContext();
  const response = await worker.fetch(request, call.env === undefined ? env : { ...env, ...call.env }, ctx);
  // By its bytes: workerd warns of `text()` where a type is not called text.
  const text = new TextDecoder().decode(await response.arrayBuffer());
  await waitOnExecutionContext(ctx);
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
  const body = isJson ? JSON.parse(text) : text || undefined;
  const answer = { status: response.status, headers: response.headers, text, body };
  checkPromises(method, answer);
  checkDescribed(method, path, answer);
  return answer;
}

/** The request of a call. */
export function requestOf(route: string, { body, headers = {}, cf }: Call): Request {
  const [method = '', path = ''] = route.split(' ');
  return new Request(`https://api.test/v1${path}`, {
    method,
    headers: headersOf(headers, body),
    ...(body === undefined ? {} : { body: isRaw(body) ? body : JSON.stringify(body) }),
    ...(cf === undefined ? {} : { cf }),
  });
}

function isRaw(body: unknown): body is BodyInit {
  return (
    typeof body === 'string' ||
    body instanceof FormData ||
    body instanceof URLSearchParams ||
    body instanceof Uint8Array ||
    body instanceof ReadableStream
  );
}

function headersOf(changes: Readonly<Record<string, string | null>>, body: unknown): Headers {
  const namesItself = body instanceof FormData || body instanceof URLSearchParams;
  const headers = new Headers({
    ...(namesItself ? {} : { 'content-type': 'application/json' }),
    'x-appwrite-project': 'default',
    'x-appwrite-key': ROOT_KEY,
  });
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) headers.delete(name);
    else headers.set(name, value);
  }
  return headers;
}

/** What every answer promises, whatever was asked; a HEAD is answered without a body, errors too. */
function checkPromises(method: string, { status, headers, text, body }: Answer): void {
  expect(headers.get('x-request-id')).toMatch(/^[\w-]{16,}$/);
  expect(headers.get('vary')).toBe('Origin');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; .*frame-ancestors 'none'/);
  expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
  expect(headers.get('cache-control')).toBe('private, no-store');
  if (status === 204 || method === 'HEAD') expect(text).toBe('');
  if (text === '' && !headers.has('content-disposition')) {
    // Without one SDKs for Python and .NET throw, with one of JSON those for JavaScript.
    expect(headers.get('content-type')).toBe('text/html; charset=UTF-8');
  } else if (typeof body === 'object') {
    expect(headers.get('content-type')).toBe('application/json; charset=UTF-8');
  }
}
