import { and, eq, type SQL, sql } from 'drizzle-orm';
import { causeOf, UnavailableError } from '../db/errors';
import { sessions, users } from '../db/schema';
import { statement } from '../db/statement';
import { hasEnded, rememberEnded, takeLookup } from '../secrets/lookups';
import { hashSecret } from '../secrets/secrets';
import { tellSecret } from '../secrets/tags';
import { type Copy, checkedRow, putCopy, readCopy } from './copies';
import { copiedColumns } from './factors';
import { isLive } from './live';
import { readSessionToken } from './sessionToken';
import type { CheckedSession, Store } from './store';

type Deps = Pick<Store, 'env' | 'config' | 'db' | 'now' | 'defer'>;

/** A copy with less than this left is made anew after the response, so that a session in use rarely waits for D1. */
const REFRESH_MS = 20_000;

export interface CheckOptions {
  /** Asks D1 even if KV has a copy: a revocation is then seen at once. */
  readonly fresh?: boolean;
  /** What names the network that calls; where nobody knows, the user that the token claims to be of stands for it. */
  readonly network?: string;
}

/**
 * Whose session a token is; null if it is nobody's, over, or revoked. Reads KV alone where KV has a copy of the last
 * minute, D1 otherwise; D1 is not asked for what is made up, or was nobody's just now. Never throws for a bad token.
 * @throws UnavailableError if neither KV nor D1 can tell: that is never an answer of 'valid'; ApiError
 *   general_rate_limit_exceeded where D1 is not asked, since too many unknown tokens come from the network
 */
export async function checkSession(
  deps: Deps,
  token: unknown,
  { fresh = false, network }: CheckOptions = {},
): Promise<CheckedSession | null> {
  const claimed = readSessionToken(token);
  if (claimed === null) return null;
  const kind = tellSecret(deps.config, 'session', claimed.secret);
  if (kind === 'malformed') return null;
  const secretHash = hashSecret(claimed.secret);
  const copy = fresh ? null : await readCopy(deps.env.SESSIONS, secretHash, deps.now);
  if (copy === null) {
    if (hasEnded(kind, secretHash, deps.now)) return null;
    if (kind === 'untagged') takeLookup(network ?? claimed.id, deps.now);
  }
  // That a factor is lacking is asked again: it may have been proved since, and a client goes on at once.
  const checked =
    copy?.lacksFactor === false ? copied(deps, copy, secretHash) : await askD1(deps, secretHash);
  if (checked === null) rememberEnded(kind, secretHash, deps.now);
  return checked !== null && checked.session.userId === claimed.id ? checked : null;
}

/** What a copy tells, which is made anew after the response where little of its time is left. */
function copied(deps: Deps, { until, ...checked }: Copy, secretHash: string): CheckedSession {
  if (until - deps.now < REFRESH_MS) deps.defer(askD1(deps, secretHash));
  return { ...checked, secretHash };
}

const liveSession = statement<{ secretHash: string; isLive: SQL }>()((db, { secretHash, isLive }) =>
  db
    .select({ ...copiedColumns, ownerId: sql<string>`${users.id}`.as('owner_id') })
    .from(sessions)
    .innerJoin(users, eq(users.seq, sessions.userSeq))
    .where(and(eq(sessions.secretHash, secretHash), isLive, eq(users.status, true))),
);

/** Asks D1, and gives KV a copy after the response. */
async function askD1(deps: Deps, secretHash: string): Promise<CheckedSession | null> {
  const { db, now, defer } = deps;
  const [row] = await liveSession(db, { secretHash, isLive: isLive(deps) }).catch((error: unknown) => {
    console.error(JSON.stringify({ level: 'error', message: causeOf(error), during: 'a check in D1' }));
    throw new UnavailableError('D1 could not be asked for a session', { cause: error });
  });
  if (row === undefined) return null;
  const { ownerId, ...session } = row;
  const checked = checkedRow(deps, session, ownerId);
  defer(putCopy(deps, checked, now));
  return checked;
}
