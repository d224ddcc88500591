/*
 * What the secrets of a deployment must be. Our scripts read this file too, as it stands: it imports nothing.
 */

/** Characters that a secret must have: somebody with a JWT could try a short one at leisure, offline. */
export const MIN_SECRET = 32;

/** What `.dev.vars.example` shows, which everybody knows, and which Cloudflare's deploy button offers as a default. */
const PUBLIC = ['at least 32 random characters', '32 other random characters or more'];

/** Letters and digits alone: no quote, space or capital makes a secret of what is none. */
const bare = (value: string) => value.toLowerCase().replace(/[^a-z0-9]/g, '');

const bareOnes = new Set(PUBLIC.map(bare));

/** Whether a secret is one of those that are public. */
export function isPublicSecret(value: string): boolean {
  return bareOnes.has(bare(value));
}

/** The secrets of a deployment, as its configuration has them. */
export interface DeploymentSecrets {
  readonly ROOT_API_KEY: string;
  /** The first is today's, the others are from before. */
  readonly ENCRYPTION_KEY: readonly string[];
}
