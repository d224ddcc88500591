import { and, eq, gt, isNull, lte, sql } from 'drizzle-orm';
import { callerOfKey } from './auth/apiKey';
import { type Caller, GUEST } from './auth/caller';
import { sessionTokenOf } from './auth/cookies';
import { readJwt } from './auth/jwt';
import type { CheckedSession, Context } from './context';
import { sessions, users } from './db/schema';
import { ApiError } from './http/errors';
import { withImpersonation } from './impersonate';
import { checkSession, copiedColumns } from './sessions';
import { count } from './usage/counted';

type Deps = Pick<Context, 'env' | 'config' | 'db' | 'now' | 'defer'>;

export interface Identity {
  readonly caller: Caller;
  readonly shown: CheckedSession | null;
  /** Whether the caller's session still lacks a factor. */
  readonly lacksFactor: boolean;
}

const NOBODY: Identity = { caller: GUEST, shown: null, lacksFactor: false };

/**
 * Who calls: an API key, else a JWT, else a session; else a guest. A key makes the request a server's even if it shows
 * a session too, as in Appwrite. An endpoint without scopes asks nobody.
 * @throws ApiError project_key_unknown, project_key_expired, user_unauthorized, user_jwt_invalid, user_jwt_and_cookie_set
 */
export async function identify(request: Request, scopes: readonly string[], deps: Deps): Promise<Identity> {
  if (scopes.length === 0) return NOBODY;
  const identity = await identifySelf(request, deps);
  const caller = await withImpersonation(identity.caller, request, scopes, deps);
  // Whoever acts as another user shows none of that one's sessions.
  const isSelf = caller.type !== 'user' || caller.impersonatorUserId === undefined;
  return { ...identity, caller, shown: isSelf ? identity.shown : null };
}

/** Who calls, by what it shows of itself. */
async function identifySelf(request: Request, deps: Deps): Promise<Identity> {
  const { env, config, db, now, defer } = deps;
  const secret = request.headers.get('x-appwrite-key');
  if (secret) {
    const sdkName = request.headers.get('x-sdk-name');
    return {
      caller: await callerOfKey({
        secret,
        rootKey: env.ROOT_API_KEY,
        sdkName,
        db,
        now,
        defer,
        onUnknown: () => count('key.unknown', deps),
      }),
      shown: null,
      lacksFactor: false,
    };
  }
  const token = sessionTokenOf(request, config.PROJECT_ID);
  const shown = token === null ? null : await checkSession(deps, token);
  const jwt = request.headers.get('x-appwrite-jwt');
  if (jwt) {
    if (shown !== null) throw new ApiError('user_jwt_and_cookie_set');
    return callerOfJwt(jwt, deps);
  }
  if (shown === null) return NOBODY;
  const { userId, id: sessionId } = shown.session;
  return { caller: { type: 'user', userId, sessionId }, shown, lacksFactor: shown.lacksFactor };
}

/** A JWT dies with its session, and with its user: D1 is asked each time, so at once. */
async function callerOfJwt(jwt: string, { env, db, now }: Deps): Promise<Identity> {
  const { userId, sessionId, readsUsers, issuedAt } = await readJwt(jwt, env.ROOT_API_KEY, now);
  // Made before the user was: it was meant for an earlier user of the same ID.
  const user = and(eq(users.id, userId), eq(users.status, true), lte(users.createdAt, issuedAt + 999));
  const rows = await (sessionId === ''
    ? // Made by a server without a session: the server answers for its user.
      db
        .select({ lacksFactor: sql`false`.mapWith(Boolean) })
        .from(users)
        .where(user)
    : db
        .select({ lacksFactor: copiedColumns.lacksFactor })
        .from(users)
        .innerJoin(sessions, eq(sessions.userSeq, users.seq))
        .where(and(user, eq(sessions.id, sessionId), isNull(sessions.revokedAt), gt(sessions.expire, now))));
  const [row] = rows;
  if (row === undefined) return NOBODY;
  const capability = readsUsers === false ? { readsUsers } : {};
  return {
    caller: { type: 'user', userId, sessionId: sessionId || null, ...capability },
    shown: null,
    ...row,
  };
}
