import { getTableColumns, sql } from 'drizzle-orm';
import { qualified } from '../db/expressions';
import { activity } from '../db/schema';

/**
 * The columns of a log's row: those of the activity row, and the user that acted on another one, as it is now. Its name is
 * not kept in the row: it goes with the user.
 */
export const logColumns = {
  ...getTableColumns(activity),
  actorUserName: sql<
    string | null
  >`(SELECT acting.name FROM users AS acting WHERE acting.seq = ${qualified(activity.actorSeq)})`.as(
    'actor_user_name',
  ),
  actorUserEmail: sql<
    string | null
  >`(SELECT acting.email FROM users AS acting WHERE acting.seq = ${qualified(activity.actorSeq)})`.as(
    'actor_user_email',
  ),
};
