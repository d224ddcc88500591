/*
 * Cloudflare tells the address of a client (`CF-Connecting-IP`). What is none, or is not told at all, has neither an
 * address nor a network here: a count that all such callers shared would let one of them stand in the way of the others.
 */

/** The four numbers of an IPv4 address, or the eight groups of an IPv6 address. */
type Parsed = { readonly v4: readonly string[] } | { readonly v6: readonly string[] };

/**
 * What failed tries are counted by: an IPv4 address; of IPv6 the /64 that one subscriber has for itself (RFC 6177). IPv4
 * mapped into IPv6 (RFC 4291, 2.5.5.2) is IPv4.
 */
export function addressOf(ip: string): string | null {
  const parsed = parse(ip);
  if (parsed === null) return null;
  return 'v4' in parsed ? parsed.v4.join('.') : subnetOf(parsed.v6);
}

/** Where somebody is at home, though the address changes: the /24 of IPv4, the /64 of IPv6. */
export function networkOf(ip: string): string | null {
  const parsed = parse(ip);
  if (parsed === null) return null;
  return 'v4' in parsed ? `${parsed.v4.slice(0, 3).join('.')}.0/24` : subnetOf(parsed.v6);
}

const subnetOf = (groups: readonly string[]) => `${groups.slice(0, 4).join(':')}::/64`;

function parse(ip: string): Parsed | null {
  const v4 = numbersOf(ip);
  if (v4 !== null) return { v4 };
  const v6 = groupsOf(ip);
  if (v6 === null) return null;
  const isMapped = v6.slice(0, 5).every((group) => group === '0') && v6[5] === 'ffff';
  return isMapped ? { v4: v6.slice(6).flatMap(bytesOf) } : { v6 };
}

/** Stricter than a URL, which takes `1.2` and `0x7f.1` for addresses too. */
function numbersOf(ip: string): string[] | null {
  const numbers = ip.split('.');
  const areBytes = numbers.every((number) => /^(0|[1-9]\d{0,2})$/.test(number) && Number(number) < 256);
  return numbers.length === 4 && areBytes ? numbers : null;
}

/** The platform's own parser of IPv6 addresses is that of URLs, which writes them in one way (RFC 5952). */
function groupsOf(ip: string): string[] | null {
  const [address = ''] = ip.split('%');
  // Looked at first: to refuse an address as a part of a URL takes the parser a hundred times as long as to read one.
  if (!/^[\da-f:.]*:[\da-f:.]*$/i.test(address)) return null;
  const url = URL.parse(`http://[${address}]/`);
  if (url === null) return null;
  const [before = '', after] = url.hostname.slice(1, -1).split('::');
  const first = before === '' ? [] : before.split(':');
  if (after === undefined) return first;
  const last = after === '' ? [] : after.split(':');
  return [...first, ...Array(8 - first.length - last.length).fill('0'), ...last];
}

/** The two bytes of a group. */
function bytesOf(group: string): string[] {
  const value = Number.parseInt(group, 16);
  return [String(value >> 8), String(value & 0xff)];
}
