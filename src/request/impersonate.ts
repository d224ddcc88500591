import { and, eq, type SQL, sql } from 'drizzle-orm';
import * as v from 'valibot';
import { sessions, users } from '../db/schema';
import { email } from '../emails/address';
import { ApiError } from '../http/errors';
import { copiedColumns, isLive } from '../sessionStore';
import type { Caller } from './caller';
import type { Context } from './context';

type Deps = Pick<Context, 'config' | 'db' | 'now'>;
type UserCaller = Extract<Caller, { type: 'user' }>;

/** How a request names the user that its caller acts as: a header, else a parameter of the query string. */
const NAMES = [
  ['id', 'x-appwrite-impersonate-user-id', 'impersonateUserId'],
  ['email', 'x-appwrite-impersonate-user-email', 'impersonateEmail'],
  ['phone', 'x-appwrite-impersonate-user-phone', 'impersonatePhone'],
] as const;

interface Named {
  readonly column: (typeof NAMES)[number][0];
  /** Null where it is none that a user could have. */
  readonly value: string | null;
}

function namedIn(request: Request): Named | null {
  const { url, headers } = request;
  const parameters = url.includes('?') ? new URL(url).searchParams : null;
  for (const [column, header, parameter] of NAMES) {
    const value = headers.get(header) || parameters?.get(parameter);
    if (value) return { column, value: column === 'email' ? addressIn(value) : value };
  }
  return null;
}

function addressIn(value: string): string | null {
  const { success, output } = v.safeParse(email, value);
  return success ? output : null;
}

/**
 * What a user that may act as others (its `impersonator`) may do beyond other users: read the directory, and read
 * another user's account as that user sees it. It changes nothing in another's name: whoever looks into a trouble needs
 * no more, and an activity log that names the wrong one is worth nothing.
 *
 * D1 is asked, and only where it matters: where another user is named, or the directory is read with a session.
 * @throws ApiError user_unauthorized where another user is named and the caller may not act as it;
 *   user_more_factors_required where the caller's own session lacks a factor
 */
export async function withImpersonation(
  caller: Caller,
  request: Request,
  scopes: readonly string[],
  deps: Deps,
): Promise<Caller> {
  if (caller.type !== 'user') return caller;
  const named = namedIn(request);
  if (named === null && !scopes.includes('users.read')) return caller;
  const actor = await readActor(deps, caller, named);
  if (actor?.impersonator !== true || caller.readsUsers === false) {
    if (named === null) return caller;
    throw new ApiError('user_unauthorized', 'The current user may not act as other users.');
  }
  if (named !== null && request.method !== 'GET') {
    throw new ApiError('user_unauthorized', 'A user that acts as another one may only read.');
  }
  // For looking at others the session must be whole, on endpoints that let one in to prove its own second factor too.
  if (actor.lacksFactor) throw new ApiError('user_more_factors_required');
  if (named === null) return { ...caller, readsUsers: true };
  if (actor.actsAs === null) {
    throw new ApiError('user_unauthorized', 'The user to act as could not be found.');
  }
  const impersonatorUserId = caller.userId;
  return { type: 'user', userId: actor.actsAs, sessionId: null, readsUsers: true, impersonatorUserId };
}

/**
 * Who read whom by the capability, where a call did: whoever the path names, else the user that the caller acts as; a list
 * names nobody.
 * @param path of the endpoint, below `/v1`
 */
export function impersonatedRead(
  caller: Caller,
  path: string,
  request: Request,
): { readonly actorId: string; readonly targetId: string | null } | null {
  if (caller.type !== 'user' || caller.readsUsers !== true) return null;
  const actsAs = caller.impersonatorUserId === undefined ? null : caller.userId;
  const actorId = caller.impersonatorUserId ?? caller.userId;
  const place = path.split('/').indexOf(':userId');
  const named = place < 0 ? null : new URL(request.url).pathname.split('/')[place + 1];
  return { actorId, targetId: named ? decodeURIComponent(named) : actsAs };
}

/** Whether the caller may act as others at this moment, and the ID of the one that is named; undefined without session. */
async function readActor(deps: Deps, caller: UserCaller, named: Named | null) {
  const [actor] = await deps.db
    .select({
      impersonator: users.impersonator,
      lacksFactor: copiedColumns.lacksFactor,
      actsAs: sql<string | null>`${named === null ? null : idOf(named)}`.as('acts_as'),
    })
    .from(sessions)
    .innerJoin(users, eq(users.seq, sessions.userSeq))
    .where(
      and(
        eq(sessions.id, caller.sessionId ?? ''),
        isLive(deps),
        eq(sessions.readsUsers, true),
        eq(users.id, caller.userId),
        eq(users.status, true),
      ),
    );
  return actor;
}

function idOf({ column, value }: Named): SQL {
  return sql`(SELECT named.id FROM ${users} AS named WHERE named.${sql.identifier(column)} = ${value})`;
}
