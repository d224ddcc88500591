import { getTableColumns, sql } from 'drizzle-orm';
import { activity } from '../db/schema';

/**
 * The columns of a log's row: those of the activity row, and the user that acted on another one, as it is now. Its name is
 * not kept in the row: it goes with the user. (By raw names: Drizzle leaves a table's name out where it selects from one.)
 */
export const logColumns = {
  ...getTableColumns(activity),
  actorUserName: sql<
    string | null
  >`(SELECT acting.name FROM users AS acting WHERE acting.seq = activity.actor_seq)`.as('actor_user_name'),
  actorUserEmail: sql<
    string | null
  >`(SELECT acting.email FROM users AS acting WHERE acting.seq = activity.actor_seq)`.as('actor_user_email'),
};
