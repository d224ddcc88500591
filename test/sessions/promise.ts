/** What the service promises of sessions, as simply as it can be said: no stores, no copies, no faults. */
export class PromisedSessions {
  readonly #sessions: PromisedSession[] = [];
  readonly #blocked = new Set<string>();

  /** @param limit live sessions that a user can have opened by signing in */
  constructor(readonly limit: number) {}

  get all(): readonly PromisedSession[] {
    return this.#sessions;
  }

  isBlocked(user: string): boolean {
    return this.#blocked.has(user);
  }

  /** A new session; of those that their user opened by signing in, the oldest beyond the limit are revoked. */
  add(session: PromisedSession, now: number): void {
    this.#sessions.push(session);
    if (!session.bySignIn) return;
    const counted = this.liveOf(session.user, now).filter(({ bySignIn }) => bySignIn);
    for (const surplus of counted.slice(0, -this.limit)) surplus.revokedAt = now;
  }

  block(user: string, now: number): void {
    this.#blocked.add(user);
    this.revokeAll(user, now);
  }

  unblock(user: string): void {
    this.#blocked.delete(user);
  }

  revokeAll(user: string, now: number): void {
    for (const session of this.liveOf(user, now)) session.revokedAt = now;
  }

  /** The live sessions of a user, oldest first. */
  liveOf(user: string, now: number): PromisedSession[] {
    return this.#sessions.filter((session) => session.user === user && isLive(session, now));
  }
}

export interface PromisedSession {
  readonly user: string;
  readonly bySignIn: boolean;
  readonly createdAt: number;
  /** Null where the Worker died before it could tell: then nobody has the token. */
  readonly held: { readonly id: string; readonly token: string } | null;
  expire: number;
  revokedAt: number | null;
}

export function isLive({ expire, revokedAt }: PromisedSession, now: number): boolean {
  return revokedAt === null && expire > now;
}

export type Verdict = 'valid' | 'refused' | 'unavailable';

/** What a check may say. A fresh one reads D1; another one may know of a revocation up to 60 seconds late. */
export function allowedVerdicts(
  session: PromisedSession,
  now: number,
  { fresh, isD1Out }: { fresh: boolean; isD1Out: boolean },
): readonly Verdict[] {
  const live = isLive(session, now);
  // What an instance has found to have ended, it refuses for a while without asking.
  if (fresh && isD1Out) return live ? ['unavailable'] : ['refused', 'unavailable'];
  if (fresh) return [live ? 'valid' : 'refused'];
  const mayBeValid = live || isRecent(session, now);
  const mayBeRefused = !live;
  return [
    ...(mayBeValid ? (['valid'] as const) : []),
    ...(mayBeRefused ? (['refused'] as const) : []),
    ...(isD1Out ? (['unavailable'] as const) : []),
  ];
}

/** Revoked less than 60 seconds ago, and not over by its own time. */
function isRecent({ revokedAt, expire }: PromisedSession, now: number): boolean {
  return revokedAt !== null && now - revokedAt < 60_000 && expire > now;
}
