import { createExecutionContext, env } from 'cloudflare:test';
import { describe, expect, test, vi } from 'vitest';
import { endpoints } from '../../src/app';
import { fixedParts } from '../../src/http/paths';
import worker from '../../src/index';
import { api, requestOf } from '../support/api';
import { namedEndpoints, toApi, validCall } from '../support/calls';
import { expectError, expectInvalid } from '../support/expect';
import { newSession, newTarget, newUser } from '../support/given';
import { everything } from '../support/rows';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE'];

/** Asks with a method that a test's `Request` may not have, such as TRACE. */
async function ask(method: string, path: string) {
  const request = requestOf(`GET ${path}`, {});
  const asked = new Proxy(request, {
    get: (target, name) => {
      if (name === 'method') return method;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return worker.fetch(asked, env, createExecutionContext());
}

describe('A path with an empty part', () => {
  test('is none, whatever the method, and changes nothing', async () => {
    const userId = await newUser();
    await newSession(userId);
    await newTarget(userId);
    const before = await everything();
    const paths = [
      ...[
        `/users/${userId}/sessions/`,
        `/users/${userId}/targets/`,
        `/users/${userId}/`,
        '/users/',
        '/teams/',
      ],
      ...[
        '/users//sessions',
        '//users',
        '/users//',
        `/users/${userId}//sessions`,
        '/users/identities/',
        '//',
      ],
      ...[
        `/users/${userId}/sessions/%2e`,
        `/users/${userId}/sessions/x/..`,
        `/users/${userId}/sessions/x/%2E%2e`,
      ],
      ...[
        `/users/${userId}\\sessions\\`,
        `/users/${userId}/sessions/?queries[]=limit(1)`,
        '/account/sessions/',
      ],
    ];
    for (const path of paths) {
      for (const method of METHODS) {
        const answer = await ask(method, path);
        expect(answer.status, `${method} ${path}`).toBe(404);
        if (method !== 'HEAD') expect(await answer.json()).toMatchObject({ type: 'general_route_not_found' });
      }
    }
    expect(await everything()).toBe(before);
  });

  test.each(namedEndpoints)('is none where %s would be with an empty ID', async (_, endpoint) => {
    const names = Object.keys(endpoint.params);
    const valid = names.length === 0 ? {} : await validCall(endpoint);
    for (const name of names) {
      const [route, call] = toApi(endpoint, { ...valid, params: { ...valid.params, [name]: '' } });
      expectError(await api(route, call), 'general_route_not_found');
    }
    if (endpoint.path === '/') return;
    const [route, call] = toApi(endpoint, valid);
    expectError(await api(route.replace(/(\?.*)?$/, '/$1'), call), 'general_route_not_found');
  });

  test('is the root alone, which may be written with a slash', async () => {
    expect((await api('GET /')).body.name).toBe('edge-users');
    expect((await api('GET ')).body.name).toBe('edge-users');
  });
});

describe('An ID that is a fixed part of a path', () => {
  const fixed = fixedParts(endpoints);

  test('is told from the routes', () => {
    expect([...(fixed.get('userId') ?? [])].sort()).toEqual(
      [
        'argon2',
        'bcrypt',
        'export',
        'identities',
        'import',
        'md5',
        'phpass',
        'scrypt',
        'scrypt-modified',
        'sha',
        'usage',
      ].sort(),
    );
    const routes = [
      { method: 'GET', path: '/teams/:teamId' },
      { method: 'PUT', path: '/teams/:other/prefs' },
      { method: 'GET', path: '/teams/:teamId/memberships/:membershipId' },
      { method: 'POST', path: '/teams/import' },
      { method: 'GET', path: '/teams/:id/memberships/logs' },
      { method: 'GET', path: '/users/logs' },
    ] as const;
    expect([...(fixedParts(routes).get('teamId') ?? [])]).toEqual(['import']);
    expect([...(fixedParts(routes).get('membershipId') ?? [])]).toEqual(['logs']);
  });

  const creations = namedEndpoints.filter(([, { body }]) =>
    Object.keys(body).some((name) => fixed.get(name)?.size && name === 'userId'),
  );
  test.each(creations)('is refused by %s where it makes something of that ID', async (name, endpoint) => {
    const isNew = name.startsWith('POST /users');
    for (const userId of fixed.get('userId') ?? []) {
      const valid = await validCall(endpoint);
      const [route, call] = toApi(endpoint, { ...valid, body: { ...valid.body, userId } });
      const answer = await api(route, call);
      if (isNew)
        expectInvalid(
          answer,
          'userId',
          `"${userId}" is a fixed part of this API's paths and can't be an ID. Choose another one.`,
        );
      else expect(answer.body.message).not.toContain('fixed part');
    }
  });

  test('is refused in a form too, before anything else of it is looked at', async () => {
    const body = new URLSearchParams({ userId: 'usage', email: 'nonsense' });
    expectInvalid(
      await api('POST /users', { body }),
      'userId',
      /^Invalid `userId` param: "usage" is a fixed part/,
    );
  });

  test('is one wherever it is new: every endpoint that makes something of an ID of its caller', () => {
    const makers = namedEndpoints.filter(([, { method, body, path }]) => {
      const collection = path.replace(/\/(argon2|bcrypt|md5|phpass|sha|scrypt|scrypt-modified)$/, '');
      return (
        method === 'POST' &&
        Object.keys(body).some(
          (name) => isPath(`${collection}/:${name}`) || isPath(`/users/identities/:${name}`),
        )
      );
    });
    expect(makers.map(([name]) => name).sort()).toEqual(
      [
        'POST /users',
        ...['argon2', 'bcrypt', 'md5', 'phpass', 'sha', 'scrypt', 'scrypt-modified'].map(
          (one) => `POST /users/${one}`,
        ),
        'POST /users/:userId/targets',
        'POST /users/:userId/identities',
        'POST /teams',
        'POST /project/keys',
        'POST /webhooks',
      ].sort(),
    );
  });
});

const isPath = (path: string) => endpoints.some((endpoint) => endpoint.path === path);

describe('Another method', () => {
  test('tells the methods that there are', async () => {
    for (const method of ['TRACE', 'PROPFIND', 'CONNECT', 'get', 'PURGE']) {
      const answer = await ask(method, '/users/a');
      expect([answer.status, await answer.json()]).toEqual([
        405,
        expect.objectContaining({ type: 'general_method_not_allowed' }),
      ]);
      expect(answer.headers.get('allow')?.split(', ').sort()).toEqual(['DELETE', 'GET', 'HEAD']);
    }
  });

  test('OPTIONS without a page that asks tells them too', async () => {
    const answer = await api('OPTIONS /users/a');
    expect([answer.status, answer.headers.get('allow')?.split(', ').sort()]).toEqual([
      204,
      ['DELETE', 'GET', 'HEAD'],
    ]);
    expectError(await api('OPTIONS /nothing'), 'general_route_not_found');
  });

  test('OPTIONS of a page is answered for any path, so that the page sees the answer itself', async () => {
    const headers = {
      origin: 'https://app.test',
      'access-control-request-method': 'GET',
      'x-appwrite-key': null,
    };
    const answer = await api('OPTIONS /nothing', { headers, env: { ALLOWED_ORIGINS: 'https://app.test' } });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([
      204,
      'https://app.test',
    ]);
  });
});

describe('The error boundary holds', () => {
  const broken = (name: string) =>
    new Proxy(
      { ...env },
      {
        get(target, asked) {
          if (asked === name) throw new Error('a binding that can not be read');
          return Reflect.get(target, asked);
        },
      },
    );

  test.each(['ALLOWED_ORIGINS', 'DB', 'ROOT_API_KEY'])('where reading %s fails', async (name) => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    const answer = await worker.fetch(requestOf('GET /users', {}), broken(name), createExecutionContext());
    log.mockRestore();
    expect([answer.status, await answer.json()]).toEqual([
      500,
      expect.objectContaining({ type: 'general_unknown' }),
    ]);
    expect(answer.headers.get('x-request-id')).toMatch(/^[\w-]{16,}$/);
  });

  test.each(['headers', 'url', 'method'])('where the %s of the request can not be read', async (name) => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    const request = new Proxy(requestOf('GET /users', {}), {
      get(target, asked) {
        if (asked === name) throw new Error('unreadable');
        const value: unknown = Reflect.get(target, asked);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const answer = await worker.fetch(request, env, createExecutionContext());
    log.mockRestore();
    expect([answer.status, await answer.json()]).toEqual([
      500,
      expect.objectContaining({ type: 'general_unknown' }),
    ]);
  });

  test('where the address is none', async () => {
    const request = new Proxy(requestOf('GET /users', {}), {
      get(target, asked) {
        if (asked === 'url') return 'http://a b:port/v1/users';
        const value: unknown = Reflect.get(target, asked);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const answer = await worker.fetch(request, env, createExecutionContext());
    expect([answer.status, await answer.json()]).toEqual([
      400,
      expect.objectContaining({
        type: 'general_bad_request',
        message: "The request's address or Host header is invalid.",
      }),
    ]);
  });
});

describe('Every answer tells a browser how far to trust it', () => {
  const NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  test.each([
    'GET /users',
    'GET /nothing',
    'PUT /users/a',
    'GET /users/nobody',
    'HEAD /users',
    'OPTIONS /users',
    'GET /openapi.json',
  ])('%s', async (route) => {
    const { headers } = await api(route);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('content-security-policy')).toBe(NOTHING);
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
  });

  test('without HTTPS there is no HSTS, which no browser would take', async () => {
    const request = new Request('http://localhost:8787/v1/health/version');
    const answer = await worker.fetch(request, env, createExecutionContext());
    expect([answer.status, answer.headers.get('strict-transport-security')]).toEqual([200, null]);
  });

  test('the reference page may show its own style sheet, by its hash, and nothing else', async () => {
    const { headers, text } = await api('GET /reference');
    const [, style = ''] = /<style>(.*?)<\/style>/s.exec(text) ?? [];
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style));
    const hash = btoa(String.fromCharCode(...new Uint8Array(digest)));
    expect(headers.get('content-security-policy')).toBe(`${NOTHING}; style-src 'sha256-${hash}'`);
    expect(text.match(/<style>/g)).toHaveLength(1);
    expect(text).not.toMatch(/<script|<link|<img|<iframe|\sstyle=|\son\w+=|javascript:/i);
  });
});
