import type { Config } from '../config';
import type { Database } from '../db/database';
import type { LiveSession } from '../wire/session';

/** What sessions are kept in, and what they are kept by; a request's context has it all. */
export interface Store {
  readonly env: Env;
  readonly config: Config;
  readonly db: Database;
  /** Milliseconds. */
  readonly now: number;
  /** Runs work after the response; its failure is logged, never seen by the caller. */
  defer(work: PromiseLike<unknown>): void;
}

/** A session that was shown by its secret, and found to be live. */
export interface CheckedSession {
  readonly session: LiveSession;
  /** SHA-256 of the secret, lower-case hex. */
  readonly secretHash: string;
  /** Whether its user wants a second factor that the session has not proved yet. */
  readonly lacksFactor: boolean;
  /** The sequence of its user. */
  readonly userSeq: number;
  /** When its user was last seen, as far as that was noted, milliseconds; null: never. */
  readonly accessedAt: number | null;
}
