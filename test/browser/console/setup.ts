import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { projectRoot } from '../../../scripts/lib/tools.ts';
import { makeHome, startServer } from '../../sdk/server.ts';
import { findChromium } from '../chromium.ts';

declare module 'vitest' {
  interface ProvidedContext {
    consoleOrigin: string;
    consoleKey: string;
  }
}

/** Starts the Worker as `npm run dev` does, with 10,000 made-up users and the console, until the tests are through. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  if ((await findChromium()) === undefined) {
    provide('consoleOrigin', '');
    provide('consoleKey', '');
    return async () => {};
  }
  const { home, remove } = makeHome();
  await seed(join(home, 'state'));
  const server = await startServer(home).catch((error: unknown) => {
    remove();
    throw error;
  });
  provide('consoleOrigin', server.endpoint.replace('/v1', ''));
  provide('consoleKey', server.rootKey);
  return async () => {
    await server.stop();
    remove();
  };
}

function seed(state: string): Promise<void> {
  const args = ['scripts/seed.ts', '--users', '10000', '--persist-to', state];
  const child = spawn(process.execPath, args, { cwd: projectRoot, stdio: 'ignore' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`seed ended with ${code}`))));
  });
}
