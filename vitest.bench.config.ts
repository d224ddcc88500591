import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-pool-workers';
import { defineConfig } from 'vitest/config';

/** What takes minutes runs where it is asked for: `npm run bench -- load`. */
const asked = ['bulk', 'console', 'load', 'peers', 'scale', 'search'];
const exclude = asked.filter((name) => !process.argv.includes(name)).map((name) => `bench/${name}/**`);

/** `npm run bench`: Workers bundled as deployed, called from within their workerd, which Node starts. */
const calls = {
  test: {
    name: 'calls',
    include: ['bench/{bulk,calls,console,peers,load}/**/*.test.ts'],
    exclude,
    disableConsoleIntercept: true,
  },
};

/** In workerd, like the tests, but at the hashing cost of a deployment. */
const inWorkerd = {
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
    name: 'workerd',
    include: ['bench/{scale,search,signIn}/**/*.test.ts'],
    exclude,
    disableConsoleIntercept: true,
  },
};

export default defineConfig({ test: { projects: [calls, inWorkerd], fileParallelism: false } });
