import { type SQL, sql } from 'drizzle-orm';
import type { Owner } from '../../account';
import { users } from '../../db/schema';
import type { Context } from '../../request/context';

/** How long a challenge counts for what needs a recent one, milliseconds; as in Appwrite. */
const RECENT_MS = 5 * 60 * 1000;

/**
 * That the caller's session has passed a challenge of late, over the row of `users`. A JWT has what its session has,
 * and nothing without one.
 */
export function recentChallenge({ sessionId }: Owner, { now }: Pick<Context, 'now'>): SQL {
  if (sessionId === null) return sql`false`;
  return sql`EXISTS (SELECT 1 FROM sessions WHERE sessions.id = ${sessionId} AND sessions.user_seq = users.seq
    AND sessions.mfa_updated_at >= ${now - RECENT_MS})`;
}

/** That the user has an authenticator, over the row of `users`. */
export const hasAuthenticator = sql`EXISTS (SELECT 1 FROM authenticators
  WHERE authenticators.user_seq = users.seq AND authenticators.type = 'totp')`;

/** That the user has a verified one. */
export const hasVerifiedAuthenticator = sql`EXISTS (SELECT 1 FROM authenticators
  WHERE authenticators.user_seq = users.seq AND authenticators.type = 'totp' AND authenticators.verified = true)`;

/**
 * That the user has no second factor to be asked for, or none for longer than a challenge counts: over the row of
 * `users`. Who just verified an app in this very flow makes recovery codes without being asked for another of its codes.
 */
export function hasNoOlderFactor({ now }: Pick<Context, 'now'>): SQL {
  return sql`NOT EXISTS (SELECT 1 FROM authenticators WHERE authenticators.user_seq = users.seq
    AND authenticators.type = 'totp' AND authenticators.verified = true
    AND authenticators.created_at < ${now - RECENT_MS})`;
}

/** That the user has recovery codes left. */
export const hasRecoveryCodes = sql`EXISTS (SELECT 1 FROM recovery_codes WHERE recovery_codes.user_seq = users.seq)`;

/** The subject of an activity row that is about the user itself, over the row of `users`. */
export const subject = { userSeq: sql`${users.seq}`, userId: sql`${users.id}` };
