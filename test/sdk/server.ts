import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT_KEY = 'root-key-of-the-sdk-tests-00000001';
const ENCRYPTION_KEY = 'encryption-key-of-the-sdk-tests-1';

/** A Worker that runs as `npm run dev` has it, with data of its own. */
export interface Server {
  /** Up to `/v1`. */
  readonly endpoint: string;
  readonly rootKey: string;
  /** Ends it as Ctrl-C does; its data stays. */
  stop(): Promise<void>;
  /** Ends it as a power cut does: SIGKILL to all of its processes. */
  kill(): Promise<void>;
}

/** A folder for a Worker's data, which several servers may use one after another. */
export function makeHome(): { readonly home: string; remove(): void } {
  const home = mkdtempSync(join(tmpdir(), 'worker-'));
  return { home, remove: () => rmSync(home, { recursive: true, force: true, maxRetries: 5 }) };
}

/** Starts the real Worker and waits until it answers. */
export async function startServer(home: string): Promise<Server> {
  // A file of its own: a developer's .dev.vars stays as it is, and out of the tests.
  const envFile = join(home, 'dev.vars');
  writeFileSync(envFile, `ROOT_API_KEY="${ROOT_KEY}"\nENCRYPTION_KEY="${ENCRYPTION_KEY}"\n`);
  const port = await freePort();
  // Fast hashes: what the tests are about is not their cost.
  const vars = ['--var', 'PASSWORD_ARGON2:m=7168,t=5,p=1'];
  const args = ['--port', String(port), '--persist-to', join(home, 'state'), '--env-file', envFile, ...vars];
  const child = spawn(process.execPath, ['scripts/dev.ts', ...args, '--inspector-port', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that the whole of it can be ended.
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  const endpoint = `http://localhost:${port}/v1`;
  const server = {
    endpoint,
    rootKey: ROOT_KEY,
    stop: () => end(child, 'SIGTERM'),
    kill: () => end(child, 'SIGKILL'),
  };
  try {
    await waitFor(`${endpoint}/health`, () => child.exitCode !== null);
  } catch (error) {
    await server.stop();
    throw new Error(`${error}\n${output}`);
  }
  return server;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const closed = new Promise((resolve) => child.once('close', resolve));
  process.kill(-child.pid, signal);
  await closed;
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
