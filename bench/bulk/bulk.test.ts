import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import { removeBundles } from '../support/bundle.ts';
import { BASE, CALLER, ROOT_KEY } from '../support/calls.ts';
import type { Cost } from '../support/cost.ts';
import { HeapWatch } from '../support/heap.ts';
import { interleaved } from '../support/interleaved.ts';
import { printTable } from '../support/table.ts';
import { service, settings, startTogether, worker } from '../support/workerd.ts';

/** Users that the command imports, and that a directory has when it is exported. */
const IMPORTED = Number(process.env.BENCH_IMPORTED ?? 100_000);
const EXPORTED = Number(process.env.BENCH_EXPORTED ?? 1_000_000);

/** Users of one call. */
const CALL = 1_000;

let mf: Awaited<ReturnType<typeof startTogether>>;
let home = '';

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'bulk-'));
  const workers = [
    service(),
    worker('bulk', 'bench/workers/bulk.ts', { serviceBindings: { SERVICE: 'service' } }),
    worker('counted', 'bench/workers/counted.ts', settings),
  ];
  mf = await startTogether(workers, { port: 0, inspectorPort: 0 });
}, 120_000);

afterAll(async () => {
  await mf.dispose();
  removeBundles();
  rmSync(home, { recursive: true, force: true });
});

let made = 0;

const portions = (path: '/import' | '/raw') => async (count: number) => {
  const bulk = await mf.getWorker('bulk');
  let all = 0;
  for (let i = 0; i < count; i++) {
    const answer = await bulk.fetch(`http://bulk${path}`, {
      method: 'POST',
      body: JSON.stringify({ from: made, count: CALL }),
    });
    made += CALL;
    const text = await answer.text();
    if (!answer.ok) throw new Error(text);
    all += JSON.parse(text).ms;
  }
  return all / count;
};

async function costOf(path: string, body: string, contentType: string): Promise<Cost> {
  const counted = await mf.getWorker('counted');
  const answer = await counted.fetch(`${BASE}${path}`, {
    method: 'POST',
    headers: { ...CALLER, 'x-appwrite-key': ROOT_KEY, 'content-type': contentType },
    body,
  });
  await answer.text();
  return JSON.parse(answer.headers.get('x-cost') ?? '');
}

test('An import of hashed users beside bare batches of the same rows', { timeout: 900_000 }, async () => {
  const [ours, raw] = await interleaved([portions('/import'), portions('/raw')]);
  const rate = (ms: number) => Math.round((CALL / ms) * 1000);
  printTable(
    ['', 'users a second', 'of the bare rate', 'at least'],
    [
      ['POST /users/import', rate(ours.ms), `${Math.round(100 / ours.ratio)}%`, '60%'],
      ['bare batches, the same triggers', rate(raw.ms), '', ''],
    ],
  );
});

test('Rows written for a user, beside a single creation', { timeout: 120_000 }, async () => {
  const user = (n: string) => ({ userId: n, email: `${n}@example.com`, name: 'Somebody' });
  const single = await costOf('/users', JSON.stringify(user('single')), 'application/json');
  const rows = Array.from({ length: CALL }, (_, i) => `${JSON.stringify(user(`counted${i}`))}\n`).join('');
  const many = await costOf('/users/import', rows, 'application/x-ndjson');
  printTable(
    ['', 'rows written a user', 'rows read a user', 'D1 trips'],
    [
      ['POST /users', single.rowsWritten, single.rowsRead, single.d1Trips],
      ['POST /users/import, 1,000', many.rowsWritten / CALL, many.rowsRead / CALL, many.d1Trips],
    ],
  );
});

/** Runs one of our commands against the bench's service; tells how long it took, milliseconds. */
async function command(script: string, args: readonly string[]): Promise<number> {
  const url = await mf.ready;
  const start = Date.now();
  const child = spawn(process.execPath, [`scripts/${script}.ts`, ...args], {
    env: { ...process.env, EDGE_USERS_ENDPOINT: `${url.origin}/v1`, EDGE_USERS_KEY: ROOT_KEY },
    stdio: 'inherit',
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`${script} ended with ${code}`);
  return Date.now() - start;
}

test(`${IMPORTED} users through the command`, { timeout: 1_800_000 }, async () => {
  const path = join(home, 'users.ndjson');
  const lines = Array.from({ length: IMPORTED }, (_, i) =>
    JSON.stringify({
      userId: `moved${i}`,
      email: `moved${i}@example${i % 500}.com`,
      name: `Person Number ${i}`,
      hash: '$2b$10$abcdefghijklmnopqrstuuOToP16KV78Z9oaRd7Vc5jOMmcZVx.cS',
      algorithm: 'bcrypt',
      prefs: { theme: 'dark', i },
    }),
  );
  writeFileSync(path, `${lines.join('\n')}\n`);
  const took = await command('import', [path]);
  printTable(
    ['npm run import', 'seconds', 'at most', 'users a second'],
    [[IMPORTED, Math.round(took / 1000), 300, Math.round((IMPORTED / took) * 1000)]],
  );
});

test(`An export of ${EXPORTED} users`, { timeout: 3_600_000 }, async () => {
  const db = await mf.getD1Database('DB', 'service');
  const there = Number(await db.prepare('SELECT count(*) AS n FROM users').first('n'));
  for (let from = there; from < EXPORTED; from += 2_000) {
    await db
      .prepare(
        `WITH RECURSIVE made(n) AS (SELECT CAST(?1 AS INTEGER) UNION ALL SELECT n + 1 FROM made WHERE n < ?2)
         INSERT INTO users (id, name, name_key, email, prefs, stored_targets, created_at, updated_at)
         SELECT 'filled' || n, 'Person ' || n, 'person ' || n, 'filled' || n || '@example.com',
           '{"theme":"dark","city":"Berlin","notes":"' || hex(zeroblob(100)) || '"}', 0, 1000 + n, 1000 + n FROM made`,
      )
      .bind(from, Math.min(EXPORTED, from + 2_000) - 1)
      .run();
  }
  const inspector = await mf.getInspectorURL();
  const watch = new HeapWatch(new URL('/core:user:service', inspector));
  const path = join(home, 'out.ndjson');
  const took = await command('export', [path]);
  watch.stop();
  printTable(
    ['npm run export', 'seconds', 'users a second', 'MB', 'largest heap, MB', 'at most'],
    [
      [
        EXPORTED,
        Math.round(took / 1000),
        Math.round((EXPORTED / took) * 1000),
        Math.round(statSync(path).size / 1e6),
        (watch.most / 2 ** 20).toFixed(1),
        64,
      ],
    ],
  );
});
