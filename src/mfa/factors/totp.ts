import { Secret, TOTP } from 'otpauth/slim';

/** As every authenticator app has them: RFC 6238 over HMAC-SHA-1, a step of 30 seconds, 6 digits. */
const SETTINGS = { algorithm: 'SHA1', digits: 6, period: 30 } as const;

/** Steps that a clock may be off, either way (RFC 6238, 5.2 recommends one). */
const SKEW = 1;

/** A new secret: 160 random bits as base32, which RFC 4226 (R6) recommends. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/**
 * The URI that an authenticator app reads from a QR code.
 * @param issuer what the app calls the service
 * @param label what the app calls the account
 */
export function totpUri(secret: string, issuer: string, label: string): string {
  return new TOTP({ ...SETTINGS, secret, issuer, label }).toString();
}

/**
 * The time step whose code this is, or null where it is none of now, the step before and the step after. Compares in
 * constant time. A step counts once: whoever accepts the code must see to that.
 * @param secret base32
 * @param now milliseconds
 */
export function stepOf(secret: string, code: string, now: number): number | null {
  const totp = new TOTP({ ...SETTINGS, secret });
  const delta = totp.validate({ token: code, timestamp: now, window: SKEW });
  return delta === null ? null : totp.counter({ timestamp: now }) + delta;
}
