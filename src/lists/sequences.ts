import { type SQL, sql, type WithSubquery } from 'drizzle-orm';
import type { Database } from '../db/database';
import { askedOf } from './asked';
import { isCondition } from './build';
import { find } from './find';
import { planOf } from './plan';
import type { Query } from './query';
import type { Source } from './source';

/** Rows of a list that are worked through, a part at a time, in the order of their sequence. */
export interface Part {
  /** Filters alone count. */
  readonly queries: readonly Query[];
  readonly search?: string | undefined;
  /** The sequence behind which the part begins; 0 for the first. */
  readonly after: SQL | number;
  readonly limit: number;
}

/** As a sub-query, whose one column is `seq`, and what a statement that uses it has to begin with. */
export interface Sequences {
  readonly sequences: SQL;
  readonly tables: readonly WithSubquery[];
  /** Whether a part that is not full may lack rows (in a large directory, where too many had to be looked through). */
  readonly undecided: SQL;
}

/**
 * The sequences of the next rows that filters and search leave, ascending.
 * @throws ApiError `general_argument_invalid` for queries that the list can't answer
 */
export function sequencesOf(
  db: Database,
  source: Source,
  { queries, search, after, limit }: Part,
): Sequences {
  const { attributes } = source;
  const rules = {
    attributes,
    hasCursor: true,
    defaultOrder: 'asc',
    defaultLimit: limit,
    maxLimit: limit,
  } as const;
  const plan = planOf(queries.filter(isCondition), { ...rules, selectable: [] });
  const asked = askedOf(db, source, plan, search);
  const cursor = { seq: sql`${after}`, at: () => sql`NULL` };
  const found = find(db, source, asked, { order: { terms: [], sequence: 'asc' }, cursor, limit, offset: 0 });
  return {
    sequences: found.sequences,
    tables: [...asked.tables, ...found.tables],
    undecided: found.undecided ?? sql`0`,
  };
}
