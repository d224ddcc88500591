import { parseCookie, stringifySetCookie } from 'cookie';
import { isObject } from '../http/json';

/** The name of the cookie that holds a session's token. */
export const cookieName = (projectId: string) => `a_session_${projectId}`;

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
  const name = cookieName(projectId);
  const cookies = parseCookie(request.headers.get('cookie') ?? '');
  return cookies[name] || cookies[`${name}_legacy`] || null;
}

function fallbackCookie(header: string | null, name: string): string | null {
  try {
    const cookies: unknown = JSON.parse(header ?? '');
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
  const url = new URL(request.url);
  return {
    projectId,
    isHttps: url.protocol === 'https:',
    isCrossSite: isCrossSite(request, url),
    cookieToken: cookieTokenOf(request, projectId),
  };
}

/**
 * Today's browsers tell by themselves (Fetch Metadata), and know what a site is: `app.example.com` and
 * `api.example.com` are one, the cookie arrives, and no script need hold the secret. Without their word, a page of
 * another origin counts as one of another site.
 */
function isCrossSite(request: Request, url: URL): boolean {
  const origin = request.headers.get('origin');
  if (origin === null || origin === url.origin) return false;
  const told = request.headers.get('sec-fetch-site');
  return told === null || told === 'cross-site';
}

/**
 * Gives a browser its session: the cookie, out of reach of scripts; and for a page of another site, where the browser
 * may refuse the cookie, `X-Fallback-Cookies`, which the web SDK keeps in localStorage.
 * @param expire end of the session, milliseconds
 */
export function setSessionCookie(site: Site, headers: Headers, token: string, expire: number): void {
  const name = cookieName(site.projectId);
  headers.append('Set-Cookie', cookie(site, token, new Date(expire)));
  if (site.isCrossSite) headers.set('X-Fallback-Cookies', JSON.stringify({ [name]: token }));
}

/** Takes the session away from a browser. */
export function clearSessionCookie(site: Site, headers: Headers): void {
  headers.append('Set-Cookie', cookie(site, '', new Date(0)));
  if (site.isCrossSite) headers.set('X-Fallback-Cookies', '[]');
}

/**
 * An app on another site needs SameSite=None; foreign pages are kept out by the check of Origin, which every method
 * passes. Without HTTPS, which is only so in development, browsers take neither None nor Secure.
 */
function cookie({ projectId, isHttps }: Site, value: string, expires: Date): string {
  return stringifySetCookie({
    name: cookieName(projectId),
    value,
    expires,
    path: '/',
    httpOnly: true,
    secure: isHttps,
    sameSite: isHttps ? 'none' : 'lax',
  });
}
