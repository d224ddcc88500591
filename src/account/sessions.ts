import { and, asc, eq, type SQL, sql } from 'drizzle-orm';
import * as v from 'valibot';
import { recordActivity } from '../activity/record';
import { selectUserSeq, seqOfUserWhere } from '../db/expressions';
import { sessions, users } from '../db/schema';
import { ApiError } from '../http/errors';
import { type Context, endpoint } from '../request/context';
import { clearSessionCookie, setSessionCookie } from '../request/cookies';
import {
  copiedColumns,
  copySession,
  dropCopies,
  endLooseCredentials,
  extendedEnd,
  isLive,
  liveSession,
  MAX_LISTED,
  ofUser,
  revokeSessions,
} from '../sessionStore';
import { listOf } from '../wire/dialect/list';
import { id } from '../wire/id';
import { type Session, sessionModel } from '../wire/session';
import { type Owner, ownerOf, refused } from './owner';

const sessionPath = { sessionId: v.union([v.literal('current'), id]) };

/** The ID that a path means; `current` is the session that asks, which a JWT without one does not have. */
function idOf(sessionId: string, owner: Owner): string {
  if (sessionId !== 'current') return sessionId;
  if (owner.sessionId === null) throw new ApiError('user_session_not_found');
  return owner.sessionId;
}

/** The caller's own live sessions, for a batch; `only` narrows them. */
function selectLive(context: Context, { userId }: Owner, only: SQL = sql`true`) {
  const { db } = context;
  const owner = selectUserSeq(db, userId);
  return db
    .select()
    .from(sessions)
    .where(and(eq(sessions.userSeq, sql`(${owner})`), isLive(context), only))
    .orderBy(asc(sessions.seq))
    .limit(MAX_LISTED);
}

const selectOwner = ({ db }: Context, { mayAct }: Owner) =>
  db.select({ seq: users.seq }).from(users).where(mayAct);

/** GET /account/sessions: the caller's own; `current` tells the one that asks. */
export const listAccountSessions = endpoint({
  route: 'GET /account/sessions',
  summary: "List the signed-in user's sessions",
  scope: 'account',
  returns: [200, listOf('sessions', sessionModel)],
  async handle(context) {
    const owner = ownerOf(context);
    const [[user], rows] = await context.db.batch([selectOwner(context, owner), selectLive(context, owner)]);
    if (user === undefined) throw await refused(context);
    return { total: rows.length, rows: rows.map((row) => asOwn(context, row, owner)) };
  },
});

function asOwn(context: Context, row: typeof sessions.$inferSelect, { userId, sessionId }: Owner): Session {
  return { ...liveSession(context, row, userId), current: row.id === sessionId };
}

/** GET /account/sessions/{sessionId}. The current one is told from its copy in KV where there is one: no query. */
export const getAccountSession = endpoint({
  route: 'GET /account/sessions/:sessionId',
  summary: "Get one of the signed-in user's sessions, or the `current` one",
  scope: 'account',
  params: sessionPath,
  returns: [200, sessionModel],
  errors: ['user_session_not_found'],
  async handle({ params, ...context }) {
    const { shown } = context;
    if (shown !== null && [shown.session.id, 'current'].includes(params.sessionId))
      return { ...shown.session, current: true };
    const owner = ownerOf(context);
    const sessionId = idOf(params.sessionId, owner);
    const one = selectLive(context, owner, eq(sessions.id, sessionId));
    const [[user], [row]] = await context.db.batch([selectOwner(context, owner), one]);
    if (user === undefined) throw await refused(context);
    if (row === undefined) throw new ApiError('user_session_not_found');
    return asOwn(context, row, owner);
  },
});

/** PATCH /account/sessions/{sessionId}: starts its lifetime anew, within the longest that the deployment allows. */
export const extendAccountSession = endpoint({
  route: 'PATCH /account/sessions/:sessionId',
  summary: "Extend one of the signed-in user's sessions, or the `current` one",
  scope: 'account',
  params: sessionPath,
  returns: [200, sessionModel],
  errors: ['user_session_not_found'],
  event: 'session.update',
  async handle({ params, ...context }) {
    const { db, now, event } = context;
    const owner = ownerOf(context);
    const owned = sql`${sessions.id} = ${idOf(params.sessionId, owner)} AND ${isLive(context)}
      AND ${sessions.userSeq} = ${seqOfUserWhere(owner.mayAct)}`;
    const subject = {
      userSeq: sql`${sessions.userSeq}`,
      userId: sql`${owner.userId}`,
      resourceId: sql`${sessions.id}`,
    };
    const [[user], , [row]] = await db.batch([
      selectOwner(context, owner),
      recordActivity(context, event, subject, sql`FROM ${sessions} WHERE ${owned}`),
      db
        .update(sessions)
        .set({ expire: extendedEnd(context), updatedAt: now })
        .where(owned)
        .returning(copiedColumns),
    ]);
    if (user === undefined) throw await refused(context);
    if (row === undefined) throw new ApiError('user_session_not_found');
    await copySession(context, row, owner.userId);
    // A browser forgets the cookie when it was told to, so it is told anew.
    const { site, headers, shown } = context;
    if (row.id === shown?.session.id && site.cookieToken !== null)
      setSessionCookie(site, headers, site.cookieToken, row.expire);
    return asOwn(context, row, owner);
  },
});

/**
 * DELETE /account/sessions/{sessionId}: signs out, here or elsewhere. A session that lacks a factor may end itself and
 * no other, as it may do nothing else: nobody who has but the password ends what its owner has proved two factors for.
 */
export const deleteAccountSession = endpoint({
  route: 'DELETE /account/sessions/:sessionId',
  summary: "Delete one of the signed-in user's sessions, or the `current` one",
  scope: 'account',
  beforeMfa: true,
  params: sessionPath,
  returns: [204, null],
  errors: ['user_session_not_found', 'user_more_factors_required'],
  event: 'session.delete',
  async handle({ params, ...context }) {
    const self = ownerOf(context);
    const sessionId = idOf(params.sessionId, self);
    const owner = sessionId === self.sessionId ? self : ownerOf({ ...context, beforeMfa: false });
    const one = sql`${ownLive(context, owner)} AND ${eq(sessions.id, sessionId)}`;
    const { record, mark } = revokeSessions(context, one);
    const [[user], , revoked] = await context.db.batch([selectOwner(context, owner), record, mark]);
    if (user === undefined) throw await refused(context);
    if (revoked.length === 0) throw new ApiError('user_session_not_found');
    await dropCopies(context, revoked);
    if (sessionId === owner.sessionId) clearSessionCookie(context.site, context.headers);
  },
});

/** DELETE /account/sessions: signs out everywhere, and ends the JWTs and one-time tokens beside the sessions. */
export const deleteAccountSessions = endpoint({
  route: 'DELETE /account/sessions',
  summary: "Delete all of the signed-in user's sessions",
  scope: 'account',
  returns: [204, null],
  event: 'session.delete',
  async handle(context) {
    const owner = ownerOf(context);
    const { record, mark } = revokeSessions(context, ownLive(context, owner));
    // Before the sessions are marked: the one that asks is among them, and only a live one may ask.
    const [[user], , , , revoked] = await context.db.batch([
      selectOwner(context, owner),
      ...endLooseCredentials(context, owner.mayAct),
      record,
      mark,
    ]);
    if (user === undefined) throw await refused(context);
    await dropCopies(context, revoked);
    clearSessionCookie(context.site, context.headers);
  },
});

/** The caller's own live sessions, for as long as it may act. */
function ownLive(context: Context, { userId, mayAct }: Owner): SQL {
  return sql`${ofUser(userId)} AND ${isLive(context)}
    AND EXISTS (SELECT 1 FROM ${users} WHERE ${mayAct})`;
}
