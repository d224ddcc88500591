import type { Scope } from './scopes';

/** Who calls. */
export type Caller =
  | { readonly type: 'guest' }
  | {
      readonly type: 'key';
      readonly id: string;
      readonly name: string;
      readonly scopes: ReadonlySet<string>;
    };

export const GUEST: Caller = { type: 'guest' };

/** Whether the caller has one of the scopes; an endpoint without scopes is open to all. */
export function isAllowed(caller: Caller, scopes: readonly string[]): boolean {
  if (scopes.length === 0) return true;
  return caller.type === 'key' && scopes.some((scope) => caller.scopes.has(scope));
}

/** Who is calling, in the words that Appwrite uses in its message of a missing scope. */
export function describeCaller(caller: Caller, projectId: string, hostname: string): string {
  return caller.type === 'key'
    ? `app.${projectId}@service.${hostname} (role: applications)`
    : 'User (role: guests)';
}

export type { Scope };
