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
const prefixes = { session: utf8ToBytes('session:'), key: utf8ToBytes('key:') } as const satisfies Record<
  SecretKind,
  Uint8Array
>;
const SHAPE = /^[0-9a-f]{64}$/;

/** An HMAC under a key, before it has read anything. */
type Keyed = ReturnType<typeof hmac.create>;

const derived = new WeakMap<DeploymentSecrets, readonly [Keyed, ...Keyed[]]>();

/**
 * The keys of tags (RFC 5869): the first makes them, all are taken. They follow the encryption keys, which are changed
 * with the old one beside the new one, so that tags survive; a deployment without any has them of the root key.
 */
function keysOf(config: DeploymentSecrets): readonly [Keyed, ...Keyed[]] {
  const known = derived.get(config);
  if (known !== undefined) return known;
  const keyedBy = (secret: string) =>
    hmac.create(
      sha256,
      hkdf(sha256, utf8ToBytes(secret), undefined, utf8ToBytes('edge-users secret tag v1'), 32),
    );
  const [first = config.ROOT_API_KEY, ...others] = config.ENCRYPTION_KEY;
  const keys = [keyedBy(first), ...others.map(keyedBy), keyedBy(config.ROOT_API_KEY)] as const;
  derived.set(config, keys);
  return keys;
}

function tagOf(key: Keyed, kind: SecretKind, random: Uint8Array): Uint8Array {
  return key.clone().update(prefixes[kind]).update(random).digest().subarray(0, TAG_BYTES);
}

/** A new secret with a tag: 64 digits of lower-case hex. */
export function newTaggedSecret(config: DeploymentSecrets, kind: SecretKind): string {
  const random = crypto.getRandomValues(new Uint8Array(RANDOM_BYTES));
  const [key] = keysOf(config);
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
