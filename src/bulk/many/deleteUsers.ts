import { type SQL, sql } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import * as v from 'valibot';
import { insertFrom } from '../../db/insertFrom';
import { confirmations } from '../../db/schema';
import { deleteUsers as deletion, readDeletion } from '../../deletion';
import { ApiError } from '../../http/errors';
import { boolean, integer } from '../../http/params';
import { type Context, endpoint } from '../../request/context';
import { hashSecret } from '../../secrets/secrets';
import { dropCopies } from '../../sessionStore';
import { bulkResultModel } from '../../wire/bulkResult';
import { selectionOf } from './select';
import { countOf, MOST_COUNTED, type Which, whichOf, whichUsers } from './which';

/** Rows of the activity of each user that are erased at once; the cron trigger erases the others. */
const ERASED = 20;

/** How long a deletion by query can go on after its last call, milliseconds. */
const GOES_ON = 60 * 60 * 1000;

/**
 * DELETE /users: many users, by their IDs or by filters, each as a single call would delete it. Where filters say who they
 * are, `confirm` has to be their number, as a dry run tells it: none is deleted if it changed. A call does a bounded part,
 * all or nothing; the same one goes on with what remains, for an hour.
 */
export const deleteManyUsers = endpoint({
  route: 'DELETE /users',
  summary: 'Delete many users',
  scope: 'users.write',
  body: {
    ...whichUsers,
    confirm: v.optional(integer(0, MOST_COUNTED)),
    dryRun: v.optional(boolean(), false),
  },
  returns: [200, bulkResultModel],
  errors: ['user_count_changed'],
  event: 'user.delete',
  async handle({ body, ...context }) {
    const { db } = context;
    const which = whichOf(context, body);
    const count = () =>
      db.select({ count: sql<number>`${countOf(which)}`.as('count') }).from(sql`(SELECT 1)`);
    if (body.dryRun) {
      const [counted] = await count();
      return { total: counted?.count ?? 0 };
    }
    const { confirm } = body;
    if (which.isByQuery && confirm === undefined) {
      const message =
        'Param "confirm" is not optional beside queries: the number of users that a dry run tells.';
      throw new ApiError('general_argument_invalid', message);
    }
    const confirmed = confirmation(context, which, body.queries ?? [], confirm ?? 0);
    const selection = selectionOf(context, which, true);
    const [[facts], , ...results] = await db.batch([
      db
        .select({
          count: sql<number>`${countOf(which)}`.as('count'),
          holds: sql`${confirmed.holds}`.mapWith(Boolean).as('holds'),
        })
        .from(sql`(SELECT 1)`),
      selection.choose(confirmed.holds),
      ...deletion(context, selection.whose, ERASED),
      confirmed.keep(selection.count),
      count(),
      selection.clear(),
    ]);
    if (facts?.holds === false) throw changed(facts.count);
    const { ended, deleted, rest } = readDeletion(results);
    const [, [left]] = rest;
    await dropCopies(context, ended);
    return { total: deleted.length, remaining: left?.count ?? 0 };
  },
});

/**
 * Whether the caller has confirmed how many there are: as they were at first, or as its last call left them.
 * `keep` remembers that, for the call that comes next.
 */
function confirmation(
  { db, caller, now }: Context,
  which: Which,
  queries: readonly string[],
  confirm: number,
): { holds: SQL; keep: (chosen: SQL) => BatchItem<'sqlite'> } {
  if (!which.isByQuery) return { holds: sql`true`, keep: () => db.delete(confirmations).where(sql`false`) };
  const who = caller.type === 'key' ? caller.id : '';
  const id = hashSecret(JSON.stringify([who, confirm, queries]));
  const there = sql`(SELECT ${countOf(which)} AS n) AS there`;
  const row = { id, remaining: sql`there.n`, expire: now + GOES_ON };
  return {
    holds: sql`EXISTS (SELECT 1 FROM ${there} WHERE there.n = ${confirm} OR there.n = (SELECT confirmations.remaining
      FROM confirmations WHERE confirmations.id = ${id} AND confirmations.expire > ${now}))`,
    keep: (chosen) =>
      insertFrom(db, confirmations, row, sql`FROM ${there} WHERE ${chosen} > 0`).onConflictDoUpdate({
        target: confirmations.id,
        set: { remaining: sql`excluded.remaining`, expire: sql`excluded.expire` },
      }),
  };
}

/** @param count what the filters find now */
function changed(count: number): ApiError {
  if (count <= MOST_COUNTED)
    return new ApiError(
      'user_count_changed',
      `The filters find ${count} users now, and not as many as was confirmed.`,
    );
  const message = `Invalid \`queries\` param: The filters find more than ${MOST_COUNTED} users. Delete them in parts, such as by $createdAt.`;
  return new ApiError('general_argument_invalid', message);
}
