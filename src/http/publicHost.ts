import ipaddr from 'ipaddr.js';

/** Names that lead nowhere but within a network (RFC 6761, RFC 6762, RFC 8375, ICANN's `internal`), and their subdomains. */
const WITHIN =
  /(^|\.)(localhost|local|internal|intranet|private|lan|home|corp|localdomain|home\.arpa|onion|test|invalid|example)$/;

/**
 * Whether an address may lead to a host of the public internet, as far as its text tells: neither a private, loopback or
 * link-local address, in any spelling, nor a name that is only known within a network. What a name resolves to is not asked:
 * in production a Worker's requests leave from Cloudflare's edge, where no network of ours is.
 */
export function isPublicHost(url: URL): boolean {
  // A URL spells an IPv4 address in decimals, whether it came in hexadecimal, octal, or as one number; a final dot is no
  // other name.
  const host = url.hostname.toLowerCase().replace(/\.$/, '');
  const address = host.startsWith('[') ? host.slice(1, -1) : host;
  if (ipaddr.isValid(address)) return isPublicAddress(ipaddr.parse(address));
  return host.includes('.') && !WITHIN.test(host);
}

const GIVEN_OUT = ipaddr.IPv6.parse('2000::');

function isPublicAddress(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (address instanceof ipaddr.IPv4) return address.range() === 'unicast';
  if (address.isIPv4MappedAddress()) return isPublicAddress(address.toIPv4Address());
  // Of 6to4, NAT64, Teredo and the like, which hold an IPv4 address, none is a server's own; nor is any of what has not been
  // given out (RFC 4291, 2.4), the deprecated spelling of IPv4 addresses among it.
  return address.range() === 'unicast' && address.match(GIVEN_OUT, 3);
}
