import { createHash } from 'node:crypto';
import { readD1Migrations } from '@cloudflare/vitest-pool-workers';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import type { Block, Timed } from './block.ts';
import { bundle, COMPATIBILITY } from './bundle.ts';
import { BASE, CALLER, ROOT_KEY, USERS } from './calls.ts';
import type { Cost } from './cost.ts';

type Options = Extract<Parameters<typeof convertV4MiniflareOptions>[0], { workers: unknown }>;
type Worker = Options['workers'][number];

const stores = { d1Databases: { DB: 'bench' }, kvNamespaces: { SESSIONS: 'bench' } };

/** The service itself, at the hashing cost of a deployment. */
export const service = () => worker('service', 'src/index.ts', settings);

export const settings = {
  bindings: {
    PROJECT_ID: 'default',
    ALLOWED_ORIGINS: '',
    ROOT_API_KEY: ROOT_KEY,
    ENCRYPTION_KEY: 'encryption-key-of-the-bench-0001',
  },
  ratelimits: { SIGN_IN_LIMITER: { namespace_id: '1', simple: { limit: 1_000_000, period: 10 } } },
};

/** A Worker of the bench, bundled as it would be deployed, over the same stores as the others. */
export const worker = (name: string, main: string, more: object = {}): Worker => ({
  name,
  ...COMPATIBILITY,
  ...stores,
  ...bundle(main),
  ...more,
});

const ours = () => [
  worker('driver', 'bench/workers/driver.ts', {
    serviceBindings: {
      SERVICE: 'service',
      DIRECTORY: { name: 'service', entrypoint: 'UserDirectory' },
      FLOOR: 'floor',
      FLOOR_RPC: { name: 'floor', entrypoint: 'Floor' },
      COUNTED_RPC: { name: 'counted', entrypoint: 'CountedDirectory' },
    },
  }),
  service(),
  worker('counted', 'bench/workers/counted.ts', settings),
  worker('floor', 'bench/workers/floor.ts'),
];

/** Workers in one workerd, one of them the service, over a directory of `USERS`. */
export async function startTogether(workers: readonly Worker[], options: object = {}): Promise<Miniflare> {
  const mf = new Miniflare(convertV4MiniflareOptions({ ...options, workers: [...workers] }));
  await fill(await mf.getD1Database('DB', 'service'));
  return mf;
}

/** Asks the first Worker, which calls the others. */
export async function askDriver(mf: Miniflare, path: string, body: unknown) {
  const answer = await mf.dispatchFetch(`http://driver${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${JSON.stringify(body)}: ${text}`);
  return JSON.parse(text);
}

/** The service, the bare Worker, and what calls them. */
export interface Workerd {
  readonly mf: Miniflare;
  /** The session that the user `user0` has. */
  readonly token: string;
  run(block: Block): Promise<Timed>;
  /** What a check by RPC costs. */
  costOfCheck(): Promise<Cost>;
}

/** @param options of Miniflare itself, such as a port for its inspector */
export async function startWorkerd(options: object = {}): Promise<Workerd> {
  const mf = await startTogether(ours(), options);
  const token = await openSession(mf);
  return {
    mf,
    token,
    run: (block) => askDriver(mf, '/run', block),
    costOfCheck: () => askDriver(mf, '/cost', token),
  };
}

/** Opens a session for the user `user0`, and makes its copy what the bare Worker reads of KV. */
async function openSession(mf: Miniflare): Promise<string> {
  const service = await mf.getWorker('service');
  const made = await service.fetch(`${BASE}/users/user0/sessions`, {
    method: 'POST',
    headers: { 'x-appwrite-key': ROOT_KEY, ...CALLER },
  });
  const { secret: token } = JSON.parse(await made.text());
  const kv = await mf.getKVNamespace('SESSIONS', 'floor');
  const {
    keys: [copy],
  } = await kv.list({ prefix: 'session:' });
  const digest = createHash('sha256').update(token).digest('hex');
  await kv.put(`floor:${digest}`, (await kv.get(copy?.name ?? '', 'text')) ?? '');
  return token;
}

type Database = Awaited<ReturnType<Miniflare['getD1Database']>>;

async function fill(db: Database): Promise<void> {
  for (const { queries } of await readD1Migrations('migrations'))
    await db.batch(queries.map((one) => db.prepare(one)));
  const now = Date.now() - USERS;
  for (let from = 0; from < USERS; from += 1000) {
    await db
      .prepare(
        `WITH RECURSIVE made(n) AS (SELECT CAST(?1 AS INTEGER) UNION ALL SELECT n + 1 FROM made WHERE n < ?1 + 999)
         INSERT INTO users (id, name, name_key, email, stored_targets, created_at, updated_at)
         SELECT 'user' || n, 'Person ' || (n * 7919 % CAST(?2 AS INTEGER)), 'person ' || (n * 7919 % CAST(?2 AS INTEGER)),
           'user' || n || '@example.com', 0, CAST(?3 AS INTEGER) + n, CAST(?3 AS INTEGER) + n FROM made`,
      )
      .bind(from, USERS, now)
      .run();
  }
  await db
    .prepare(
      "INSERT INTO teams (id, name, name_key, created_at, updated_at) VALUES ('team0', 'Team', 'team', 0, 0)",
    )
    .run();
}
