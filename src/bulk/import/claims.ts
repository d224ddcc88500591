import type { Claim, Keys } from './stored';

/** How two claims of the same are told to be so. */
export const nameOf = ({ kind, value }: Claim) => `${kind} ${value}`;

/** All that a row claims: an address is one thing, whether it is the user's own, a target or another account's. */
export function claimsOf({
  id,
  email,
  phone,
  targets,
  identities,
  memberships,
}: Omit<Keys, 'enters'>): Claim[] {
  return [
    own('id', id),
    ...(email === null ? [] : [own('email', email)]),
    ...(phone === null ? [] : [own('phone', phone)]),
    ...targets.flatMap(({ id, type, identifier }) => [
      ...(id === null ? [] : [other('target', id)]),
      type === 'push'
        ? other('target', `push ${identifier}`)
        : other(type === 'email' ? 'email' : 'phone', identifier),
    ]),
    ...identities.flatMap(({ id, provider, uid, email }) => [
      other('identity', id),
      other('identity', `${provider} ${uid}`),
      ...(email === '' ? [] : [other('email', email)]),
    ]),
    ...memberships.map(({ id }) => other('membership', id)),
  ];
}

const own = (kind: Claim['kind'], value: string): Claim => ({ kind, value, isOwn: true });
const other = (kind: Claim['kind'], value: string): Claim => ({ kind, value, isOwn: false });
