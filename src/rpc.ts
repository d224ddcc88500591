import { WorkerEntrypoint } from 'cloudflare:workers';
import { eq, sql } from 'drizzle-orm';
import * as v from 'valibot';
import type {
  UserDirectory as Directory,
  DirectoryEventList,
  DirectoryUser,
  VerifiedSession,
  VerifyOptions,
} from '../types';
import { feed } from './activities';
import { NO_CLIENT } from './activity/client';
import { configOf } from './config';
import { openDatabase } from './db/database';
import { causeOf, isUnavailable } from './db/errors';
import { sessions, users } from './db/schema';
import { withOutbox } from './events/outbox';
import { ApiError, statusOf } from './http/errors';
import { page } from './lists';
import { SERVICE_BINDING } from './request/caller';
import type { Context } from './request/context';
import { deferTo } from './request/open';
import { checkSession, dropCopies, isLive, noteUse, revokeSessions, useOf } from './sessionStore';
import { renderEvent } from './wire/activityEvent';
import { formatOf } from './wire/dialect/format';
import { listRequest } from './wire/dialect/listParams';
import { id as idSchema } from './wire/id';

/**
 * The user directory for other Workers of the same account, over a service binding: no HTTP, no API key. What it
 * promises is declared in types/index.d.ts, for its consumers.
 *
 * ```toml
 * [[services]]
 * binding = "USERS"
 * service = "edge-users"
 * entrypoint = "UserDirectory"
 * ```
 */
export class UserDirectory extends WorkerEntrypoint<Env> implements Directory {
  async verifySession(secret: unknown, options?: VerifyOptions | null): Promise<VerifiedSession | null> {
    const checked = await this.#answer(async (opened) => {
      const found = await checkSession(opened, secret, { fresh: options?.fresh === true });
      if (found !== null && !found.lacksFactor) noteUse(opened, useOf(found));
      return found;
    });
    if (checked === null || (checked.lacksFactor && options?.beforeMfa !== true)) return null;
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

  async getUser(id: string): Promise<DirectoryUser | null> {
    if (!v.is(idSchema, id)) return null;
    const [user] = await this.#answer(({ db }) => db.select(described).from(users).where(eq(users.id, id)));
    return user === undefined ? null : describe(user);
  }

  async revokeSession(id: string): Promise<boolean> {
    if (!v.is(idSchema, id)) return false;
    return this.#answer(async (opened) => {
      const actor = { ...opened, caller: SERVICE_BINDING, client: NO_CLIENT };
      const live = sql`${eq(sessions.id, id)} AND ${isLive(opened)}`;
      const { record, mark } = revokeSessions(actor, live);
      const [, revoked] = await opened.db.batch([record, mark]);
      await dropCopies(opened, revoked);
      return revoked.length > 0;
    });
  }

  async listEvents(queries: readonly string[] = []): Promise<DirectoryEventList> {
    return this.#answer(async ({ db, config }) => {
      const { statements, read } = page(db, feed, listRequest({ queries: v.parse(texts, queries) }));
      const { rows, total } = read(await db.batch(statements));
      const events = rows.map((row) => renderEvent({ ...row, projectId: config.PROJECT_ID }, READER));
      return { total, events };
    });
  }

  /** Does the work of a call. What goes wrong is told in words for the consumer; the statement stays in our log. */
  async #answer<Answer>(work: (opened: Opened) => PromiseLike<Answer>): Promise<Answer> {
    const requestId = crypto.randomUUID();
    const { db } = openDatabase(this.env.DB, null);
    const defer = deferTo(this.ctx, requestId);
    try {
      const opened = { env: this.env, config: configOf(this.env), db, requestId, now: Date.now(), defer };
      return await work(withOutbox(opened));
    } catch (error) {
      // Too many unknown tokens to tell: no fault of ours, and a line of the log for each would be another flood.
      if (error instanceof ApiError)
        throw new Error(statusOf(error.type) === 400 ? error.message : UNAVAILABLE);
      console.error(JSON.stringify({ level: 'error', requestId, message: causeOf(error), during: 'RPC' }));
      throw new Error(
        isUnavailable(error)
          ? UNAVAILABLE
          : `The user directory failed; its log has the reason, with the request ID ${requestId}.`,
      );
    }
  }
}

const UNAVAILABLE = 'The user directory is temporarily unavailable. Please try again.';

/** How events are told: in today's form, with the names of users. */
const READER = { format: formatOf(null), locale: 'en', seesHashes: false, seesUsers: true };

const texts = v.array(v.string());

type Opened = Pick<Context, 'env' | 'config' | 'db' | 'requestId' | 'now' | 'defer'>;

/** What other Workers are told of a user: all that is read of it. */
const described = {
  id: users.id,
  name: users.name,
  email: users.email,
  phone: users.phone,
  emailVerification: users.emailVerification,
  phoneVerification: users.phoneVerification,
  status: users.status,
  labels: users.labels,
  prefs: users.prefs,
  createdAt: users.createdAt,
};

/** Preferences are plain JSON values: RPC carries no others. */
function describe(user: Pick<typeof users.$inferSelect, keyof typeof described>): DirectoryUser {
  return { ...user, prefs: JSON.parse(user.prefs) };
}
