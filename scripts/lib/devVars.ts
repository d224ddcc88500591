import { randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { isPublicSecret } from '../../src/secrets/deploymentSecrets.ts';

/** The secrets of a Worker, each 256 random bits, and what they are for. */
export const SECRETS = {
  ROOT_API_KEY: 'the root API key',
  ENCRYPTION_KEY: 'the key that secrets of authenticator apps and recovery codes are encrypted with',
} as const;

export type SecretName = keyof typeof SECRETS;

/** The names of the secrets. */
export const secretNames = Object.keys(SECRETS).filter((name): name is SecretName => name in SECRETS);

/** A new secret: 256 random bits. */
export function newSecret(): string {
  return randomBytes(32).toString('hex');
}

/**
 * Sees to it that local development has its secrets: makes `.dev.vars`, or adds to one what it lacks. What is in the
 * file already stays as it is; a value of `.dev.vars.example` counts for none, and the one that is added wins.
 * @param directory where the configuration is
 * @param environment wrangler reads `.dev.vars.<environment>` instead, if there is one
 * @returns the file, whether it was made, and the secrets that were added to one that was there
 */
export function ensureDevVars(
  directory: string,
  environment?: string,
): { path: string; isNew: boolean; added: SecretName[] } {
  const own = environment === undefined ? undefined : join(directory, `.dev.vars.${environment}`);
  const path = own !== undefined && existsSync(own) ? own : join(directory, '.dev.vars');
  if (!existsSync(path)) {
    writeFileSync(path, freshDevVars(), { mode: 0o600, flag: 'wx' });
    return { path, isNew: true, added: [] };
  }
  const text = readFileSync(path, 'utf8');
  const known = parseEnv(text);
  const added = secretNames.filter((name) => !known[name] || isPublicSecret(known[name]));
  if (added.length > 0) {
    const gap = text === '' || text.endsWith('\n') ? '' : '\n';
    appendFileSync(path, gap + added.map(line).join(''));
  }
  return { path, isNew: false, added };
}

function line(name: SecretName): string {
  return `${name}="${newSecret()}"\n`;
}

function freshDevVars(): string {
  return `# Made by \`npm run dev\`, for this machine only: git ignores it. Yours to change.
${secretNames.map(line).join('')}
# Pages that may call from a browser: those of this machine, on every port.
ALLOWED_ORIGINS="http://localhost:*,http://127.0.0.1:*"
`;
}
