import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-pool-workers';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [
          cloudflareTest(async () => ({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              bindings: {
                ROOT_API_KEY: 'root-key-of-the-tests',
                TEST_MIGRATIONS: await readD1Migrations('migrations'),
              },
            },
          })),
        ],
        test: { name: 'worker', include: ['test/**/*.test.ts'], exclude: ['test/sdk/**'], setupFiles: ['test/support/migrate.ts'] },
      },
    ],
  },
});
