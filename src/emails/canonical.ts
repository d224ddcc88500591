/** Domains under which a provider keeps one mailbox; the first is the canonical one. As Appwrite knows them. */
const PROVIDERS: readonly (readonly [canonical: string, ...others: string[]])[] = [
  ['gmail.com', 'googlemail.com'],
  ['outlook.com', 'hotmail.com', 'live.com', 'outlook.co.uk', 'hotmail.co.uk', 'live.co.uk'],
  ['yahoo.com', 'yahoo.co.uk', 'yahoo.ca', 'ymail.com', 'rocketmail.com'],
  ['icloud.com', 'me.com', 'mac.com'],
  ['protonmail.com', 'proton.me', 'pm.me'],
  ['fastmail.com', 'fastmail.fm'],
];

const CANONICAL_DOMAINS: ReadonlyMap<string, string> = new Map(
  PROVIDERS.flatMap((domains) => domains.map((domain) => [domain, domains[0]] as const)),
);

/**
 * The canonical form of an address in lower case: the provider's main domain; for Gmail, which delivers them all to one
 * mailbox, without dots and without what follows a `+`. Other providers' aliases are left alone, as Appwrite does.
 */
export function canonicalEmail(email: string): string {
  const at = email.lastIndexOf('@');
  const local = email.slice(0, at);
  const domain = email.slice(at + 1);
  const canonicalDomain = CANONICAL_DOMAINS.get(domain) ?? domain;
  return `${canonicalDomain === 'gmail.com' ? canonicalGmail(local) : local}@${canonicalDomain}`;
}

/** A local part that is nothing but a tag has no mailbox to go back to, and is kept. */
function canonicalGmail(local: string): string {
  const plus = local.indexOf('+');
  return (plus > 0 ? local.slice(0, plus) : local).replaceAll('.', '');
}
