import { randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

/** A new root key: 256 random bits. */
export function newRootKey(): string {
  return randomBytes(32).toString('hex');
}

/**
 * Sees to it that local development has a root key: makes `.dev.vars`, or adds the key to one that lacks it. What is
 * in the file already stays as it is.
 * @param directory where the configuration is
 * @param environment wrangler reads `.dev.vars.<environment>` instead, if there is one
 * @returns the file, and whether it was made, added to, or left alone
 */
export function ensureDevVars(
  directory: string,
  environment?: string,
): { path: string; change: 'made' | 'added' | 'none' } {
  const own = environment === undefined ? undefined : join(directory, `.dev.vars.${environment}`);
  const path = own !== undefined && existsSync(own) ? own : join(directory, '.dev.vars');
  if (!existsSync(path)) {
    writeFileSync(path, freshDevVars(newRootKey()), { mode: 0o600, flag: 'wx' });
    return { path, change: 'made' };
  }
  const text = readFileSync(path, 'utf8');
  if (parseEnv(text).ROOT_API_KEY) return { path, change: 'none' };
  const gap = text === '' || text.endsWith('\n') ? '' : '\n';
  appendFileSync(path, `${gap}ROOT_API_KEY="${newRootKey()}"\n`);
  return { path, change: 'added' };
}

function freshDevVars(rootKey: string): string {
  return `# Made by \`npm run dev\`, for this machine only: git ignores it. Yours to change.
ROOT_API_KEY="${rootKey}"

# Pages that may call from a browser; this one: any of this machine.
ALLOWED_ORIGINS="http://localhost:*,http://127.0.0.1:*"
`;
}
