import { and, eq, getTableColumns, gt, isNull, sql } from 'drizzle-orm';
import { sessions, users } from '../db/schema';
import type { Store } from './store';

/**
 * Whether a session still lacks a factor, over its row: its user wants two, has an authenticator to prove the second
 * one with, and the session has proved but one. (Written without Drizzle's columns, which lose their table's name in the
 * fields of a query over one table.)
 */
export const lacksFactor = sql`(json_array_length(sessions.factors) < 2 AND EXISTS (
    SELECT 1 FROM users INNER JOIN authenticators ON authenticators.user_seq = users.seq
    WHERE users.seq = sessions.user_seq AND users.mfa = true AND authenticators.verified = true))`;

/** What a statement must return of a session that is to be copied into KV. */
export const copiedColumns = {
  ...getTableColumns(sessions),
  lacksFactor: lacksFactor.mapWith(Boolean).as('lacks_factor'),
  accessedAt: sql<
    number | null
  >`(SELECT users.accessed_at FROM users WHERE users.seq = sessions.user_seq)`.as('accessed_at'),
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
  const owner = sql`(SELECT ${users.seq} FROM ${users} WHERE ${users.id} = ${userId})`;
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
