/*
 * What other Workers may ask of edge-users over a service binding to its entrypoint `UserDirectory`, as the type of that
 * binding. Plain interfaces, which import nothing, so that a consumer may also copy the file. (`Service<…>` of
 * @cloudflare/workers-types is not for them: it can't say that preferences are any JSON.)
 */

/** A live session. Times are milliseconds since 1970, UTC. */
export interface VerifiedSession {
  readonly userId: string;
  readonly sessionId: string;
  readonly expiresAt: number;
  readonly createdAt: number;
  /** How the session came to be, such as `email` or `token`. */
  readonly provider: string;
  /** What the user has proved, such as `password`. */
  readonly factors: readonly string[];
  /** Whether the user must prove a second factor before the session counts; only where `beforeMfa` asks for such ones. */
  readonly moreFactorsRequired: boolean;
}

/** Any JSON value. Numbers beyond 2^53 are rounded, as `JSON.parse` does. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** A user. Times are milliseconds since 1970, UTC. */
export interface DirectoryUser {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly emailVerification: boolean;
  readonly phoneVerification: boolean;
  /** False: blocked. */
  readonly status: boolean;
  readonly labels: readonly string[];
  readonly prefs: { readonly [name: string]: Json };
  readonly createdAt: number;
}

/** What happened, of the whole directory, in the form of Appwrite's `Activities`; what is not kept is empty. */
export interface DirectoryEvent {
  /** The sequence of its commit: the order of the feed, and what cursors name. */
  readonly $id: string;
  readonly actorType: string;
  readonly actorId: string;
  readonly actorEmail: string;
  readonly actorName: string;
  /** Whose the resource is, such as `user/ID`; empty where it stands by itself. */
  readonly resourceParent: string;
  readonly resourceType: string;
  readonly resourceId: string;
  /** Such as `user/ID`. */
  readonly resource: string;
  /** Such as `user.update`. */
  readonly event: string;
  readonly userAgent: string;
  readonly ip: string;
  readonly country: string;
  /** ISO 8601. */
  readonly time: string;
  readonly teamId: string;
}

export interface DirectoryEventList {
  readonly total: number;
  readonly events: readonly DirectoryEvent[];
}

/** How a session is checked. */
export interface VerifyOptions {
  /** Asks D1 even if KV has a copy: a revocation is then seen at once, not within 60 seconds. */
  readonly fresh?: boolean;
  /**
   * Tells also of a session whose user has multi-factor authentication on and has not proved a second factor with it yet,
   * for a page that asks for one. Without this such a session is null, as it counts for nothing.
   */
  readonly beforeMfa?: boolean;
}

/** The user directory. Each call throws if the directory can't tell; that is never an answer of 'valid'. */
export interface UserDirectory {
  /**
   * Whose session this is; null if it is nobody's, over, revoked, or lacks a second factor. One KV read where KV has a copy of the last minute.
   * @param secret what the client holds: the cookie's value, or the session's `secret`. Bad ones are never an error.
   */
  verifySession(secret: unknown, options?: VerifyOptions | null): Promise<VerifiedSession | null>;
  /** The user with this ID; null if there is none. */
  getUser(id: string): Promise<DirectoryUser | null>;
  /** Revokes a session by its ID; false if there is no such live session. */
  revokeSession(id: string): Promise<boolean>;
  /**
   * The activity of the whole directory, newest first. `{"method":"orderAsc","attribute":"$sequence"}` with a cursor is a feed
   * that misses nothing and repeats nothing.
   * @param queries as the SDKs' `Query` makes them: filters, `limit`, cursors and orders
   */
  listEvents(queries?: readonly string[]): Promise<DirectoryEventList>;
}
