import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import { recordActivity } from '../activity/record';
import { violatedUnique } from '../db/errors';
import { targets, users } from '../db/schema';
import { targetsOf } from '../db/toldTargets';
import { ApiError } from '../http/errors';
import type { Context } from '../request/context';
import { mayEnter } from '../request/entrance';

const { seq, userSeq, ...shown } = getTableColumns(targets);

/** The columns that the model tells, for a target of this user. */
export const targetColumns = (userId: string) => ({
  ...shown,
  userId: sql<string>`${userId}`.as('owner_id'),
});

/** That a target is this one, over those of its user (`targetsOf`). */
export function isTarget(targetId: string): SQL {
  return sql`targets.id = ${targetId}`;
}

/** The same, where the caller may let somebody in as its user: to an address go codes and links of an app. */
export function isTargetToEnter(context: Context, userId: string, targetId: string): SQL {
  return sql`${isTarget(targetId)}
    AND EXISTS (SELECT 1 FROM ${users} WHERE ${users.id} = ${userId} AND ${mayEnter(context.caller)})`;
}

/**
 * The activity row of a change to a target that is there, for the change's own batch.
 * @param which the target, if it takes more than its ID to tell
 */
export function recordTarget(
  context: Context,
  userId: string,
  targetId: string,
  which: SQL = isTarget(targetId),
) {
  const subject = {
    userSeq: sql`targets.user_seq`,
    userId: sql`${userId}`,
    resourceId: sql`targets.id`,
  };
  return recordActivity(context, context.event, subject, sql`FROM ${targetsOf(userId)} WHERE ${which}`);
}

/** @throws ApiError user_target_already_exists where a target has the ID or the identifier; any other error as it is */
export function throwTaken(error: unknown): never {
  throw violatedUnique(error)?.startsWith('targets.') ? new ApiError('user_target_already_exists') : error;
}
