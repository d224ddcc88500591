import { isConsoleOn } from '../config';
import { securityHeaders } from '../http/security';

/** Where the console is; `console/vite.config.ts` builds it for this address. */
const BASE = '/console';

/**
 * What the console's pages may do: run our own files, and call this host. No inline code, nobody else's files, no frame.
 * Trusted Types: no text becomes markup, whatever a library tries.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** What a page of an admin needs none of. */
const PERMISSIONS = 'camera=(), geolocation=(), microphone=(), payment=(), usb=()';

/**
 * The console, which is static: null where the request is not for it, or where this deployment has none
 * (`CONSOLE = "false"`, or not built).
 */
export async function serveConsole(request: Request, env: Env): Promise<Response | null> {
  const url = URL.parse(request.url);
  const assets: Fetcher | undefined = env.ASSETS;
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (url === null || assets === undefined || !isRead || !isOfConsole(url.pathname)) return null;
  if (!isConsoleOn(env)) return null;
  if (url.pathname === '/')
    return new Response(null, { status: 302, headers: headersOf(url, { location: BASE }) });
  const isFile = url.pathname.startsWith(`${BASE}/assets/`);
  // Every other address is a view of the one page.
  const file = await assets.fetch(new URL(isFile ? url.pathname : `${BASE}/index.html`, url.origin));
  if (file.status !== 200) return null;
  const cache = isFile ? 'public, max-age=31536000, immutable' : 'no-cache';
  const type = file.headers.get('content-type') ?? 'application/octet-stream';
  const headers = headersOf(url, { 'content-type': type, 'cache-control': cache });
  return new Response(request.method === 'HEAD' ? null : file.body, { headers });
}

function isOfConsole(pathname: string): boolean {
  return pathname === '/' || pathname === BASE || pathname.startsWith(`${BASE}/`);
}

function headersOf(url: URL, more: Readonly<Record<string, string>>): Headers {
  return new Headers({
    ...securityHeaders(url.protocol === 'https:'),
    'Content-Security-Policy': POLICY,
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': PERMISSIONS,
    ...more,
  });
}
