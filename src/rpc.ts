import { WorkerEntrypoint } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { SERVICE_BINDING } from './auth/caller';
import { openDatabase } from './db/database';
import { sessions, users } from './db/schema';
import { deferTo } from './open';
import { checkSession, dropCopies, revokeSessions } from './sessions';
import { parsePrefs } from './wire/prefs';

/** A live session, as another Worker needs to know it. Times are milliseconds since 1970, UTC. */
export interface VerifiedSession {
  readonly userId: string;
  readonly sessionId: string;
  readonly expiresAt: number;
  readonly createdAt: number;
  /** How the session came to be, such as `email` or `token`. */
  readonly provider: string;
  /** What the user has proved, such as `password`. */
  readonly factors: readonly string[];
  /** Whether the user must prove a second factor first: until then the session counts for nothing but that. */
  readonly moreFactorsRequired: boolean;
}

/** A user, as another Worker needs to know it. Times are milliseconds since 1970, UTC. */
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
  readonly prefs: Readonly<Record<string, unknown>>;
  readonly createdAt: number;
}

/**
 * The user directory for other Workers of the same account, over a service binding: no HTTP, no API key.
 *
 * ```toml
 * [[services]]
 * binding = "USERS"
 * service = "edge-users"
 * entrypoint = "UserDirectory"
 * ```
 */
export class UserDirectory extends WorkerEntrypoint<Env> {
  /**
   * Whose session this is; null if it is nobody's, over, or revoked. One KV read where KV has a copy of the last
   * minute, so a revocation is seen within 60 seconds; at once with `fresh`, which asks D1.
   * @param secret what the client holds: the cookie's value, or the session's `secret`. Bad ones are never an error.
   * @throws if neither KV nor D1 can tell; that is never an answer of 'valid'
   */
  async verifySession(
    secret: unknown,
    { fresh = false }: { fresh?: boolean } = {},
  ): Promise<VerifiedSession | null> {
    const checked = await checkSession({ ...this.#open(), env: this.env }, secret, fresh);
    if (checked === null) return null;
    const { userId, id, expire, createdAt, provider, factors } = checked.session;
    return {
      userId,
      sessionId: id,
      expiresAt: expire,
      createdAt,
      provider,
      factors,
      moreFactorsRequired: checked.lacksFactor,
    };
  }

  /** The user with this ID; null if there is none. */
  async getUser(id: string): Promise<DirectoryUser | null> {
    const [user] = await this.#open().db.select().from(users).where(eq(users.id, id));
    if (user === undefined) return null;
    const { name, email, phone, emailVerification, phoneVerification, status, labels, prefs, createdAt } =
      user;
    return {
      id: user.id,
      name,
      email,
      phone,
      emailVerification,
      phoneVerification,
      status,
      labels,
      prefs: parsePrefs(prefs),
      createdAt,
    };
  }

  /** Revokes a session by its ID; false if there is no such live session. */
  async revokeSession(id: string): Promise<boolean> {
    const opened = this.#open();
    const client = { ip: '', userAgent: '', countryCode: '' };
    const actor = { ...opened, caller: SERVICE_BINDING, client };
    const { record, mark } = revokeSessions(actor, eq(sessions.id, id));
    const [, revoked] = await opened.db.batch([record, mark]);
    await dropCopies({ ...opened, env: this.env }, revoked);
    return revoked.length > 0;
  }

  #open() {
    const requestId = crypto.randomUUID();
    const { db } = openDatabase(this.env.DB, null);
    return { db, requestId, now: Date.now(), defer: deferTo(this.ctx, requestId) };
  }
}
