/** A request as the driver sends it. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  /** The session that it shows, instead of the root key. */
  readonly session?: boolean;
}

/** One call to measure, as a client would make it. `n` differs from run to run, so that creates do not collide. */
export interface BenchCall {
  readonly name: string;
  /** What the bare Worker does for the same answer (bench/workers/floor.ts). */
  readonly floor: Floor;
  /** The ratio to its floor that is aimed at; none where none is. */
  readonly atMost?: number;
  /** A request; or, over a service binding, the method of that name. */
  readonly send: ((n: number) => Sent) | 'rpc';
}

/** What the bare Worker can be asked for, each with its request. */
export const floors = {
  hello: { told: 'an answer', path: () => '/hello' },
  row: { told: 'one row', path: (n: number) => `/row/${n}` },
  rowWithTargets: { told: 'one row with its targets', path: (n: number) => `/row-with-targets/${n}` },
  rows: { told: '25 rows with their targets', path: () => '/rows' },
  insert: { told: 'a batch of insert and select', path: (n: number) => `/insert/${n}` },
  update: { told: 'a batch of update and select', path: (n: number) => `/update/${n}` },
  kv: { told: 'the value of a hashed token in KV', path: () => '/kv' },
  kvByRpc: { told: 'the same by RPC', path: null },
} as const;

export type Floor = keyof typeof floors;

export const ROOT_KEY = 'root-key-of-the-bench-000000000001';
/** What every request of a client tells of itself. */
export const CALLER = {
  'cf-connecting-ip': '203.0.113.7',
  'user-agent':
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
};

export const BASE = 'https://bench.test/v1';

/** What the directory holds, and what the driver must know of it. */
export const USERS = 10_000;

const query = (method: string, attribute: string, values?: unknown[]) =>
  `queries[]=${encodeURIComponent(JSON.stringify({ method, attribute, values }))}`;

const user = (n: number) => `user${(n * 7919) % USERS}`;

const get = (path: (n: number) => string) => (n: number) => ({ method: 'GET', path: path(n) });
const send = (method: string, path: (n: number) => string, body: (n: number) => unknown) => (n: number) => ({
  method,
  path: path(n),
  body: body(n),
});
const asUser = (path: string) => () => ({ method: 'GET', path, session: true });

/** The calls of the table in docs/costs.md, over a directory of `USERS`. */
export const benchCalls: readonly BenchCall[] = [
  {
    name: 'GET /health/version (the router alone)',
    floor: 'hello',
    atMost: 1.3,
    send: get(() => '/health/version'),
  },
  { name: 'GET /users/{id}', floor: 'rowWithTargets', atMost: 1.2, send: get((n) => `/users/${user(n)}`) },
  { name: 'GET /users, first page of 25', floor: 'rows', atMost: 1.5, send: get(() => '/users?limit=25') },
  {
    name: 'GET /users, page of 25 at a cursor',
    floor: 'rows',
    atMost: 1.5,
    send: get((n) => `/users?limit=25&cursor=${user(n)}`),
  },
  {
    name: 'GET /users, 25 by name',
    floor: 'rows',
    atMost: 1.5,
    send: get(() => `/users?${query('orderAsc', 'name')}`),
  },
  {
    name: 'GET /users, search, one hit',
    floor: 'rowWithTargets',
    atMost: 2,
    send: get((n) => `/users?search=user${1000 + (n % 9000)}%40`),
  },
  {
    name: 'GET /users, search, all hit',
    floor: 'rows',
    send: get(() => '/users?search=example.com'),
  },
  {
    name: 'GET /users, search, all hit, no total',
    floor: 'rows',
    atMost: 2,
    send: get(() => '/users?search=example.com&total=false'),
  },
  { name: 'GET /users/{id}/logs', floor: 'row', send: get((n) => `/users/${user(n)}/logs`) },
  { name: 'GET /users/usage', floor: 'row', send: get(() => '/users/usage') },
  {
    name: 'POST /users, no password',
    floor: 'insert',
    atMost: 1.7,
    send: send(
      'POST',
      () => '/users',
      (n) => ({ userId: `new${n}`, email: `new${n}@example.com`, name: `New ${n}` }),
    ),
  },
  {
    name: 'PATCH /users/{id}/name',
    floor: 'update',
    atMost: 1.6,
    send: send(
      'PATCH',
      (n) => `/users/${user(n)}/name`,
      (n) => ({ name: `Name ${n}` }),
    ),
  },
  {
    name: 'PATCH /users/{id}/prefs',
    floor: 'update',
    send: send(
      'PATCH',
      (n) => `/users/${user(n)}/prefs`,
      (n) => ({ prefs: { n } }),
    ),
  },
  {
    name: 'POST /users/{id}/sessions',
    floor: 'insert',
    send: send(
      'POST',
      (n) => `/users/${user(n)}/sessions`,
      () => ({}),
    ),
  },
  {
    name: 'POST /teams/{id}/memberships, by user ID',
    floor: 'insert',
    send: send(
      'POST',
      () => '/teams/team0/memberships',
      (n) => ({ userId: `user${n % USERS}`, roles: ['editor'] }),
    ),
  },
  {
    name: 'POST /teams/{id}/memberships, a new e-mail',
    floor: 'insert',
    send: send(
      'POST',
      () => '/teams/team0/memberships',
      (n) => ({ email: `team${n}@example.com`, roles: ['editor'] }),
    ),
  },
  {
    name: 'GET /teams/{id}/memberships, 25',
    floor: 'rows',
    send: get(() => '/teams/team0/memberships?limit=25'),
  },
  {
    name: 'GET /account/sessions/current (a check, KV)',
    floor: 'kv',
    atMost: 1.15,
    send: asUser('/account/sessions/current'),
  },
  { name: 'verifySession (a check by RPC, KV)', floor: 'kvByRpc', atMost: 1.05, send: 'rpc' },
  { name: 'GET /account (a check with its user)', floor: 'rowWithTargets', send: asUser('/account') },
  {
    name: 'DELETE /users/{id}',
    floor: 'insert',
    send: send(
      'DELETE',
      (n) => `/users/${user(n)}`,
      () => ({}),
    ),
  },
];
