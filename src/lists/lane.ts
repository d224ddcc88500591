import type { SQL } from 'drizzle-orm';

/**
 * Rows of a list that an index has in its order: a part of the list, or all of it. Several lanes share no row, and are merged.
 *
 * In an index SQLite finds a value's rows from a sequence on, and what is beyond a value, but not both by one condition: it
 * would pass every row of that value before the cursor, a million where a million names are empty. Nor does it compare
 * anything with null. Hence the row's own value, the values beyond it, and the nulls.
 */
export interface Lane {
  readonly from: SQL;
  readonly where: SQL;
  readonly seq: SQL;
  /** What stands for the attribute that the list is in the order of. */
  readonly key?: SQL;
  /** Whether all of its rows are what is asked for, and have no columns to tell so. */
  readonly known?: boolean;
  /** Whether each row is looked up in two tables. */
  readonly joined?: boolean;
  /** Whether rows that are not of the lane are passed. */
  readonly unserved?: boolean;
}
