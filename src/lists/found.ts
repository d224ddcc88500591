import type { SQL, WithSubquery } from 'drizzle-orm';
import type { AtCursor, SortOrder } from './order';

/** A list's beginning, where it does not begin at its first row. */
export interface Cursor {
  readonly at: AtCursor;
  readonly seq: SQL;
}

/** Which rows are looked for: in which order, from where, and how many. */
export interface Wanted {
  readonly order: SortOrder;
  readonly cursor: Cursor | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** How a page is found. */
export interface Found {
  /** A sub-query whose one column, `seq`, has the sequences of the page. */
  readonly sequences: SQL;
  /** Where that is all: the condition of the list's own rows that the page is cut from, in the order of their sequence. */
  readonly where?: SQL;
  /** What the statement has to begin with. */
  readonly tables: readonly WithSubquery[];
  /** Whether a page that is not full may lack rows, since no more were looked at; undefined where it never does. */
  readonly undecided?: SQL | undefined;
}
