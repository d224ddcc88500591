import { parseCookie, stringifySetCookie } from 'cookie';
import { isObject } from '../http/json';

/** Longest Cookie and X-Fallback-Cookies headers that are read, in characters: an app's host may have others set too. */
const MAX_COOKIES = 32_768;

/** What Appwrite calls the cookie that holds a session's token. */
const cookieName = (projectId: string) => `a_session_${projectId}`;

/**
 * What we call it over HTTPS: a browser takes and sends it for this host alone, so that no other host of the domain can
 * put a session of its own in its place (RFC 6265bis, 4.1.3.2). No SDK reads it.
 */
const hostCookieName = (projectId: string) => `__Host-${cookieName(projectId)}`;

/** The names that a token is looked for under, the safest first: those of earlier versions and of Appwrite too. */
function cookieNames(projectId: string): [host: string, ...others: string[]] {
  const name = cookieName(projectId);
  return [hostCookieName(projectId), name, `${name}_legacy`];
}

/**
 * The session token that a request shows: cookie, `X-Appwrite-Session`, or `X-Fallback-Cookies` (what the web SDK sends
 * where the browser keeps no third-party cookies); the first that is not empty, as in Appwrite.
 */
export function sessionTokenOf(request: Request, projectId: string): string | null {
  return (
    cookieTokenOf(request, projectId) ||
    request.headers.get('x-appwrite-session') ||
    fallbackCookie(request.headers.get('x-fallback-cookies'), cookieName(projectId)) ||
    null
  );
}

function cookieTokenOf(request: Request, projectId: string): string | null {
  const header = request.headers.get('cookie');
  if (header === null || header.length > MAX_COOKIES) return null;
  const cookies = parseCookie(header);
  for (const name of cookieNames(projectId)) if (cookies[name]) return cookies[name];
  return null;
}

function fallbackCookie(header: string | null, name: string): string | null {
  if (header === null || header.length > MAX_COOKIES) return null;
  try {
    const cookies: unknown = JSON.parse(header);
    const value = isObject(cookies) ? cookies[name] : null;
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}

/** Where a request came from, as far as its cookies are concerned. */
export interface Site {
  readonly projectId: string;
  readonly isHttps: boolean;
  /** Whether a page of another site called, whose browser may refuse our cookie. */
  readonly isCrossSite: boolean;
  /** The token in the cookie that was shown; null for none. */
  readonly cookieToken: string | null;
}

export function siteOf(request: Request, projectId: string): Site {
  return {
    projectId,
    isHttps: request.url.startsWith('https:'),
    isCrossSite: isCrossSite(request),
    cookieToken: cookieTokenOf(request, projectId),
  };
}

/**
 * Today's browsers tell by themselves (Fetch Metadata), and know what a site is: `app.example.com` and
 * `api.example.com` are one, the cookie arrives, and no script need hold the secret. Without their word, a page of
 * another origin counts as one of another site.
 */
function isCrossSite(request: Request): boolean {
  const origin = request.headers.get('origin');
  if (origin === null || origin === new URL(request.url).origin) return false;
  const told = request.headers.get('sec-fetch-site');
  return told === null || told === 'cross-site';
}

/**
 * Gives a browser its session: the cookie, out of reach of scripts; and for a page of another site, where the browser
 * may refuse the cookie, `X-Fallback-Cookies`, which the web SDK keeps in localStorage.
 * @param expire end of the session, milliseconds
 */
export function setSessionCookie(site: Site, headers: Headers, token: string, expire: number): void {
  const [name] = namesToSet(site);
  headers.append('Set-Cookie', cookie(site, name, token, new Date(expire)));
  if (site.isCrossSite)
    headers.set('X-Fallback-Cookies', JSON.stringify({ [cookieName(site.projectId)]: token }));
}

/** Takes the session away from a browser, under every name that it may have it by. */
export function clearSessionCookie(site: Site, headers: Headers): void {
  for (const name of namesToSet(site)) headers.append('Set-Cookie', cookie(site, name, '', new Date(0)));
  if (site.isCrossSite) headers.set('X-Fallback-Cookies', '[]');
}

/** The names that a browser takes from us, the first for a new session: without HTTPS it takes no `__Host-`. */
function namesToSet({ projectId, isHttps }: Site): [first: string, ...others: string[]] {
  const [host, plain = host, ...legacy] = cookieNames(projectId);
  return isHttps ? [host, plain, ...legacy] : [plain, ...legacy];
}

/**
 * An app on another site needs SameSite=None; foreign pages are kept out by the check of Origin, which every method
 * passes. Without HTTPS, which is only so in development, browsers take neither None nor Secure.
 */
function cookie({ isHttps }: Site, name: string, value: string, expires: Date): string {
  return stringifySetCookie({
    name,
    value,
    expires,
    path: '/',
    httpOnly: true,
    secure: isHttps,
    sameSite: isHttps ? 'none' : 'lax',
  });
}
