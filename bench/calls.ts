/** One call to measure, as a client would make it. `n` differs from run to run, so that creates do not collide. */
export interface BenchCall {
  readonly name: string;
  /** What its time is compared with: the same machine's bare answer of D1, of KV, or of the router alone. */
  readonly floor: 'd1' | 'kv' | 'router';
  request(n: number): Request;
}

export const ROOT_KEY = 'root-key-of-the-bench-000000000001';
const BASE = 'https://bench.test/v1';

const call = (method: string, path: string, body?: unknown) =>
  new Request(BASE + path, {
    method,
    headers: { 'x-appwrite-key': ROOT_KEY, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

const query = (method: string, attribute: string, values?: unknown[]) =>
  `queries[]=${encodeURIComponent(JSON.stringify({ method, attribute, values }))}`;

/** The calls of the table in docs/costs.md, over a directory of so many users. */
export function benchCalls(users: number, sessionToken: string): BenchCall[] {
  const user = (n: number) => `user${(n * 7919) % users}`;
  return [
    {
      name: 'GET /health/version (the router alone)',
      floor: 'router',
      request: () => call('GET', '/health/version'),
    },
    { name: 'GET /users/{id}', floor: 'd1', request: (n) => call('GET', `/users/${user(n)}`) },
    { name: 'GET /users, first page of 25', floor: 'd1', request: () => call('GET', '/users?limit=25') },
    {
      name: 'GET /users, page of 25 at a cursor',
      floor: 'd1',
      request: (n) => call('GET', `/users?limit=25&cursor=${user(n)}`),
    },
    {
      name: 'GET /users, 25 by name',
      floor: 'd1',
      request: () => call('GET', `/users?${query('orderAsc', 'name')}`),
    },
    {
      name: 'GET /users, search, few hits',
      floor: 'd1',
      request: (n) => call('GET', `/users?search=user${n + 1000}`),
    },
    {
      name: 'GET /users, search, all hit',
      floor: 'd1',
      request: () => call('GET', '/users?search=example.com'),
    },
    {
      name: 'GET /users, search, all hit, no total',
      floor: 'd1',
      request: () => call('GET', '/users?search=example.com&total=false'),
    },
    { name: 'GET /users/{id}/logs', floor: 'd1', request: (n) => call('GET', `/users/${user(n)}/logs`) },
    { name: 'GET /users/usage', floor: 'd1', request: () => call('GET', '/users/usage') },
    {
      name: 'POST /users, no password',
      floor: 'd1',
      request: (n) =>
        call('POST', '/users', { userId: `new${n}`, email: `new${n}@example.com`, name: `New ${n}` }),
    },
    {
      name: 'POST /users, with a password',
      floor: 'd1',
      request: (n) =>
        call('POST', '/users', { userId: `pw${n}`, email: `pw${n}@example.com`, password: 'correct horse' }),
    },
    {
      name: 'PATCH /users/{id}/name',
      floor: 'd1',
      request: (n) => call('PATCH', `/users/${user(n)}/name`, { name: `Name ${n}` }),
    },
    {
      name: 'PATCH /users/{id}/prefs',
      floor: 'd1',
      request: (n) => call('PATCH', `/users/${user(n)}/prefs`, { prefs: { n } }),
    },
    {
      name: 'POST /users/{id}/sessions',
      floor: 'd1',
      request: (n) => call('POST', `/users/${user(n)}/sessions`, {}),
    },
    {
      name: 'POST /teams/{id}/memberships, by user ID',
      floor: 'd1',
      request: (n) => call('POST', '/teams/team0/memberships', { userId: `user${n}`, roles: ['editor'] }),
    },
    {
      name: 'POST /teams/{id}/memberships, a new e-mail',
      floor: 'd1',
      request: (n) =>
        call('POST', '/teams/team0/memberships', { email: `team${n}@example.com`, roles: ['editor'] }),
    },
    {
      name: 'GET /teams/{id}/memberships, 25 of 200',
      floor: 'd1',
      request: () => call('GET', '/teams/team0/memberships?limit=25'),
    },
    { name: 'GET /account/sessions/current (a check, KV)', floor: 'kv', request: () => check(sessionToken) },
    { name: 'DELETE /users/{id}', floor: 'd1', request: (n) => call('DELETE', `/users/${user(n)}`, {}) },
  ];
}

function check(token: string): Request {
  return new Request(`${BASE}/account/sessions/current`, { headers: { 'x-appwrite-session': token } });
}
