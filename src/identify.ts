import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import { callerOfKey } from './auth/apiKey';
import { type Caller, GUEST } from './auth/caller';
import { sessionTokenOf } from './auth/cookies';
import { readJwt } from './auth/jwt';
import type { CheckedSession, Context } from './context';
import { sessions, users } from './db/schema';
import { ApiError } from './http/errors';
import { withImpersonation } from './impersonate';
import { checkSession, copiedColumns } from './sessions';

type Deps = Pick<Context, 'env' | 'config' | 'db' | 'now' | 'defer'>;

export interface Identity {
  readonly caller: Caller;
  readonly shown: CheckedSession | null;
  /** Whether the caller's session still lacks a factor. */
  readonly lacksFactor: boolean;
  /** Whether the caller is a user that is blocked, and may do nothing. */
  readonly isBlocked: boolean;
}

const NOBODY: Identity = { caller: GUEST, shown: null, lacksFactor: false, isBlocked: false };

/**
 * Who calls: an API key, else a JWT, else a session; else a guest. A key makes the request a server's even if it shows
 * a session too, as in Appwrite. An endpoint without scopes asks nobody.
 * @throws ApiError user_unauthorized, project_key_expired, user_jwt_invalid, user_jwt_and_cookie_set
 */
export async function identify(request: Request, scopes: readonly string[], deps: Deps): Promise<Identity> {
  if (scopes.length === 0) return NOBODY;
  const identity = await identifySelf(request, deps);
  if (identity.isBlocked) return identity;
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
    const caller = await callerOfKey({ secret, rootKey: env.ROOT_API_KEY, sdkName, db, now, defer });
    return { ...NOBODY, caller };
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
  return { ...NOBODY, caller: { type: 'user', userId, sessionId }, shown, lacksFactor: shown.lacksFactor };
}

/**
 * A JWT dies with its session, or with all that its user holds: D1 is asked each time, so at once. A user that is
 * blocked is told so, whatever else of the JWT has ended with that.
 */
async function callerOfJwt(jwt: string, { config, db, now }: Deps): Promise<Identity> {
  const { userId, sessionId, userSeq, validFrom } = await readJwt(jwt, config, now);
  const [row] = await db
    .select({
      status: users.status,
      validFrom: users.validFrom,
      session: sql<string | null>`${sessions.id}`.as('session'),
      lacksFactor: copiedColumns.lacksFactor,
    })
    .from(users)
    .leftJoin(
      sessions,
      and(
        eq(sessions.userSeq, users.seq),
        eq(sessions.id, sessionId),
        isNull(sessions.revokedAt),
        gt(sessions.expire, now),
      ),
    )
    .where(and(eq(users.seq, userSeq), eq(users.id, userId)));
  if (row === undefined) return NOBODY;
  const isAlone = sessionId === '';
  const caller: Caller = { type: 'user', userId, sessionId: isAlone ? null : sessionId };
  if (!row.status) return { ...NOBODY, caller, isBlocked: true };
  const counts = isAlone ? row.validFrom === validFrom : row.session !== null;
  // Without a session, a server made it: that one answers for its user's factors.
  return counts ? { ...NOBODY, caller, lacksFactor: !isAlone && row.lacksFactor } : NOBODY;
}
