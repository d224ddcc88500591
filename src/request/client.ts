import type { Client } from '../activity/client';

export type { Client };

/** Longest user agent that is kept, in characters: real ones are shorter, and every list parses them again. */
const MAX_USER_AGENT = 512;

/** Longest IP address in text, an IPv4 one mapped into IPv6. */
const MAX_IP = 45;

/**
 * Reads the client from a request.
 * @param onBehalf whether to believe `X-Forwarded-User-Agent`: a server that calls with an API key may name the browser
 *   that it works for, as Appwrite's SDKs do for server-side rendering
 */
export function clientOf(request: Request, onBehalf: boolean): Client {
  const forwarded = onBehalf ? request.headers.get('x-forwarded-user-agent') : null;
  const country = request.cf?.country;
  return {
    ip: (request.headers.get('cf-connecting-ip') ?? '').slice(0, MAX_IP),
    // A cut through a character would leave half of one, which no client can read back.
    userAgent: (forwarded ?? request.headers.get('user-agent') ?? '').slice(0, MAX_USER_AGENT).toWellFormed(),
    countryCode: typeof country === 'string' ? country.slice(0, 2) : '',
  };
}
