import { BASE, ROOT_KEY } from '../support/calls';

/* Imports users through the service, or writes the same rows by bare batches, from within one workerd. */

interface Bindings {
  readonly SERVICE: Fetcher;
  readonly DB: D1Database;
}

/** So many users from a number on. */
export interface Portion {
  readonly from: number;
  readonly count: number;
}

const HASH = '$2b$10$abcdefghijklmnopqrstuuOToP16KV78Z9oaRd7Vc5jOMmcZVx.cS';

/** Rows of one transaction, as the service has them. */
const CHUNK = 500;

const row = (n: number) => ({
  userId: `bulk${n}`,
  email: `bulk${n}@example${n % 500}.com`,
  name: `Person Number ${n}`,
  hash: HASH,
  algorithm: 'bcrypt',
  emailVerification: true,
  prefs: { theme: 'dark', n },
  registration: '2024-01-02T03:04:05.678Z',
});

const numbers = ({ from, count }: Portion) => Array.from({ length: count }, (_, i) => from + i);

async function byImport(portion: Portion, { SERVICE }: Bindings): Promise<void> {
  const body = numbers(portion)
    .map((n) => `${JSON.stringify(row(n))}\n`)
    .join('');
  const answer = await SERVICE.fetch(`${BASE}/users/import`, {
    method: 'POST',
    headers: { 'x-appwrite-key': ROOT_KEY, 'content-type': 'application/x-ndjson' },
    body,
  });
  const told = (await answer.text()).trimEnd().split('\n').at(-1) ?? '{}';
  if (JSON.parse(told).created !== portion.count) throw new Error(told);
}

/** What nobody could leave out: the users, and a line of the log for each, by as few statements as there can be. */
async function byBatches(portion: Portion, { DB }: Bindings): Promise<void> {
  const all = numbers(portion).map(row);
  const now = Date.now();
  for (let at = 0; at < all.length; at += CHUNK) {
    const rows = JSON.stringify(all.slice(at, at + CHUNK));
    await DB.batch([
      DB.prepare(
        `INSERT INTO users (id, name, name_key, email, email_verification, password, hash, hash_options, password_update,
           prefs, stored_targets, created_at, updated_at)
         SELECT value ->> 'userId', value ->> 'name', lower(value ->> 'name'), value ->> 'email', 1, value ->> 'hash',
           'bcrypt', '{"type":"bcrypt","cost":10}', ?2, value ->> 'prefs', 0, ?2, ?2 FROM json_each(?1)`,
      ).bind(rows, now),
      DB.prepare(
        `INSERT INTO activity (user_seq, user_id, event, actor_type, actor_id, actor_name, ip, user_agent, country_code, request_id, time)
         SELECT users.seq, users.id, 'user.create', 'key', 'root', 'Root key', '', '', '', 'bench', ?2
         FROM json_each(?1) CROSS JOIN users ON users.id = value ->> 'userId'`,
      ).bind(rows, now),
    ]);
  }
}

export default {
  async fetch(request, env): Promise<Response> {
    const portion: Portion = await request.json();
    const work = new URL(request.url).pathname === '/raw' ? byBatches : byImport;
    const start = performance.now();
    await work(portion, env);
    return Response.json({ ms: performance.now() - start });
  },
} satisfies ExportedHandler<Bindings>;
