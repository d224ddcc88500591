/** Who calls. */
export type Caller =
  | { readonly type: 'guest' }
  | {
      readonly type: 'key';
      readonly id: string;
      readonly name: string;
      readonly scopes: ReadonlySet<string>;
      /** The sequence of its row, which no later key of the same ID has; 0 for the root key. */
      readonly seq: number;
      /** When it ends, milliseconds; null: never. */
      readonly expire: number | null;
      /** Who holds it, where an ephemeral key says so; else empty. */
      readonly person: string;
    }
  | {
      readonly type: 'user';
      readonly userId: string;
      /** The session that the caller showed; null for a JWT made without one, and for whoever acts as this user. */
      readonly sessionId: string | null;
      /** The user's sequence, where no session ties the caller to the very user that has the ID now. */
      readonly userSeq?: number;
      /** Whether it may read the directory, as impersonators may; false: not even where its user is one. */
      readonly readsUsers?: boolean;
      /** Who acts as this user, to read what it sees. */
      readonly impersonatorUserId?: string;
    }
  | { readonly type: 'system'; readonly id: string; readonly name: string };

/** Another Worker of the same account, over a service binding. */
export const SERVICE_BINDING: Caller = { type: 'system', id: 'service-binding', name: 'Service binding' };

export const GUEST: Caller = { type: 'guest' };

/** For endpoints that anybody may call, but that want to know who does. */
export const PUBLIC = 'public';

/** For endpoints that a user calls for itself. */
export const ACCOUNT = 'account';

/** Whether the caller has one of the scopes; an endpoint without scopes is open to all. */
export function isAllowed(caller: Caller, scopes: readonly string[]): boolean {
  if (scopes.length === 0 || scopes.includes(PUBLIC)) return true;
  if (caller.type === 'user')
    return scopes.includes(ACCOUNT) || (caller.readsUsers === true && scopes.includes('users.read'));
  return caller.type === 'key' && scopes.some((scope) => caller.scopes.has(scope));
}

/** Who is calling, in the words that Appwrite uses in its message of a missing scope. */
export function describeCaller(caller: Caller, projectId: string, hostname: string): string {
  if (caller.type === 'key') return `app.${projectId}@service.${hostname} (role: applications)`;
  return caller.type === 'user' ? `${caller.userId} (role: users)` : 'User (role: guests)';
}
