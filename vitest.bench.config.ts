import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-pool-workers';
import { defineConfig } from 'vitest/config';

/** `npm run bench`: in workerd, like the tests, but at the hashing cost of a deployment. */
export default defineConfig({
  plugins: [
    cloudflareTest(async () => ({
      wrangler: { configPath: './wrangler.toml' },
      miniflare: {
        bindings: {
          ROOT_API_KEY: 'root-key-of-the-bench-000000000001',
          ENCRYPTION_KEY: 'encryption-key-of-the-bench-0001',
          TEST_MIGRATIONS: await readD1Migrations('migrations'),
        },
      },
    })),
  ],
  // One after the other: they measure time.
  test: { include: ['bench/**/*.test.ts'], disableConsoleIntercept: true, fileParallelism: false },
});
