import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-pool-workers';
import { defineConfig } from 'vitest/config';

/** `npm run bench`: in workerd, like the tests, but at the hashing cost of a deployment. */
const calls = {
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
  test: {
    name: 'calls',
    include: ['bench/**/*.test.ts'],
    exclude: ['bench/load/**', 'bench/console/**'],
    disableConsoleIntercept: true,
  },
};

/** `npm run bench -- load`: in Node, many callers of the Worker that `npm run dev` starts. */
const load = {
  test: { name: 'load', include: ['bench/load/**/*.test.ts'], disableConsoleIntercept: true },
};

/** `npm run bench -- console`: in Node, with a browser, how long the console's table of users takes to be painted. */
const consoleTable = {
  test: { name: 'console', include: ['bench/console/**/*.test.ts'], disableConsoleIntercept: true },
};

export default defineConfig({ test: { projects: [calls, load, consoleTable], fileParallelism: false } });
