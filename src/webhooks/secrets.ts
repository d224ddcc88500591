import type { Config } from '../config';
import { seal, unseal } from '../secrets/seal';

/*
 * A webhook's secret signs what is sent, so it must be read again: it is sealed. Standard Webhooks writes one as `whsec_` and
 * base64, and signs with the bytes; any other text signs as it is.
 */

const PREFIX = 'whsec_';
const RANDOM_BYTES = 32;

type What = 'secret' | 'password';

const of = (what: What, webhookId: string) => `webhook ${what} of ${webhookId}`;

/** A new secret: 256 random bits, in the form of Standard Webhooks. */
export function newWebhookSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(RANDOM_BYTES));
  return PREFIX + btoa(String.fromCharCode(...bytes));
}

/** Whether a text that begins as a secret of Standard Webhooks goes on as one. */
export function isWellFormed(secret: string): boolean {
  return !secret.startsWith(PREFIX) || bytesOf(secret) !== null;
}

/** The bytes that a secret signs with by Standard Webhooks; null for one that is malformed. */
export function bytesOf(secret: string): Uint8Array | null {
  if (!secret.startsWith(PREFIX)) return new TextEncoder().encode(secret);
  try {
    const bytes = Uint8Array.from(atob(secret.slice(PREFIX.length)), (char) => char.charCodeAt(0));
    return bytes.length > 0 ? bytes : null;
  } catch {
    return null;
  }
}

/** Encrypts what a webhook has of secrets; an empty password stays empty. */
export async function sealFor(config: Config, what: What, webhookId: string, plain: string): Promise<string> {
  return plain === '' ? '' : seal(config.ENCRYPTION_KEY[0], plain, of(what, webhookId));
}

/** Decrypts it; null where no key of the deployment opens it. */
export async function openFor(
  config: Config,
  what: What,
  webhookId: string,
  sealed: string,
): Promise<string | null> {
  if (sealed === '') return '';
  return (await unseal(config.ENCRYPTION_KEY, sealed, of(what, webhookId)))?.secret ?? null;
}
