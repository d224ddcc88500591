import { timingSafeEqual } from 'node:crypto';
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { DeploymentSecrets } from './deploymentSecrets';

/*
 * The secrets of sessions and API keys end with a tag: an HMAC of what is before it, under a key that only this
 * deployment has. So a made-up one is told from a real one without asking D1, and a flood of them takes nothing from those
 * who hold real ones. What is before the tag is random enough by itself (192 bits), and a real tag opens nothing: the secret
 * is looked up all the same.
 */

/** What a secret is of: the tag of one kind is none of the other. */
export type SecretKind = 'session' | 'key';

/** Bytes of a tagged secret, as of one without: 256 bits, as hex. */
const RANDOM_BYTES = 24;
const TAG_BYTES = 8;
const SHAPE = /^[0-9a-f]{64}$/;

const derived = new WeakMap<DeploymentSecrets, readonly Uint8Array[]>();

/**
 * The keys of tags (RFC 5869): the first makes them, all are taken. They follow the encryption keys, which are changed
 * with the old one beside the new one, so that tags survive; a deployment without any has them of the root key.
 */
function keysOf(config: DeploymentSecrets): readonly Uint8Array[] {
  const known = derived.get(config);
  if (known !== undefined) return known;
  const keys = [...config.ENCRYPTION_KEY, config.ROOT_API_KEY].map((secret) =>
    hkdf(sha256, utf8ToBytes(secret), undefined, utf8ToBytes('edge-users secret tag v1'), 32),
  );
  derived.set(config, keys);
  return keys;
}

function tagOf(key: Uint8Array, kind: SecretKind, random: Uint8Array): Uint8Array {
  return hmac(sha256, key, Uint8Array.of(...utf8ToBytes(`${kind}:`), ...random)).subarray(0, TAG_BYTES);
}

/** A new secret with a tag: 64 digits of lower-case hex. */
export function newTaggedSecret(config: DeploymentSecrets, kind: SecretKind): string {
  const random = crypto.getRandomValues(new Uint8Array(RANDOM_BYTES));
  const [key = new Uint8Array()] = keysOf(config);
  return bytesToHex(random) + bytesToHex(tagOf(key, kind, random));
}

/**
 * What can be told of a secret without asking anybody: `tagged` is one of ours, though it may have ended; `untagged` may
 * be one from before there were tags, or from under a key that is gone; `malformed` never was one.
 */
export function tellSecret(
  config: DeploymentSecrets,
  kind: SecretKind,
  secret: string,
): 'tagged' | 'untagged' | 'malformed' {
  if (!SHAPE.test(secret)) return 'malformed';
  const bytes = hexToBytes(secret);
  const [random, tag] = [bytes.subarray(0, RANDOM_BYTES), bytes.subarray(RANDOM_BYTES)];
  const isTagged = keysOf(config).some((key) => timingSafeEqual(tagOf(key, kind, random), tag));
  return isTagged ? 'tagged' : 'untagged';
}
