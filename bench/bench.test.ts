import { applyD1Migrations, env } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { benchCalls, ROOT_KEY } from './calls';
import { measured } from './measuredD1';
import { ROUNDS, RUNS, send, time } from './time';

const USERS = 10_000;

async function fill(): Promise<string> {
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  const now = Date.now();
  for (let from = 0; from < USERS; from += 1000) {
    const rows = Array.from({ length: 1000 }, (_, i) => from + i);
    await env.DB.prepare(
      `INSERT INTO users (id, name, name_key, email, stored_targets, created_at, updated_at)
       SELECT 'user' || value, 'Person ' || (value * 7919 % ${USERS}), 'person ' || (value * 7919 % ${USERS}),
         'user' || value || '@example.com', 0, ?1 + value, ?1 + value
       FROM json_each(?2)`,
    )
      .bind(now - USERS, JSON.stringify(rows))
      .run();
  }
  await env.DB.prepare(
    "INSERT INTO teams (id, name, name_key, created_at, updated_at) VALUES ('team0', 'Team', 'team', 0, 0)",
  ).run();
  const url = 'https://bench.test/v1/users/user0/sessions';
  const made = await send(new Request(url, { method: 'POST', headers: { 'x-appwrite-key': ROOT_KEY } }), env);
  const { secret } = await made.json<{ secret: string }>();
  return secret;
}

test(`Speed and cost over ${USERS} users`, { timeout: 600_000 }, async () => {
  const token = await fill();
  const floors = {
    router: await time(() => send(new Request('https://bench.test/v1/health/version'), env)),
    d1: await time((n) => env.DB.prepare('SELECT * FROM users WHERE id = ?').bind(`user${n}`).all()),
    kv: await time(() => env.SESSIONS.get('session:none')),
  };
  const rows = [];
  for (const call of benchCalls(USERS, token)) {
    const ms = await time((n) => send(call.request(n), env));
    const { env: counted, cost } = measured(env);
    const response = await send(call.request(ROUNDS * RUNS + 1), counted);
    expect(response.status, `${call.name}: ${await response.text()}`).toBeLessThan(300);
    rows.push([
      call.name,
      ms.toFixed(2),
      `${(ms / floors[call.floor]).toFixed(1)} × ${call.floor}`,
      cost.d1Trips,
      cost.rowsRead,
      cost.rowsWritten,
      cost.kvReads,
      cost.kvWrites,
    ]);
  }
  const floor = Object.entries(floors).map(([name, ms]) => `${name} ${ms.toFixed(2)} ms`);
  const heads = [
    'call',
    'ms',
    'ratio to its floor',
    'D1 trips',
    'rows read',
    'rows written',
    'KV reads',
    'KV writes',
  ];
  console.info(`Floors: ${floor.join(', ')} (the router alone, one row of D1 by its ID, one read of KV)\n`);
  console.info([heads, heads.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n'));
});
