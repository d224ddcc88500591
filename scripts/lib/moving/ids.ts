import { createHash } from 'node:crypto';

const ID = /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,35}$/;

/** The ID that a user of another system has here: its own where that can be one, else one that is always the same for it. */
export function idFor(foreign: string): string {
  if (ID.test(foreign)) return foreign;
  const alike = foreign.replaceAll(/[^a-zA-Z0-9._-]/g, '-').replace(/^[^a-zA-Z0-9]+/, '');
  return ID.test(alike) && alike.length > 8
    ? alike
    : createHash('sha256').update(foreign).digest('hex').slice(0, 20);
}

/** The name of a provider here, such as `google` for `google.com` and `google-oauth2`. */
export function providerFor(foreign: string): string {
  const known: Readonly<Record<string, string>> = {
    'google-oauth2': 'google',
    windowslive: 'microsoft',
    'twitter.com': 'twitter',
  };
  const plain = foreign.toLowerCase();
  return (
    known[plain] ??
    plain
      .replace(/\.com$/, '')
      .replaceAll(/[^a-z0-9_-]/g, '-')
      .slice(0, 64)
  );
}
