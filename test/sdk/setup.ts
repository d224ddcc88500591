import type { TestProject } from 'vitest/node';
import { makeHome, startServer } from './server';

declare module 'vitest' {
  interface ProvidedContext {
    endpoint: string;
    rootKey: string;
  }
}

/** Starts the real Worker as `npm run dev` does, with an empty database of its own, until the tests are through. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const { home, remove } = makeHome();
  const server = await startServer(home).catch((error: unknown) => {
    remove();
    throw error;
  });
  provide('endpoint', server.endpoint);
  provide('rootKey', server.rootKey);
  return async () => {
    await server.stop();
    remove();
  };
}
