import { ApiError } from './errors';
import { type AllowedOrigins, isAllowedOrigin } from './origins';

/** The headers that Appwrite's SDKs set; a browser asks for each by name, since `*` does not go with credentials. */
const ALLOWED_HEADERS = [
  'Accept, Origin, Cookie, Set-Cookie, Content-Type, Content-Range, Range, Cache-Control, Expires, Pragma',
  'X-Appwrite-Project, X-Appwrite-Key, X-Appwrite-Dev-Key, X-Appwrite-Locale, X-Appwrite-Mode, X-Appwrite-JWT',
  'X-Appwrite-Organization, X-Appwrite-Response-Format, X-Appwrite-Timeout, X-Appwrite-ID, X-Appwrite-Timestamp',
  'X-Appwrite-Session, X-Appwrite-Platform, X-Appwrite-Impersonate-User-Id, X-Appwrite-Impersonate-User-Email',
  'X-Appwrite-Impersonate-User-Phone, X-SDK-Version, X-SDK-Name, X-SDK-Language, X-SDK-Platform, X-SDK-GraphQL',
  'X-SDK-Profile, X-Fallback-Cookies, X-Requested-With, X-Forwarded-For, X-Forwarded-User-Agent, X-D1-Bookmark',
].join(', ');

const EXPOSED_HEADERS = [
  'X-Appwrite-Session, X-Fallback-Cookies, X-Request-Id, X-D1-Bookmark',
  'Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset',
].join(', ');

const NONE = {};

/**
 * The CORS headers of an answer, as Appwrite sends them: exact origin, with credentials; none for an origin that is not
 * allowed.
 */
export function corsHeaders(request: Request, allowed: AllowedOrigins): Readonly<Record<string, string>> {
  const origin = request.headers.get('origin');
  if (origin === null || !isAllowedOrigin(origin, allowed)) return NONE;
  return {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
    'Access-Control-Allow-Headers': ALLOWED_HEADERS,
    'Access-Control-Expose-Headers': EXPOSED_HEADERS,
    'Access-Control-Max-Age': '86400',
  };
}

/**
 * Refuses a page of a foreign origin before it can change anything. A request with an API key is a server's and is not
 * asked, as in Appwrite; so is a page of our own.
 * @throws ApiError general_unknown_origin
 */
export function checkOrigin(request: Request, allowed: AllowedOrigins): void {
  const origin = request.headers.get('origin');
  if (origin === null || request.headers.get('x-appwrite-key')) return;
  if (origin === new URL(request.url).origin || isAllowedOrigin(origin, allowed)) return;
  throw new ApiError('general_unknown_origin', `Invalid Origin. ${adviceFor(origin)}`);
}

/** How such a page is let in, which can't be told of one that has no origin. */
function adviceFor(origin: string): string {
  if (origin === 'null') return 'A page without an origin of its own can not call this service.';
  const shown = origin.slice(0, 256).toWellFormed();
  return `Add ${shown} to this deployment's ALLOWED_ORIGINS to call it from that page.`;
}
