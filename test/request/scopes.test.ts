import { beforeAll, describe, expect, test } from 'vitest';
import configuration from '../../docs/configuration.md?raw';
import { endpoints } from '../../src/app';
import { SCOPES, type Scope } from '../../src/request/scopes';
import { api } from '../support/api';
import { type AppEndpoint, namedEndpoints, nameOf, toApi, type ValidCall, validCall } from '../support/calls';
import { expectError } from '../support/expect';
import { newKey, newUser } from '../support/given';

/** A row of the table in docs/configuration.md. */
interface Documented {
  readonly methods: readonly string[];
  readonly path: RegExp;
  readonly allows: (scope: Scope) => boolean;
}

const marked = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);

function readTable(text: string): Documented[] {
  return text.split('\n').flatMap((line) => {
    const [, methods = '', path = '', who = '', end] = line.split('|').map((cell) => cell.trim());
    const [pattern] = marked(path);
    if (end !== '' || pattern === undefined || !pattern.startsWith('/')) return [];
    const escaped = pattern
      .replace(/[.]/g, '\\.')
      .replace('*', '($|/.*)')
      .replace(/\{\w+\}/g, '[^/]+');
    const scopes = marked(who);
    return {
      methods: marked(methods),
      path: new RegExp(`^${escaped}$`),
      allows: (scope: Scope) => scopes.includes(scope) || who.startsWith('anybody'),
    };
  });
}

const table = readTable(configuration);

function documented({ method, path }: AppEndpoint): Documented {
  const found = table.findLast((row) => row.methods.includes(method) && row.path.test(path));
  if (found === undefined) {
    throw new Error(
      `docs/configuration.md says nothing of ${method} ${path}: add a row to its table of scopes (of rows that fit, the last counts)`,
    );
  }
  return found;
}

const secrets = new Map<Scope, string>();
beforeAll(async () => {
  for (const scope of SCOPES) secrets.set(scope, (await newKey([scope])).secret);
});

const withScope = (scope: Scope) => ({ 'x-appwrite-key': secrets.get(scope) ?? '' });

/** A call that fails by what it asks, if it is let through at all. */
function emptyCall(endpoint: AppEndpoint): ValidCall {
  const params = Object.fromEntries(Object.keys(endpoint.params).map((name) => [name, 'nothing']));
  return { params, body: {} };
}

describe('The table of scopes in docs/configuration.md', () => {
  test('has a row for every endpoint, and no row for nothing', () => {
    const used = new Set(endpoints.map(documented));
    const unused = table.filter((row) => !used.has(row)).map(({ path }) => String(path));
    expect(unused, 'rows of docs/configuration.md that fit no endpoint').toEqual([]);
  });

  describe.each(namedEndpoints)('%s', (_, endpoint) => {
    test.each(SCOPES)('says what a key with %s alone may do', async (scope) => {
      const [route, call] = toApi(endpoint, emptyCall(endpoint));
      const answer = await api(route, { ...call, headers: withScope(scope) });
      if (documented(endpoint).allows(scope)) {
        const advice = `docs/configuration.md lets ${scope} call this, the endpoint declares ${endpoint.scopes}`;
        expect(answer.body?.type, advice).not.toBe('general_unauthorized_scope');
      } else {
        const message = `app.default@service.api.test (role: applications) missing scopes (${JSON.stringify(endpoint.scopes)})`;
        expectError(answer, 'general_unauthorized_scope', { message });
      }
    });
  });
});

/** Calls within what the table says of one scope, where the usual valid one takes another besides. */
const modest: Readonly<Record<string, (scope: Scope) => Promise<ValidCall>>> = {
  'PATCH /users/:userId/impersonator': async () => ({
    params: { userId: await newUser() },
    body: { impersonator: false },
  }),
  'POST /project/keys': async (scope) => ({ body: { keyId: 'unique()', name: 'Modest', scopes: [scope] } }),
  'PUT /project/keys/:keyId': async (scope) => ({
    params: { keyId: (await newKey([scope])).id },
    body: { name: 'Modest', scopes: [] },
  }),
  'DELETE /project/keys/:keyId': async (scope) => ({ params: { keyId: (await newKey([scope])).id } }),
};

const allowed = endpoints
  .filter(({ scopes }) => scopes.length > 0 && !scopes.includes('public'))
  .flatMap((endpoint) => {
    const { allows } = documented(endpoint);
    return SCOPES.filter(allows).map((scope) => [nameOf(endpoint), scope, endpoint] as const);
  });

test.each(allowed)('%s succeeds with %s alone', async (name, scope, endpoint) => {
  const valid = await (modest[name]?.(scope) ?? validCall(endpoint));
  const [route, call] = toApi(endpoint, valid);
  const answer = await api(route, { ...call, headers: { ...call.headers, ...withScope(scope) } });
  expect(answer.status, answer.text).toBe(endpoint.status);
});

test('users.hashes.read stands alone: it shows hashes to who may read users, and nobody anything else', async () => {
  const user = await newUser({ password: 'correct horse' });
  const passwordFor = async (scopes: readonly Scope[]) => {
    const { secret } = await newKey(scopes);
    const answer = await api(`GET /users/${user}`, { headers: { 'x-appwrite-key': secret } });
    return answer.status === 200 ? answer.body.password : answer.status;
  };
  expect(await passwordFor(['users.hashes.read'])).toBe(401);
  expect(await passwordFor(['users.read'])).toBeNull();
  expect(await passwordFor(SCOPES.filter((scope) => scope !== 'users.hashes.read'))).toBeNull();
  expect(await passwordFor(['users.read', 'users.hashes.read'])).toMatch(/^\$argon2id\$/);
});
