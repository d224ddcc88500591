/*
 * Which pages and apps may call from a browser, by their Origin. A pattern is an origin in which `*` stands for one or
 * more characters of a host, or for any port, the scheme's own included. Everything is compared piece by piece, never by
 * a regular expression made of a pattern: whoever sends the header must not choose how long that takes.
 */

/** Longest Origin header that is looked at, in characters; a host name has at most 253. */
const MAX_ORIGIN = 512;

/** An origin, or a pattern of one, in its pieces, lower-cased. */
interface Origin {
  readonly scheme: string;
  readonly host: string;
  /** Empty for the scheme's own. */
  readonly port: string;
}

const ORIGIN = /^([a-z][a-z\d+.-]*):\/\/(\[[\da-f:.]+\]|[^\s/:@?#[\]]+)(?::([1-9]\d{0,4}))?$/;
const PATTERN = /^([a-z][a-z\d+.-]*):\/\/(\[[\da-f:.]+\]|[a-z\d._*-]+)(?::([1-9]\d{0,4}|\*))?$/;

/** Browsers leave these out. */
const DEFAULT_PORTS: Readonly<Record<string, string>> = { http: '80', https: '443' };

/** Origins that are allowed. */
export type AllowedOrigins = readonly Origin[];

/**
 * Reads a list of patterns, separated by commas.
 * @returns the patterns; or, where one makes no sense, why
 */
export function parseOrigins(text: string): AllowedOrigins | { readonly problem: string } {
  const origins: Origin[] = [];
  for (const pattern of text.split(',').map((one) => one.trim().toLowerCase())) {
    if (pattern === '') continue;
    const origin = split(PATTERN, pattern);
    const problem = origin === null ? problemOf(pattern) : problemOfHost(origin);
    if (origin === null || problem !== null)
      return { problem: `"${pattern.slice(0, 128).toWellFormed()}" ${problem}` };
    origins.push(origin);
  }
  return origins;
}

function split(form: RegExp, text: string): Origin | null {
  const [, scheme, host, port = ''] = form.exec(text) ?? [];
  if (scheme === undefined || host === undefined || host.split('.').includes('')) return null;
  if (Number(port) > 65_535) return null;
  return { scheme, host, port: port === DEFAULT_PORTS[scheme] ? '' : port };
}

/** Why a pattern is none. */
function problemOf(pattern: string): string {
  if (pattern === '*') return 'would let any page call with the sessions of its visitors; name the origins';
  if (pattern === 'null')
    return 'is what pages without an origin send, those of any attacker among them; it can not be allowed';
  return 'is no origin, which has the form scheme://host or scheme://host:port and no path';
}

/** A star must leave the end of a web host fixed: whoever has any domain could have the rest. */
function problemOfHost({ scheme, host }: Origin): string | null {
  const isWeb = scheme === 'http' || scheme === 'https';
  if (isWeb && host.slice(host.lastIndexOf('.') + 1).includes('*'))
    return 'would allow hosts of anybody: its host must not end in a part with a *';
  return null;
}

/** Whether a page of this origin (the request's Origin header, such as `https://app.example.com`) may call us. */
export function isAllowedOrigin(header: string, allowed: AllowedOrigins): boolean {
  if (header.length > MAX_ORIGIN) return false;
  const origin = split(ORIGIN, header.toLowerCase());
  if (origin === null) return false;
  return allowed.some(
    ({ scheme, host, port }) =>
      scheme === origin.scheme &&
      (port === '*' || port === origin.port) &&
      isMatch(host.split('*'), origin.host),
  );
}

/** Whether a host consists of these pieces with one or more characters between each two of them. */
function isMatch(pieces: readonly string[], host: string): boolean {
  const [first = '', ...rest] = pieces;
  const last = rest.pop();
  if (last === undefined) return host === first;
  if (!host.startsWith(first)) return false;
  // The leftmost place for each piece leaves the most room for those behind it, so no other need be tried.
  let at = first.length;
  for (const piece of rest) {
    const found = host.indexOf(piece, at + 1);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return host.endsWith(last) && host.length - last.length > at;
}
