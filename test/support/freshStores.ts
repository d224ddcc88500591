/*
 * Test files share one workerd, since a fresh one takes seconds and most files take a fraction of one. So each begins with
 * what a fresh one would have: empty stores, and nothing remembered from the file before.
 */
import { applyD1Migrations, env } from 'cloudflare:test';
import { afterAll, beforeAll, expect } from 'vitest';
import { forgetCounted } from '../../src/activity/counted';
import { forgetKeys } from '../../src/request/keyCache';
import { emptyStores } from './rows';

await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);

beforeAll(async () => {
  forgetKeys();
  forgetCounted();
  await emptyStores();
  // Sequences begin anew: some tests name a row by its number.
  await env.DB.prepare('DELETE FROM sqlite_sequence').run();
});

/** Whatever a file did, the totals that triggers keep must be the numbers of what they count. */
afterAll(async () => {
  const { results } = await env.DB.prepare(
    `SELECT name, value, CASE name
       WHEN 'users' THEN (SELECT count(*) FROM users)
       WHEN 'teams' THEN (SELECT count(*) FROM teams)
       WHEN 'sessions' THEN (SELECT count(*) FROM sessions WHERE revoked_at IS NULL) END AS counted
     FROM counters`,
  ).all<{ name: string; value: number; counted: number }>();
  for (const { name, value, counted } of results) expect(value, `the total of ${name}`).toBe(counted);
});
