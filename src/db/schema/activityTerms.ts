import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/*
 * Where in the activity log a value is, which the feed's filters name: kept for whole areas of lines at once by the trigger
 * `activity_area_full`, so that a change writes no row more for it. Lines that are not in a whole area yet are looked through.
 */

/** Lines of the log in a block: what is looked through to find one that a filter names. */
export const BLOCK = 16;
/** Lines in a group of blocks. */
export const GROUP = 128;
/** Lines in an area, of which the triggers note all values once it is full. */
export const AREA = 1024;
/** Lines that a row of `activity_terms` tells of. */
export const STRETCH = 16_384;
/** Rows of `activity_terms` for each stretch. */
export const BUCKETS = 32;
/** Areas that have bounds of their own in `activity_zones`. */
export const AREAS_IN_ZONE = 64;

/** Values of events, actors and resources, with the blocks that have them: `,` kind value `;` area group block, one after the other. */
export const activityTerms = sqliteTable(
  'activity_terms',
  {
    /** Of a value: by its last two characters and its length. */
    bucket: integer('bucket').notNull(),
    /** A line's sequence, divided by `STRETCH`. */
    stretch: integer('stretch').notNull(),
    terms: text('terms').notNull(),
  },
  (table) => [primaryKey({ columns: [table.bucket, table.stretch] })],
);

/** Bounds of the times of lines, for each whole area; and for `AREAS_IN_ZONE` of them, as -1 for the first. */
export const activityZones = sqliteTable('activity_zones', {
  zone: integer('zone').primaryKey(),
  oldest: integer('oldest').notNull(),
  newest: integer('newest').notNull(),
});
