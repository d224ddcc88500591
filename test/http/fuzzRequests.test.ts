import { createExecutionContext, env, waitOnExecutionContext } from 'cloudflare:test';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { errorTypes, variantsOf } from '../../src/http/errors';
import { parseJson } from '../../src/http/json';
import { reasonUnreadable } from '../../src/http/readable';
import worker from '../../src/index';
import { ROOT_KEY } from '../support/api';
import { namedEndpoints, type ValidCall, validCall } from '../support/calls';
import { type Nonsense, requests } from './nonsense/requests';

/*
 * Whatever is asked, there is an answer in the form that clients know, and none that says that we are at fault. Bounded
 * and the same each time; change these two to look further.
 */
const SEED = 20_261_125;
const RUNS = 20;

/** What this service can't do by itself, and says so: no fault. */
const CANNOT = new Set(['general_smtp_disabled', 'general_phone_disabled', 'general_totp_disabled']);

// Every try counts, or the fuzz would soon meet nothing but 429.
const bindings = { ...env, SIGN_IN_LIMITER: { limit: async () => ({ success: true }) } };

const logged: unknown[] = [];
beforeAll(() => {
  vi.spyOn(console, 'error').mockImplementation((line) => {
    logged.push(line);
  });
});
afterAll(() => vi.restoreAllMocks());

/** The request, by way of a proxy where a `Request` of our own may not be like it. */
function toRequest({ method, path, headers: changes, body, country }: Nonsense, valid: ValidCall): Request {
  const headers = new Headers({ 'x-appwrite-project': 'default', 'x-appwrite-key': ROOT_KEY });
  for (const [name, value] of [...Object.entries(valid.headers ?? {}), ...changes]) {
    if (value === null) headers.delete(name);
    else headers.set(name, value);
  }
  const init = {
    method: 'POST',
    ...bodyOf(body, headers),
    ...(country === undefined ? {} : { cf: { country } }),
  };
  const request = new Request(`https://api.test/v1${path}`, { ...init, headers });
  return new Proxy(request, {
    get(target, name) {
      if (name === 'method') return method;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

function bodyOf(body: Nonsense['body'], headers: Headers): { body?: BodyInit } {
  if (body === null) return {};
  if (body.type === 'multipart') {
    const form = new FormData();
    for (const [name, value] of body.fields) form.append(name.toWellFormed(), value.toWellFormed());
    return { body: form };
  }
  const type = body.contentType
    ?.toWellFormed()
    .replace(/[\0\r\n]/g, '')
    .trim();
  if (type !== undefined) headers.set('content-type', type);
  return { body: body.type === 'text' ? body.text : body.bytes };
}

/** Asks, and checks what every answer promises. */
async function check(asked: Nonsense, valid: ValidCall): Promise<void> {
  logged.length = 0;
  const ctx = createExecutionContext();
  const response = await worker.fetch(toRequest(asked, valid), bindings, ctx);
  const text = await response.text();
  await waitOnExecutionContext(ctx);
  const { status, headers } = response;
  expect(headers.get('x-request-id')).toMatch(/^[\w-]{16,64}$/);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  if (asked.method === 'HEAD' || status === 204) {
    expect([text, status < 500]).toEqual(['', true]);
  } else if (status >= 400) {
    const { message, ...rest } = JSON.parse(text);
    expect(rest, `${message}\n${logged.join('\n')}`).toEqual({
      code: status,
      type: expect.any(String),
      version: '1.9.6',
    });
    expect([message.isWellFormed(), message.length < 8_192]).toEqual([true, true]);
    const told = errorTypes.flatMap(variantsOf).filter(({ type }) => type === rest.type);
    expect(told.map((variant) => variant.status)).toContain(status);
    expect(status < 500 || CANNOT.has(rest.type), `${status} ${rest.type}: ${logged.join('\n')}`).toBe(true);
  } else if (headers.get('content-type')?.startsWith('application/json')) {
    expect(reasonUnreadable(parseJson(text)), text.slice(0, 1000)).toBeNull();
  }
}

describe.each(namedEndpoints)('%s', (name, endpoint) => {
  test('answers whatever it is asked, and is never at fault', async () => {
    const valid = await validCall(endpoint);
    // Each endpoint meets another nonsense, and the same whatever others there are.
    const seed = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, SEED);
    await fc.assert(
      fc.asyncProperty(requests(endpoint, valid), (asked) => check(asked, valid)),
      { seed, numRuns: RUNS, endOnFailure: true },
    );
  }, 60_000);
});
