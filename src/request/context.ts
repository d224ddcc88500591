import type { Actor } from '../activity/record';
import type { Config } from '../config';
import type { Database } from '../db/database';
import { endpointFor } from '../http/define';
import type { WireContext } from '../wire/dialect/context';
import type { LiveSession } from '../wire/session';
import type { Site } from './cookies';

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

/** What a handler is given besides its validated input. */
export interface Context extends Actor, WireContext {
  readonly env: Env;
  readonly config: Config;
  readonly db: Database;
  /** The session that the caller showed; null unless a user calls with one. */
  readonly shown: CheckedSession | null;
  /** Whether a session that lacks a factor may call the endpoint. */
  readonly beforeMfa: boolean;
  /** Where the request came from, for cookies. */
  readonly site: Site;
  /** The event that the endpoint declares; handlers write it into the activity log. */
  readonly event: string;
  /** Runs work after the response; its failure is logged, never seen by the caller. */
  defer(work: PromiseLike<unknown>): void;
  /** Headers to add to the answer. */
  readonly headers: Headers;
  /** Adds what the answer can only know after the queries. */
  close(): void;
}

/** Declares an endpoint of this service. */
export const endpoint = endpointFor<Context>();
