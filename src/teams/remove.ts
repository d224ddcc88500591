import { type SQL, sql } from 'drizzle-orm';
import type { Actor } from '../activity/record';
import { memberships } from '../db/schema';
import { recordMemberships } from './record';

/** Memberships that leave an activity row of their own when they go with their team or user, at most. */
const MOST_RECORDED = 1000;

/**
 * The statements that remove memberships because their team or their user goes, for that deletion's own batch: activity
 * rows for the oldest thousand, so that the log of a crowd does not cost more than its removal, then the removal.
 * Triggers keep the totals of the teams.
 * @param which of all memberships; an index that ends in their sequence must serve it
 */
export function removeMemberships(actor: Actor, which: SQL) {
  return {
    record: recordMemberships(
      actor,
      'membership.delete',
      sql`${which} ORDER BY ${memberships.seq} LIMIT ${MOST_RECORDED}`,
    ),
    remove: actor.db.delete(memberships).where(which),
  };
}
