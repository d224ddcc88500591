/*
 * Test files share one workerd, since a fresh one takes seconds and most files take a fraction of one. So each begins with
 * what a fresh one would have: empty stores, and nothing remembered from the file before.
 */
import { applyD1Migrations, env } from 'cloudflare:test';
import { beforeAll } from 'vitest';
import { forgetKeys } from '../../src/auth/keyCache';
import { forgetCounted } from '../../src/usage/counted';
import { emptyStores } from './rows';

await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);

beforeAll(async () => {
  forgetKeys();
  forgetCounted();
  await emptyStores();
  // Sequences begin anew: some tests name a row by its number.
  await env.DB.prepare('DELETE FROM sqlite_sequence').run();
});
