import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { admin } from 'better-auth/plugins';
import { PEER_ORIGIN, PEER_PASSWORD, PEER_PEOPLE } from '../support/peerCalls';

/* better-auth as its documents have it: users in D1; sessions there too, or in KV, or told by a signed cookie for a while. */

interface Bindings {
  readonly DB: D1Database;
  readonly SESSIONS: KVNamespace;
  /** Where sessions are: in D1, in KV as secondary storage, or in D1 and a cookie that answers for five minutes. */
  readonly KIND: 'd1' | 'kv' | 'cookie';
}

function optionsOf({ DB, SESSIONS, KIND }: Bindings) {
  return {
    database: DB,
    baseURL: PEER_ORIGIN,
    secret: 'secret-of-the-bench-of-its-peers-0001',
    emailAndPassword: { enabled: true },
    plugins: [admin()],
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    ...(KIND === 'kv' ? { secondaryStorage: storageOf(SESSIONS) } : {}),
    session: { cookieCache: { enabled: KIND === 'cookie', maxAge: 300 } },
  };
}

/** KV has neither of the two that are to be atomic; nothing that is measured asks for them. */
function storageOf(kv: KVNamespace) {
  return {
    get: (key: string) => kv.get(key),
    set: (key: string, value: string, ttl?: number) =>
      kv.put(key, value, ttl === undefined ? {} : { expirationTtl: Math.max(60, ttl) }),
    delete: (key: string) => kv.delete(key),
    getAndDelete: () => Promise.reject(new Error('KV deletes nothing atomically')),
    increment: () => Promise.reject(new Error('KV counts nothing atomically')),
  };
}

let auth: ReturnType<typeof make> | undefined;

function make(env: Bindings) {
  return betterAuth(optionsOf(env));
}

const FILL = `WITH RECURSIVE made(n) AS (SELECT CAST(?1 AS INTEGER) UNION ALL SELECT n + 1 FROM made WHERE n < ?1 + 999)
  INSERT INTO user (id, name, email, emailVerified, createdAt, updatedAt, role)
  SELECT 'user' || n, 'Person ' || (n * 7919 % CAST(?2 AS INTEGER)), 'user' || n || '@example.com', 0, ?3, ?3, 'user' FROM made`;

/** Makes the tables, as many users as our directory has, and some with a password, the first of whom may do anything. */
async function setUp(env: Bindings, users: number): Promise<void> {
  const { runMigrations } = await getMigrations(optionsOf(env));
  await runMigrations();
  for (let from = 0; from < users; from += 1000)
    await env.DB.prepare(FILL).bind(from, users, new Date().toISOString()).run();
  for (let n = 0; n < PEER_PEOPLE; n++) {
    const body = { email: `person${n}@example.com`, password: PEER_PASSWORD, name: `Person ${n}` };
    await (auth ?? make(env)).api.signUpEmail({ body });
  }
  await env.DB.prepare("UPDATE user SET role = 'admin' WHERE email = 'person0@example.com'").run();
}

export default {
  async fetch(request, env) {
    auth ??= make(env);
    const { pathname, searchParams } = new URL(request.url);
    if (pathname !== '/set-up') return auth.handler(request);
    await setUp(env, Number(searchParams.get('users')));
    return new Response();
  },
} satisfies ExportedHandler<Bindings>;
