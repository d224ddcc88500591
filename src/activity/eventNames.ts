/*
 * What an activity row is called to the world, in Appwrite's grammar: `<type>.<id>[.<subtype>.<subid>].<action>[.<attribute>]`.
 * One table says it for every event that an endpoint declares; what webhooks may subscribe to, what is recorded, and the
 * headers of a delivery follow from it.
 */

/** Whose ID stands in a name: the row's user, the team that it is about or in, or the thing itself. */
type Owner = 'user' | 'team' | 'resource';

interface Base {
  readonly type: 'users' | 'teams' | 'keys' | 'webhooks';
  readonly id: Owner;
  readonly sub?: string;
  readonly action: string;
  /** What was changed; `*` stands for what the endpoint says that it changes. */
  readonly attribute?: string;
}

const user = (action: string, attribute = '*'): Base => ({ type: 'users', id: 'user', action, attribute });
const team = (action: string): Base => ({ type: 'teams', id: 'resource', action, attribute: '*' });
const ofUser = (sub: string, action: string): Base => ({ type: 'users', id: 'user', sub, action });
const ofTeam = (action: string): Base => ({ type: 'teams', id: 'team', sub: 'memberships', action });
const key = (action: string): Base => ({ type: 'keys', id: 'resource', action });
const webhook = (action: string): Base => ({ type: 'webhooks', id: 'resource', action });

/** The names of each event of the activity log; those that are not here stay in the log: failed tries, reads. */
const BASES: Readonly<Record<string, readonly Base[]>> = {
  'user.create': [user('create')],
  'user.update': [user('update')],
  'user.delete': [user('delete')],
  'impersonator.create': [user('update', 'impersonator')],
  'impersonator.delete': [user('update', 'impersonator')],
  // Appwrite says the one where a user has proved an address, the other where a server says that it has.
  'verification.update': [user('update', 'verification'), ofUser('verification', 'update')],
  'session.create': [ofUser('sessions', 'create')],
  'session.update': [ofUser('sessions', 'update')],
  'session.delete': [ofUser('sessions', 'delete')],
  'target.create': [ofUser('targets', 'create')],
  'target.update': [ofUser('targets', 'update')],
  'target.delete': [ofUser('targets', 'delete')],
  'identity.create': [ofUser('identities', 'create')],
  'identity.delete': [ofUser('identities', 'delete')],
  'tokens.create': [ofUser('tokens', 'create')],
  'jwts.create': [ofUser('jwts', 'create')],
  'challenge.create': [ofUser('challenges', 'create')],
  'challenges.update': [ofUser('challenges', 'update')],
  'team.create': [team('create')],
  'team.update': [team('update')],
  'team.delete': [team('delete')],
  'membership.create': [ofTeam('create')],
  'membership.update': [ofTeam('update')],
  'membership.delete': [ofTeam('delete')],
  'key.create': [key('create')],
  'key.update': [key('update')],
  'key.delete': [key('delete')],
  // By the key that it is made with: it has no ID of its own.
  'ephemeralKey.create': [{ type: 'keys', id: 'resource', sub: 'ephemeral', action: 'create' }],
  'webhook.create': [webhook('create')],
  'webhook.update': [webhook('update')],
  'webhook.delete': [webhook('delete')],
  'webhook.test': [webhook('test')],
};

/** What Appwrite names besides, and nothing here brings about: a subscription to it is right, and quiet. */
const QUIET: readonly Base[] = [
  ofUser('verification', 'create'),
  ofUser('recovery', 'create'),
  ofUser('recovery', 'update'),
  { ...ofTeam('update'), attribute: 'status' },
];

/** What endpoints say that they change. */
const ATTRIBUTES = {
  users: [
    ...['email', 'name', 'password', 'status', 'prefs'],
    ...['phone', 'labels', 'mfa', 'impersonator', 'verification'],
  ],
  teams: ['prefs'],
} as const;

/** A segment of a name: text, or the ID of the row's owner. */
export type Segment = string | { readonly id: Owner };
export type Name = readonly Segment[];

/** Whether webhooks that subscribe to it are sent an event; a test is for one webhook alone. */
export function isTold(event: string): boolean {
  return Object.hasOwn(BASES, event) && event !== 'webhook.test';
}

/**
 * The whole names of an event, the one that it goes by first; none for what stays in the log. One that changes several
 * attributes goes by none of them.
 * @param attribute what was changed, where an endpoint says so; several with commas between
 */
export function wholeNames(event: string, attribute: string): readonly Name[] {
  return basesOf(event).map((base) => {
    const changes = changesOf(base, attribute);
    return [...headOf(base), base.action, ...(changes.length === 1 ? changes : [])];
  });
}

/** All that an event is called: its names, and each generalisation of them, with `*` for any ID. */
export function allNames(event: string, attribute: string): readonly Name[] {
  const names = basesOf(event).flatMap((base) => {
    const owners: Name[] = [
      [base.type, { id: base.id }],
      [base.type, '*'],
    ];
    const things =
      base.sub === undefined ? owners : owners.flatMap((owner) => thingsOf(owner, base.sub ?? ''));
    const changes = changesOf(base, attribute);
    const acts = things.flatMap((thing): Name[] => [
      thing,
      [...thing, base.action],
      ...changes.map((change) => [...thing, base.action, change]),
    ]);
    return base.sub === undefined ? acts : [...owners, ...acts];
  });
  const known = new Map(names.map((name) => [JSON.stringify(name), name]));
  return [...known.values()];
}

const thingsOf = (owner: Name, sub: string): Name[] => [
  [...owner, sub, { id: 'resource' }],
  [...owner, sub, '*'],
];

function basesOf(event: string): readonly Base[] {
  return Object.hasOwn(BASES, event) ? (BASES[event] ?? []) : [];
}

function headOf({ type, id, sub }: Base): Name {
  return [type, { id }, ...(sub === undefined ? [] : [sub, { id: 'resource' as const }])];
}

function changesOf(base: Base, attribute: string): readonly string[] {
  const changes = base.attribute === '*' ? attribute : (base.attribute ?? '');
  return changes === '' || base.action !== 'update' ? [] : changes.split(',');
}

const ID = '(\\*|[a-zA-Z0-9][a-zA-Z0-9._-]{0,35})';

/** The patterns that a webhook may subscribe to, as one expression for each kind of thing. */
const PATTERNS: readonly RegExp[] = (() => {
  const things = new Map<string, Set<string>>();
  for (const base of [...Object.values(BASES).flat(), ...QUIET]) {
    const owner = `${base.type}\\.${ID}`;
    const thing = base.sub === undefined ? owner : `${owner}\\.${base.sub}\\.${ID}`;
    const changes = attributesOf(base);
    const act = changes.length === 0 ? base.action : `${base.action}(\\.(${changes.join('|')}))?`;
    things.set(thing, (things.get(thing) ?? new Set()).add(act));
  }
  return [...things].map(([thing, acts]) => new RegExp(`^${thing}(\\.(${[...acts].join('|')}))?$`));
})();

function attributesOf({ type, action, attribute }: Base): readonly string[] {
  if (action !== 'update' || attribute === undefined) return [];
  if (attribute !== '*') return [attribute];
  return type === 'users' || type === 'teams' ? ATTRIBUTES[type] : [];
}

/** Whether a webhook may subscribe to it: `users.*`, `users.ada.update.email`, `teams.*.memberships.*.create`. */
export function isPattern(text: string): boolean {
  return PATTERNS.some((pattern) => pattern.test(text));
}
