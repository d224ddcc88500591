import { type SQL, sql } from 'drizzle-orm';
import * as v from 'valibot';
import { recordActivity } from '../../activity/record';
import { sessions, tokens, users } from '../../db/schema';
import { ApiError } from '../../http/errors';
import { boolean } from '../../http/params';
import { type Context, endpoint } from '../../request/context';
import { checkEntered, mayEnter } from '../../request/entrance';
import { dropCopies, nextValidFrom, revokeSessions } from '../../sessionStore';
import { bulkResultModel } from '../../wire/bulkResult';
import { type Change, changeOf, changeParams } from './changes';
import { type Selection, selectionOf } from './select';
import { countOf, whichOf, whichUsers } from './which';

/**
 * PATCH /users: many users, by their IDs or by filters, as single calls would change each. Users that are so already are
 * none of them. A call does a bounded part, all or nothing; the same one goes on with what remains.
 */
export const updateUsers = endpoint({
  route: 'PATCH /users',
  summary: 'Change many users',
  scope: 'users.write',
  body: { ...whichUsers, ...changeParams, dryRun: v.optional(boolean(), false) },
  returns: [200, bulkResultModel],
  event: 'user.update',
  async handle({ body, ...context }) {
    const { db } = context;
    const change = changeOf(body);
    const which = whichOf(context, body, change.differs);
    const remaining = () =>
      db.select({ count: sql<number>`${countOf(which)}`.as('count') }).from(sql`(SELECT 1)`);
    if (body.dryRun) {
      const [counted] = await remaining();
      return { total: counted?.count ?? 0 };
    }
    const selection = selectionOf(context, which, change.blocks);
    const ending = blocked(context, change, selection);
    const [, [facts], , , ended, , , , , [left]] = await db.batch([
      selection.choose(sql`true`),
      readFacts(context, selection, change),
      selection.clear(sql`(${isRefused(context, selection, change)})`),
      ending.record,
      ending.mark,
      ending.tokens,
      record(context, selection, change, 'user.update'),
      record(context, selection, change, 'verification.update'),
      db
        .update(users)
        .set({
          ...change.set,
          ...(change.blocks ? { validFrom: nextValidFrom(context.now) } : {}),
          updatedAt: context.now,
        })
        .where(sql`${users.seq} IN (${selection.whose})`),
      remaining(),
      selection.clear(),
    ]);
    await dropCopies(context, ended);
    if (change.enters) checkEntered(context.caller, { impersonator: Boolean(facts?.isBarred) });
    if (facts?.isTooMuch) throw tooManyLabels();
    return { total: facts?.count ?? 0, remaining: left?.count ?? 0 };
  },
});

/** What single calls refuse a change for, of any of the chosen users. */
function barred({ caller }: Context, { whose }: Selection, { enters }: Change): SQL {
  if (!enters) return sql`false`;
  return sql`EXISTS (SELECT 1 FROM ${users} WHERE ${users.seq} IN (${whose}) AND NOT (${mayEnter(caller)}))`;
}

function tooMuch({ whose }: Selection, { isTooMuch }: Change): SQL {
  return sql`EXISTS (SELECT 1 FROM ${users} WHERE ${users.seq} IN (${whose}) AND ${isTooMuch})`;
}

const isRefused = (context: Context, selection: Selection, change: Change) =>
  sql`${barred(context, selection, change)} OR ${tooMuch(selection, change)}`;

function readFacts(context: Context, selection: Selection, change: Change) {
  return context.db
    .select({
      count: sql<number>`${selection.count}`.as('count'),
      isBarred: sql`${barred(context, selection, change)}`.mapWith(Boolean).as('is_barred'),
      isTooMuch: sql`${tooMuch(selection, change)}`.mapWith(Boolean).as('is_too_much'),
    })
    .from(sql`(SELECT 1)`);
}

/** What a blocked user holds ends; nothing does where nobody is blocked. */
function blocked(context: Context, { blocks }: Change, { whose }: Selection) {
  const of = blocks ? whose : sql`NULL`;
  return {
    ...revokeSessions(context, sql`${sessions.userSeq} IN (${of})`),
    tokens: context.db.delete(tokens).where(sql`${tokens.userSeq} IN (${of})`),
  };
}

/** The activity rows of one event; none where the change is none. */
function record(
  context: Context,
  { whose }: Selection,
  { events, attribute }: Change,
  event: Change['events'][number],
) {
  const subject = { userSeq: sql`${users.seq}`, userId: sql`${users.id}` };
  const of = events.includes(event) ? whose : sql`NULL`;
  const actor = { ...context, event, attribute: event === 'user.update' ? attribute : '' };
  return recordActivity(actor, event, subject, sql`FROM ${users} WHERE ${users.seq} IN (${of})`);
}

function tooManyLabels(): ApiError {
  return new ApiError(
    'general_argument_invalid',
    'Invalid `labels` param: A user would have more than 1000 labels. Nothing was changed by this call.',
  );
}
