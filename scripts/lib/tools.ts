import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';

/** The root of this project. */
export const projectRoot = join(import.meta.dirname, '../..');

/** A program and its first arguments: wrangler, or in tests something that plays it. */
export type Command = readonly [file: string, ...args: string[]];

const manifestSchema = v.object({ bin: v.record(v.string(), v.string()) });

/** A tool of this project, run by this very Node: no npx, which might ask, or fetch another version. */
export function toolCommand(name: 'wrangler' | 'drizzle-kit' | 'vite'): Command {
  const directory = join(projectRoot, 'node_modules', name);
  const manifest = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
  return [process.execPath, join(directory, v.parse(manifestSchema, manifest).bin[name] ?? '')];
}

/** Wrangler without telemetry, banner, update check or offers to install anything. What the caller has set wins. */
export const quiet: NodeJS.ProcessEnv = {
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  WRANGLER_NO_SKILLS_UPDATE_PROMPTS: 'true',
  ...process.env,
};

/** The same without network: `request.cf` is a placeholder instead of being fetched. */
export const offline: NodeJS.ProcessEnv = { CLOUDFLARE_CF_FETCH_ENABLED: 'false', ...quiet };

export interface Captured {
  readonly code: number;
  readonly stdout: string;
  /** Both streams, as a terminal would have shown them. */
  readonly output: string;
}

/**
 * Runs a command without a terminal, so that it can't ask anything, and keeps what it prints.
 * @param input what it reads from its standard input: the way for secrets, which a command line would show to others
 */
export async function capture(
  [file, ...first]: Command,
  args: readonly string[],
  { input = '', env = quiet }: { input?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Captured> {
  const child = spawn(file, [...first, ...args], {
    cwd: projectRoot,
    env: { ...env, FORCE_COLOR: '0' },
    stdio: 'pipe',
  });
  let stdout = '';
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stdin.on('error', () => {}); // It may end without reading.
  child.stdin.end(input);
  return { code: await ended(child), stdout, output };
}

/** Runs a command on our own terminal; returns its exit code. */
export function run([file, ...first]: Command, args: readonly string[], env = quiet): Promise<number> {
  return ended(start([file, ...first], args, { env, stdio: 'inherit' }));
}

/** Starts a command in the project's root. */
export function start([file, ...first]: Command, args: readonly string[], options: SpawnOptions) {
  return spawn(file, [...first, ...args], { cwd: projectRoot, ...options });
}

/** The exit code of a child, in shells' way where a signal ended it; signals that we get meanwhile are the child's. */
export function ended(child: ChildProcess): Promise<number> {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const pass = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of signals) process.on(signal, pass);
  return new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  }).finally(() => {
    for (const signal of signals) process.off(signal, pass);
  });
}
