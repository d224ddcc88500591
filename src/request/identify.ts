import { and, eq } from 'drizzle-orm';
import { count } from '../activity/counted';
import { sessions, users } from '../db/schema';
import { ApiError } from '../http/errors';
import { addressOf } from '../http/network';
import { type CheckedSession, checkSession, copiedColumns, isLive, type Use, useOf } from '../sessionStore';
import { callerOfKey } from './apiKey';
import { type Caller, GUEST } from './caller';
import type { Context } from './context';
import { sessionTokenOf } from './cookies';
import { withImpersonation } from './impersonate';
import { readJwt } from './jwt';

type Deps = Pick<Context, 'env' | 'config' | 'db' | 'now' | 'defer'>;

export interface Identity {
  readonly caller: Caller;
  readonly shown: CheckedSession | null;
  /** Whether the caller's session still lacks a factor. */
  readonly lacksFactor: boolean;
  /** Whether the caller is a user that is blocked, and may do nothing. */
  readonly isBlocked: boolean;
  /** What a successful call is a use of, of whoever showed itself: to be noted. Null where there is nothing to note. */
  readonly use: Use | null;
}

const NOBODY: Identity = { caller: GUEST, shown: null, lacksFactor: false, isBlocked: false, use: null };

/**
 * Who calls: an API key, else a JWT, else a session; else a guest. A key makes the request a server's even if it shows
 * a session too, as in Appwrite. An endpoint without scopes asks nobody.
 * @throws ApiError project_key_unknown, project_key_expired, user_unauthorized, user_jwt_invalid, user_jwt_and_cookie_set,
 *   general_rate_limit_exceeded
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
  const network = addressOf(request.headers.get('cf-connecting-ip') ?? '') ?? '';
  const secret = request.headers.get('x-appwrite-key');
  if (secret) {
    const sdkName = request.headers.get('x-sdk-name');
    const caller = await callerOfKey({
      secret,
      rootKey: env.ROOT_API_KEY,
      config,
      sdkName,
      network,
      db,
      now,
      defer,
      onUnknown: () => count('key.unknown', deps),
    });
    return { ...NOBODY, caller };
  }
  const token = sessionTokenOf(request, config.PROJECT_ID);
  const shown = token === null ? null : await checkSession(deps, token, { network });
  const jwt = request.headers.get('x-appwrite-jwt');
  if (jwt) {
    if (shown !== null) throw new ApiError('user_jwt_and_cookie_set');
    return callerOfJwt(jwt, deps);
  }
  if (shown === null) return NOBODY;
  const { userId, id: sessionId } = shown.session;
  return {
    ...NOBODY,
    caller: { type: 'user', userId, sessionId },
    shown,
    lacksFactor: shown.lacksFactor,
    use: useOf(shown),
  };
}

/**
 * A JWT dies with its session, or with all that its user holds: D1 is asked each time, so at once. A user that is
 * blocked is told so, whatever else of the JWT has ended with that.
 */
async function callerOfJwt(jwt: string, deps: Deps): Promise<Identity> {
  const { config, db, now } = deps;
  const { userId, sessionId, userSeq, validFrom, readsUsers } = await readJwt(jwt, config, now);
  const [row] = await db
    .select({
      status: users.status,
      validFrom: users.validFrom,
      accessedAt: users.accessedAt,
      secretHash: sessions.secretHash,
      usedAt: sessions.usedAt,
      lacksFactor: copiedColumns.lacksFactor,
    })
    .from(users)
    .leftJoin(sessions, and(eq(sessions.userSeq, users.seq), eq(sessions.id, sessionId), isLive(deps)))
    .where(and(eq(users.seq, userSeq), eq(users.id, userId)));
  if (row === undefined) return NOBODY;
  const isAlone = sessionId === '';
  const held = isAlone ? { sessionId: null, userSeq } : { sessionId };
  const capability = readsUsers === false ? { readsUsers } : {};
  const caller: Caller = { type: 'user', userId, ...held, ...capability };
  if (!row.status) return { ...NOBODY, caller, isBlocked: true };
  const { accessedAt, secretHash, usedAt } = row;
  const session = secretHash === null || usedAt === null ? null : { secretHash, usedAt };
  if (isAlone ? row.validFrom !== validFrom : session === null) return NOBODY;
  // Without a session, a server made it: that one answers for its user's factors.
  const lacksFactor = !isAlone && row.lacksFactor;
  return { ...NOBODY, caller, lacksFactor, use: { userId, userSeq, accessedAt, session } };
}
