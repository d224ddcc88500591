import { type SQL, sql } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import { recordActivity } from '../../activity/record';
import { sessions, tokens, users } from '../../db/schema';
import type { Context } from '../../request/context';
import { nextValidFrom, revokeSessions } from '../../sessionStore';
import { historyOf, type UserChanges } from '../../users';
import { possess } from './possess';
import type { Candidate, Columns } from './stored';

const row = (field: string) => sql.raw(`judged.row ->> '${field}'`);

/** That a row brings another password than the user has; the same hash is no change. */
const isOtherPassword = sql`(${row('password')} IS NOT NULL AND users.password IS NOT ${row('password')})`;
const blocks = sql`${row('status')} IS 0`;
/** What a key made that could not read the directory ends where the user may (users/impersonator.ts). */
const grants = sql`(${row('impersonator')} IS 1)`;

/** The users that rows of `judged` overwrite; what the transaction has made is none. */
function overwritten(judged: SQL, mark: number): SQL {
  return sql`FROM ${judged} CROSS JOIN users ON users.seq = judged.m AND users.valid_from <> ${mark}`;
}

/**
 * The statements that revoke the sessions of users whose rows block them or bring another password, as single calls do:
 * they come before anything else is written. Give what the second one returns to `dropCopies`.
 */
export function revokeOverwritten(context: Context, judged: SQL, mark: number) {
  const { REVOKE_ON_PASSWORD_CHANGE } = context.config;
  const ends = REVOKE_ON_PASSWORD_CHANGE ? sql`(${blocks} OR ${isOtherPassword})` : blocks;
  const from = overwritten(judged, mark);
  const whose = sql`SELECT users.seq ${from} WHERE judged.problem IS NULL AND ${ends}`;
  const granted = sql`SELECT users.seq ${from} WHERE judged.problem IS NULL AND ${grants}`;
  return revokeSessions(
    context,
    sql`(${sessions.userSeq} IN (${whose})
      OR ${sessions.userSeq} IN (${granted}) AND ${sessions.readsUsers} = false)`,
  );
}

/** The statements that bring users that there are to what their rows say, as single calls would. */
export function overwriteUsers(
  context: Context,
  candidates: readonly Candidate[],
  {
    judged,
    full,
    mark,
    createTeams,
  }: {
    judged: SQL /** The same, of rows that have their columns too. */;
    full: SQL;
    mark: number;
    createTeams: boolean;
  },
): BatchItem<'sqlite'>[] {
  const { db } = context;
  const from = overwritten(judged, mark);
  const whole = overwritten(full, mark);
  const subject = { userSeq: sql`users.seq`, userId: sql`users.id` };
  const isFine = sql`judged.problem IS NULL`;
  const loose = sql`(${blocks} OR ${isOtherPassword})`;
  const changesCapability = candidates.some(({ columns }) => columns.impersonator !== null);
  return [
    recordActivity(context, 'user.update', subject, sql`${from} WHERE ${isFine}`),
    ...(changesCapability ? recordCapability(context, whole) : []),
    db.delete(tokens).where(sql`${tokens.userSeq} IN (SELECT users.seq ${whole} WHERE ${isFine} AND ${loose})
        OR ${tokens.userSeq} IN (SELECT users.seq ${whole} WHERE ${isFine} AND ${grants}) AND ${tokens.readsUsers} = false`),
    ...possess(
      context,
      candidates,
      (list) => sql`${from} CROSS JOIN json_each(judged.row, ${`$.${list}`}) AS made WHERE ${isFine}`,
      { createTeams, isNew: false },
    ),
    db
      .update(users)
      .set(changesTo(context, candidates, loose))
      .from(full)
      .where(sql`users.seq = judged.m AND users.valid_from <> ${mark} AND ${isFine}`),
  ];
}

/** The log tells of the capability by events of its own, as a single call does. */
function recordCapability(context: Context, whole: SQL): BatchItem<'sqlite'>[] {
  const subject = { userSeq: sql`users.seq`, userId: sql`users.id` };
  const event = {
    sql: sql`iif(${row('impersonator')}, 'impersonator.create', 'impersonator.delete')`,
    events: ['impersonator.create', 'impersonator.delete'],
  };
  const isOther = sql`${row('impersonator')} IS NOT NULL AND users.impersonator <> ${row('impersonator')}`;
  return [recordActivity(context, event, subject, sql`${whole} WHERE judged.problem IS NULL AND ${isOther}`)];
}

/** Only columns that some row tells of are set: a trigger looks at those that are. */
function changesTo({ config, now }: Context, candidates: readonly Candidate[], loose: SQL): UserChanges {
  const isGiven = (column: keyof Columns) => candidates.some(({ columns }) => columns[column] !== null);
  const given = (column: keyof Columns, stored: string) =>
    sql`ifnull(${row(column)}, users.${sql.raw(stored)})`;
  const setsEmail = candidates.some(({ columns }) => columns.setsEmail === 1);
  const setsPhone = candidates.some(({ columns }) => columns.setsPhone === 1);
  const hasPassword = isGiven('password');
  const whenOther = (value: SQL, column: string) =>
    sql`iif(${isOtherPassword}, ${value}, users.${sql.raw(column)})`;
  return {
    ...(isGiven('name') ? { name: given('name', 'name'), nameKey: given('nameKey', 'name_key') } : {}),
    ...(setsEmail ? { email: sql`iif(${row('setsEmail')}, ${row('email')}, users.email)` } : {}),
    ...(setsPhone ? { phone: sql`iif(${row('setsPhone')}, ${row('phone')}, users.phone)` } : {}),
    ...(setsEmail || isGiven('emailVerification')
      ? { emailVerification: verified('email', 'setsEmail', 'emailVerification', 'email_verification') }
      : {}),
    ...(setsPhone || isGiven('phoneVerification')
      ? { phoneVerification: verified('phone', 'setsPhone', 'phoneVerification', 'phone_verification') }
      : {}),
    ...(isGiven('status') ? { status: given('status', 'status') } : {}),
    ...(isGiven('prefs') ? { prefs: given('prefs', 'prefs') } : {}),
    ...(isGiven('labels') ? { labels: given('labels', 'labels') } : {}),
    ...(isGiven('mfa') ? { mfa: given('mfa', 'mfa') } : {}),
    ...(isGiven('impersonator') ? { impersonator: given('impersonator', 'impersonator') } : {}),
    ...(hasPassword
      ? {
          password: whenOther(row('password'), 'password'),
          hash: whenOther(row('hash'), 'hash'),
          hashOptions: whenOther(row('hashOptions'), 'hash_options'),
          passwordUpdate: whenOther(sql`ifnull(${row('passwordUpdate')}, ${now})`, 'password_update'),
          passwordHistory: whenOther(historyOf(config.PASSWORD_HISTORY - 1), 'password_history'),
        }
      : {}),
    ...(hasPassword || isGiven('status')
      ? { validFrom: sql`iif(${loose}, ${nextValidFrom(now)}, users.valid_from)` }
      : {}),
    updatedAt: now,
  };
}

/** Another address is not verified, unless the row says that it is. */
function verified(own: string, sets: keyof Columns, given: keyof Columns, column: string): SQL {
  const isOther = sql`${row(sets)} AND users.${sql.raw(own)} IS NOT ${row(own)}`;
  return sql`ifnull(${row(given)}, iif(${isOther}, 0, users.${sql.raw(column)}))`;
}
