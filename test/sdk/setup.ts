import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    endpoint: string;
    rootKey: string;
  }
}

const ROOT_KEY = 'root-key-of-the-sdk-tests-00000001';
const ENCRYPTION_KEY = 'encryption-key-of-the-sdk-tests-1';

/** Starts the real Worker as `npm run dev` does, with an empty database of its own, until the tests are through. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const home = mkdtempSync(join(tmpdir(), 'sdk-'));
  // A file of its own: a developer's .dev.vars stays as it is, and out of the tests.
  const envFile = join(home, 'dev.vars');
  writeFileSync(envFile, `ROOT_API_KEY="${ROOT_KEY}"\nENCRYPTION_KEY="${ENCRYPTION_KEY}"\n`);
  const port = await freePort();
  // Fast hashes: what the tests are about is not their cost.
  const vars = ['--var', 'PASSWORD_ARGON2:m=7168,t=5,p=1'];
  const args = ['--port', String(port), '--persist-to', join(home, 'state'), '--env-file', envFile, ...vars];
  const server = spawn(process.execPath, ['scripts/dev.ts', ...args, '--inspector-port', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that the whole of it can be ended.
    detached: true,
  });
  let output = '';
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (text) => (output += text));
  const endpoint = `http://localhost:${port}/v1`;
  const stop = async () => {
    if (server.pid !== undefined && server.exitCode === null) process.kill(-server.pid, 'SIGTERM');
    await new Promise((resolve) =>
      server.exitCode === null ? server.once('close', resolve) : resolve(null),
    );
    rmSync(home, { recursive: true, force: true });
  };
  try {
    await waitFor(`${endpoint}/health`, () => server.exitCode !== null);
  } catch (error) {
    await stop();
    throw new Error(`${error}\n${output}`);
  }
  provide('endpoint', endpoint);
  provide('rootKey', ROOT_KEY);
  return stop;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

async function waitFor(url: string, hasEnded: () => boolean): Promise<void> {
  for (const end = Date.now() + 90_000; Date.now() < end; ) {
    if (hasEnded()) throw new Error('The Worker ended before it answered.');
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('The Worker did not answer within 90 seconds.');
}
