import { type SQL, sql } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import { recordActivity } from '../../activity/record';
import { insertFrom } from '../../db/insertFrom';
import { users } from '../../db/schema';
import type { Context } from '../../request/context';
import { possess } from './possess';
import type { Candidate } from './stored';

/**
 * What a transaction's new users are told by: from when on their JWTs count, any time before now, at random. The rows
 * that follow a user find it by this beside its ID, so that none is ever given to somebody who had the ID before.
 */
export function newMark(): number {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
  return 1 + (high % 2 ** 8) * 2 ** 32 + low;
}

const row = (field: string) => sql.raw(`judged.row ->> '${field}'`);

/** The statements that make users of the rows that are nobody's yet, with all that is theirs. */
export function createUsers(
  context: Context,
  candidates: readonly Candidate[],
  { judged, keys, mark, createTeams }: { judged: SQL; keys: string; mark: number; createTeams: boolean },
): [made: BatchItem<'sqlite'>, record: BatchItem<'sqlite'>, ...BatchItem<'sqlite'>[]] {
  const { db, now } = context;
  const columns = {
    id: row('id'),
    name: sql`ifnull(${row('name')}, '')`,
    nameKey: sql`ifnull(${row('nameKey')}, '')`,
    email: row('email'),
    phone: row('phone'),
    emailVerification: sql`ifnull(${row('emailVerification')}, 0)`,
    phoneVerification: sql`ifnull(${row('phoneVerification')}, 0)`,
    status: sql`ifnull(${row('status')}, 1)`,
    password: row('password'),
    hash: sql`ifnull(${row('hash')}, ${users.hash.default})`,
    hashOptions: row('hashOptions'),
    passwordUpdate: sql`ifnull(${row('passwordUpdate')}, iif(${row('password')} IS NULL, NULL, ${now}))`,
    prefs: sql`ifnull(${row('prefs')}, '{}')`,
    labels: sql`ifnull(${row('labels')}, '[]')`,
    mfa: sql`ifnull(${row('mfa')}, 0)`,
    impersonator: sql`ifnull(${row('impersonator')}, 0)`,
    passwordHistory: sql`'[]'`,
    accessedAt: row('accessedAt'),
    validFrom: mark,
    storedTargets: 0,
    createdAt: sql`ifnull(${row('registration')}, ${now})`,
    updatedAt: now,
  };
  const found = sql`json_each(${keys}) AS new CROSS JOIN users ON users.id = new.value ->> 'id' AND users.valid_from = ${mark}`;
  // What one transaction makes has the highest sequences.
  const made = sql`users WHERE users.seq > (SELECT max(seq) FROM users) - ${candidates.length} AND users.valid_from = ${mark}`;
  const subject = { userSeq: sql`users.seq`, userId: sql`users.id` };
  const isCapable = candidates.some(({ columns }) => columns.impersonator === 1);
  return [
    insertFrom(db, users, columns, sql`FROM ${judged} WHERE judged.m IS NULL AND judged.problem IS NULL`),
    recordActivity(context, 'user.create', subject, sql`FROM ${made}`),
    ...(isCapable
      ? [recordActivity(context, 'impersonator.create', subject, sql`FROM ${found} WHERE users.impersonator`)]
      : []),
    ...possess(
      context,
      candidates,
      (list) => sql`FROM ${found} CROSS JOIN json_each(new.value, ${`$.${list}`}) AS made WHERE true`,
      { createTeams, isNew: true },
    ),
  ];
}
