import { CALLER, ROOT_KEY, USERS } from './calls.ts';

/** Where better-auth believes to be. */
export const PEER_ORIGIN = 'https://peers.test';
export const PEER_PASSWORD = 'correct horse battery';

/** So many users have a password, of each directory. */
export const PEER_PEOPLE = 20;

/** Those that are compared; ours first. */
export const DIRECTORIES = ['ours', 'd1', 'kv', 'cookie'] as const;
export type Directory = (typeof DIRECTORIES)[number];

/** A request as the driver sends it. */
export interface PeerRequest {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly body?: unknown;
  /** Who calls: a server, or a person who has a session. Better-auth knows no server: there a person who may do anything calls. */
  readonly as: 'server' | 'person' | 'nobody';
}

/** One call, as each of the two has it. `n` differs from run to run. */
export interface PeerCall {
  readonly name: string;
  ours(n: number): PeerRequest;
  theirs(n: number): PeerRequest;
  /** Those of better-auth's ways to keep sessions that the call is measured with. */
  readonly beside?: readonly Directory[];
}

const user = (n: number) => `user${(n * 7919) % USERS}`;
const person = (n: number) => ({ email: `person${n % PEER_PEOPLE}@example.com`, password: PEER_PASSWORD });

const get = (path: string): PeerRequest => ({ method: 'GET', path, as: 'server' });
const list = (more: string) => get(`/api/auth/admin/list-users?limit=25${more}`);
const ours = (path: string) => get(`/v1${path}`);
const byName = encodeURIComponent(JSON.stringify({ method: 'orderAsc', attribute: 'name' }));

const check: PeerRequest = { method: 'GET', path: '/api/auth/get-session', as: 'person' };

export const peerCalls: readonly PeerCall[] = [
  {
    name: 'get a user',
    ours: (n) => ours(`/users/${user(n)}`),
    theirs: (n) => get(`/api/auth/admin/get-user?id=${user(n)}`),
  },
  { name: 'list, first page of 25', ours: () => ours('/users?limit=25'), theirs: () => list('') },
  {
    name: 'list, 25 behind 5,000',
    ours: () => ours('/users?limit=25&cursor=user4999'),
    theirs: () => list('&offset=5000'),
  },
  {
    name: 'list, 25 by name',
    ours: () => ours(`/users?limit=25&queries[]=${byName}`),
    theirs: () => list('&sortBy=name'),
  },
  {
    name: 'search an address, one hit',
    ours: (n) => ours(`/users?limit=25&search=${user(n)}%40`),
    theirs: (n) => list(`&searchField=email&searchOperator=contains&searchValue=${user(n)}%40`),
  },
  {
    name: 'create a user, no password',
    ours: (n) => ({
      method: 'POST',
      path: '/v1/users',
      as: 'server',
      body: { userId: `new${n}`, email: `new${n}@example.com`, name: `New ${n}` },
    }),
    theirs: (n) => ({
      method: 'POST',
      path: '/api/auth/admin/create-user',
      as: 'server',
      body: { email: `new${n}@example.com`, name: `New ${n}` },
    }),
  },
  {
    name: "update a user's name",
    ours: (n) => ({
      method: 'PATCH',
      path: `/v1/users/${user(n)}/name`,
      as: 'server',
      body: { name: `Name ${n}` },
    }),
    theirs: (n) => ({
      method: 'POST',
      path: '/api/auth/admin/update-user',
      as: 'server',
      body: { userId: user(n), data: { name: `Name ${n}` } },
    }),
  },
  {
    name: 'sign in with a password',
    ours: (n) => ({ method: 'POST', path: '/v1/account/sessions/email', as: 'nobody', body: person(n) }),
    theirs: (n) => ({ method: 'POST', path: '/api/auth/sign-in/email', as: 'nobody', body: person(n) }),
  },
  {
    name: 'check a session',
    ours: () => ({ method: 'GET', path: '/v1/account/sessions/current', as: 'person' }),
    theirs: () => check,
    beside: ['d1', 'kv', 'cookie'],
  },
  {
    name: 'check a session, with its user as it is now',
    ours: () => ({ method: 'GET', path: '/v1/account', as: 'person' }),
    theirs: () => check,
    beside: ['d1', 'kv', 'cookie'],
  },
];

/** What a call is asked for beyond its own request: who calls, by what each directory takes for it. */
export interface Held {
  /** The session of the person. */
  readonly person: string;
  /** The session of the one who may do anything; ours asks for a key instead. */
  readonly server: string;
}

export function headersOf(directory: Directory, { as }: PeerRequest, held: Held): Record<string, string> {
  const json = { ...CALLER, 'content-type': 'application/json' };
  if (directory === 'ours') {
    if (as === 'nobody') return json;
    return as === 'server'
      ? { ...json, 'x-appwrite-key': ROOT_KEY }
      : { ...json, 'x-appwrite-session': held.person };
  }
  return { ...json, origin: PEER_ORIGIN, ...(as === 'nobody' ? {} : { cookie: held[as] }) };
}

/** What the driver is asked for: some runs of a call to one directory. */
export interface PeerBlock {
  readonly call: string;
  readonly directory: Directory;
  readonly from: number;
  readonly runs: number;
  readonly held: Held;
}

/** One POST that the driver hands on: Miniflare itself lets no origin through but its own. */
export interface Once {
  readonly directory: Directory;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}
