import type { Context } from '../request/context';
import { setSessionCookie } from '../request/cookies';
import type { OpenedSession } from '../sessionStore';
import type { Session } from '../wire/session';

/**
 * Hands a new session to whoever signed in: a browser gets it as a cookie, out of reach of its scripts; a server, which
 * renders pages for its user, gets the secret in the answer.
 */
export function presentSession(
  { caller, site, headers }: Context,
  { session, token }: OpenedSession,
): Session {
  if (caller.type === 'key') return { ...session, secret: token };
  setSessionCookie(site, headers, token, session.expire);
  return { ...session, current: true };
}
