import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { errors, jwtVerify, SignJWT } from 'jose';
import { ApiError } from '../http/errors';

/** What a JWT claims: a user, and the session that it dies with (empty for none). */
export interface Claims {
  readonly userId: string;
  readonly sessionId: string;
  /** Whether it may be that of a user with the capability `impersonator`: not one made by a key that may not read users. */
  readonly readsUsers?: boolean;
}

/** Claims that were verified, and when they were made, in milliseconds (whole seconds). */
export interface VerifiedClaims extends Claims {
  readonly issuedAt: number;
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

/**
 * Makes a JWT.
 * @param lifetime seconds
 * @param now milliseconds
 */
export function signJwt(
  { userId, sessionId, readsUsers = true }: Claims,
  rootKey: string,
  lifetime: number,
  now: number,
): Promise<string> {
  const issuedAt = Math.floor(now / 1000);
  return new SignJWT({ userId, sessionId, ...(readsUsers ? {} : { readsUsers }) })
    .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + lifetime)
    .sign(keyOf(rootKey));
}

/**
 * Reads a JWT that we signed and that is not over. Whether its session still lives is for the caller to ask.
 * @throws ApiError user_jwt_invalid
 */
export async function readJwt(jwt: string, rootKey: string, now: number): Promise<VerifiedClaims> {
  try {
    const { payload } = await jwtVerify(jwt, keyOf(rootKey), {
      algorithms: [ALGORITHM],
      currentDate: new Date(now),
    });
    const { userId, sessionId, iat } = payload;
    if (typeof userId !== 'string' || typeof sessionId !== 'string' || iat === undefined)
      throw new errors.JWTInvalid('claims are missing');
    return { userId, sessionId, readsUsers: payload.readsUsers !== false, issuedAt: iat * 1000 };
  } catch (error) {
    const reason =
      error instanceof errors.JWTExpired ? 'Token has expired' : 'Token is malformed or not ours';
    throw new ApiError('user_jwt_invalid', `Failed to verify JWT. ${reason}`);
  }
}
