import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-pool-workers';
import { defineConfig } from 'vitest/config';

/** What needs a workerd of its own: it replaces what the Worker loads once. */
const ALONE = ['test/account/timing.test.ts'];

/** Inside workerd, with real local D1 and KV. */
const inWorkerd = {
  plugins: [
    cloudflareTest(async () => ({
      wrangler: { configPath: './wrangler.toml' },
      miniflare: {
        // Messages are brought by the tests themselves (test/support/delivering.ts), when they say so.
        queueProducers: { EVENTS: 'nobody-reads' },
        bindings: {
          ROOT_API_KEY: 'root-key-of-the-tests-000000000001',
          ENCRYPTION_KEY: 'encryption-key-of-the-tests-0001',
          // Receivers are on loopback.
          WEBHOOK_ANY_HOST: 'true',
          TEST_MIGRATIONS: await readD1Migrations('migrations'),
          // Fast hashes: what the tests are about is not their cost.
          PASSWORD_ARGON2: 'm=7168,t=5,p=1',
        },
      },
    })),
  ],
};

/** Files share a workerd: each begins with empty stores, and must leave no mock or clock behind. */
const worker = {
  ...inWorkerd,
  test: {
    name: 'worker',
    include: ['test/**/*.test.ts'],
    exclude: ['test/sdk/**', 'test/node/**', 'test/browser/**', ...ALONE],
    setupFiles: ['test/support/freshStores.ts'],
    globalSetup: ['test/support/builtConsole.ts', 'test/support/receivers/server.ts'],
    isolate: false,
    deps: {
      optimizer: {
        ssr: {
          enabled: true,
          include: [
            'drizzle-orm',
            'drizzle-orm/d1',
            'drizzle-orm/sqlite-core',
            'valibot',
            '@valibot/to-json-schema',
            'jose',
            'qs',
            'bcryptjs',
            'ua-parser-js',
            'itty-router',
            'otpauth/slim',
            'cookie',
            'fast-check',
            'ipaddr.js',
            'standardwebhooks',
          ],
        },
      },
    },
  },
};

const alone = {
  ...inWorkerd,
  test: { name: 'alone', include: ALONE, setupFiles: ['test/support/freshStores.ts'] },
};

/** In Node: the real Worker started as a newcomer would, driven by official SDKs. */
const sdk = {
  test: {
    name: 'sdk',
    include: ['test/sdk/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    fileParallelism: false,
    globalSetup: ['test/sdk/setup.ts'],
  },
};

/** In Node: our own scripts. */
const node = { test: { name: 'node', include: ['test/node/**/*.test.ts'] } };

/** In Node, with a real browser, where there is one: the official web SDKs. */
const browser = {
  test: {
    name: 'browser',
    include: ['test/browser/*.test.ts'],
    globalSetup: ['test/support/builtConsole.ts'],
    testTimeout: 60_000,
  },
};

/** In Node, with a real browser, where there is one: the console, against the Worker that `npm run dev` starts. */
const consoleScreens = {
  test: {
    name: 'console',
    include: ['test/browser/console/**/*.test.ts'],
    globalSetup: ['test/browser/console/setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
};

// Every core: what the tests wait for most is a workerd of their own to start.
export default defineConfig({
  test: { projects: [worker, alone, node, sdk, browser, consoleScreens], maxWorkers: '100%' },
});
