import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { errors, jwtVerify, SignJWT } from 'jose';
import * as v from 'valibot';
import type { Config } from '../config';
import { ApiError } from '../http/errors';

/** Every ephemeral key begins with this, as Appwrite's do. */
export const EPHEMERAL_PREFIX = 'ephemeral_';

/** Longest one that is looked at, characters: one of ours has all scopes and the longest name. */
const MAX_LENGTH = 4096;

/**
 * What an ephemeral key claims: the key that it stands for, as it is named by a row that no later key has (0: the root
 * key), what it may do of that one's, and who holds it.
 */
const claimsSchema = v.object({
  keyId: v.string(),
  keySeq: v.number(),
  scopes: v.array(v.string()),
  person: v.string(),
  /** When it ends, seconds. */
  exp: v.number(),
});

export type EphemeralClaims = Omit<v.InferOutput<typeof claimsSchema>, 'exp'> & {
  /** When it ends, milliseconds. */
  readonly expire: number;
};

const ALGORITHM = 'HS256';
const AUDIENCE = 'key';
const issuerOf = ({ PROJECT_ID }: Config) => `edge-users:${PROJECT_ID}`;

const derived = new WeakMap<Config, Uint8Array>();

/** Of the root key (RFC 5869), for nothing else: a new root key ends every ephemeral one. */
function signingKeyOf(config: Config): Uint8Array {
  const known = derived.get(config);
  if (known !== undefined) return known;
  const info = utf8ToBytes('edge-users ephemeral key v1');
  const key = hkdf(sha256, utf8ToBytes(config.ROOT_API_KEY), undefined, info, 32);
  derived.set(config, key);
  return key;
}

/**
 * Makes an ephemeral key: a signed JWT, of which no row is kept.
 * @param now milliseconds
 */
export async function signEphemeralKey(
  { expire, ...claims }: EphemeralClaims,
  config: Config,
  now: number,
): Promise<string> {
  const jwt = await new SignJWT(claims)
    .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
    .setIssuer(issuerOf(config))
    .setAudience(AUDIENCE)
    .setIssuedAt(Math.floor(now / 1000))
    .setExpirationTime(expire / 1000)
    .sign(signingKeyOf(config));
  return EPHEMERAL_PREFIX + jwt;
}

/**
 * Reads an ephemeral key of this deployment; null for what is none. WebCrypto compares signatures in constant time.
 * Whether the key that it stands for is still there is for the caller to ask.
 * @throws ApiError project_key_expired
 */
export async function readEphemeralKey(
  secret: string,
  config: Config,
  now: number,
): Promise<EphemeralClaims | null> {
  if (secret.length > MAX_LENGTH) return null;
  try {
    const { payload } = await jwtVerify(secret.slice(EPHEMERAL_PREFIX.length), signingKeyOf(config), {
      algorithms: [ALGORITHM],
      issuer: issuerOf(config),
      audience: AUDIENCE,
      requiredClaims: ['exp', 'iat'],
      currentDate: new Date(now),
    });
    const { exp, ...claims } = v.parse(claimsSchema, payload);
    return { ...claims, expire: exp * 1000 };
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw new ApiError('project_key_expired');
    return null;
  }
}
