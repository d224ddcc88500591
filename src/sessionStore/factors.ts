import { and, eq, getTableColumns, gt, isNull, sql } from 'drizzle-orm';
import { qualified, seqOfUser } from '../db/expressions';
import { authenticators, sessions, users } from '../db/schema';
import type { Store } from './store';

const its = {
  userSeq: qualified(sessions.userSeq),
  factors: qualified(sessions.factors),
};
const user = {
  seq: qualified(users.seq),
  mfa: qualified(users.mfa),
  accessedAt: qualified(users.accessedAt),
};

/**
 * Whether a session still lacks a factor, over its row: its user wants two, has an authenticator to prove the second
 * one with, and the session has proved but one.
 */
export const lacksFactor = sql`(json_array_length(${its.factors}) < 2 AND EXISTS (
    SELECT 1 FROM ${users} INNER JOIN ${authenticators} ON ${qualified(authenticators.userSeq)} = ${user.seq}
    WHERE ${user.seq} = ${its.userSeq} AND ${user.mfa} = true AND ${qualified(authenticators.verified)} = true))`;

/** What a statement must return of a session that is to be copied into KV. */
export const copiedColumns = {
  ...getTableColumns(sessions),
  lacksFactor: lacksFactor.mapWith(Boolean).as('lacks_factor'),
  accessedAt: sql<
    number | null
  >`(SELECT ${user.accessedAt} FROM ${users} WHERE ${user.seq} = ${its.userSeq})`.as('accessed_at'),
};

/** A session's row, whether it still lacks a factor, and when its user was last seen. */
export type CopiedRow = typeof sessions.$inferSelect & {
  readonly lacksFactor: boolean;
  readonly accessedAt: number | null;
};

/**
 * The live sessions of a user that have proved one factor, for the batch of a change that may ask two of them. Give
 * the hashes to `forgetCopies` when the batch is through.
 */
export function selectSingleFactor({ db, now }: Pick<Store, 'db' | 'now'>, userId: string) {
  const owner = seqOfUser(userId);
  return db
    .select({ secretHash: sessions.secretHash })
    .from(sessions)
    .where(
      and(
        eq(sessions.userSeq, owner),
        isNull(sessions.revokedAt),
        gt(sessions.expire, now),
        sql`json_array_length(${sessions.factors}) < 2`,
      ),
    )
    .limit(1000);
}
