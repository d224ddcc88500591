import { isObject } from '../http/json';

/** What a client's token says: whose session it is, and its secret. */
export interface SessionToken {
  readonly id: string;
  readonly secret: string;
}

/** Longest token that is looked at, in characters; ours have about 150. */
const MAX_TOKEN = 1024;

/**
 * What a client holds of a session: base64 of `{"id": <user>, "secret": <secret>}`, as Appwrite's SDKs send it in
 * `X-Appwrite-Session` and in the cookie.
 */
export function sessionToken(userId: string, secret: string): string {
  return btoa(JSON.stringify({ id: userId, secret }));
}

/** Reads a token, also as a cookie's value has it, percent-encoded; null for whatever is none. Never throws. */
export function readSessionToken(token: unknown): SessionToken | null {
  if (typeof token !== 'string' || token.length > MAX_TOKEN) return null;
  try {
    const value: unknown = JSON.parse(atob(decodeURIComponent(token)));
    if (!isObject(value) || typeof value.id !== 'string' || typeof value.secret !== 'string') return null;
    return { id: value.id, secret: value.secret };
  } catch {
    return null;
  }
}
