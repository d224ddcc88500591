import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { errors, jwtVerify, SignJWT } from 'jose';
import * as v from 'valibot';
import { ApiError } from '../http/errors';

/** What a JWT claims: a user as it was when the JWT was made, and the session that it dies with (empty for none). */
export interface Claims {
  readonly userId: string;
  readonly sessionId: string;
  /** The user's sequence, which no later user of the same ID has. */
  readonly userSeq: number;
  /** The user's `validFrom`: a JWT without a session counts while it is still the same. */
  readonly validFrom: number;
  /** Whether it may be that of a user with the capability `impersonator`: not one made by a key that may not read users. */
  readonly readsUsers?: boolean | undefined;
}

/** What JWTs are signed with, and for whom. */
export interface Issuer {
  readonly ROOT_API_KEY: string;
  readonly PROJECT_ID: string;
}

const ALGORITHM = 'HS256';

/**
 * HS256, since the only one who ever verifies these tokens is this service: they are checked against the session in D1
 * each time, which no holder of a public key could do. The key is derived from the root key (RFC 5869), so that there
 * is no second secret to set; rotating the root key ends every JWT, and none lives longer than an hour anyway.
 */
function keyOf(rootKey: string): Uint8Array {
  return hkdf(sha256, utf8ToBytes(rootKey), undefined, utf8ToBytes('edge-users jwt v1'), 32);
}

/** Who issues the JWTs of a deployment. */
const issuerOf = ({ PROJECT_ID }: Issuer) => `edge-users:${PROJECT_ID}`;

/** What they are for: whatever else is ever signed with a key of ours is for something else. */
const AUDIENCE = 'account';

/**
 * Makes a JWT.
 * @param lifetime seconds
 * @param now milliseconds
 */
export function signJwt(claims: Claims, issuer: Issuer, lifetime: number, now: number): Promise<string> {
  const { userId, sessionId, userSeq, validFrom, readsUsers = true } = claims;
  const issuedAt = Math.floor(now / 1000);
  return new SignJWT({ userId, sessionId, userSeq, validFrom, ...(readsUsers ? {} : { readsUsers }) })
    .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
    .setIssuer(issuerOf(issuer))
    .setAudience(AUDIENCE)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + lifetime)
    .sign(keyOf(issuer.ROOT_API_KEY));
}

const claimsSchema = v.object({
  userId: v.string(),
  sessionId: v.string(),
  userSeq: v.number(),
  validFrom: v.number(),
  readsUsers: v.optional(v.boolean()),
});

/**
 * Reads a JWT that this deployment made for this use, and that is not over. Whether its user and its session still are
 * what they were is for the caller to ask.
 * @throws ApiError user_jwt_invalid
 */
export async function readJwt(jwt: string, issuer: Issuer, now: number): Promise<Claims> {
  try {
    const { payload } = await jwtVerify(jwt, keyOf(issuer.ROOT_API_KEY), {
      algorithms: [ALGORITHM],
      issuer: issuerOf(issuer),
      audience: AUDIENCE,
      requiredClaims: ['exp', 'iat'],
      currentDate: new Date(now),
    });
    return v.parse(claimsSchema, payload);
  } catch (error) {
    const reason =
      error instanceof errors.JWTExpired ? 'Token has expired' : 'Token is malformed or not ours';
    throw new ApiError('user_jwt_invalid', `Failed to verify JWT. ${reason}`);
  }
}
