import { type SQL, sql } from 'drizzle-orm';
import type { Bind } from './bind';
import { all } from './compile';
import {
  filters,
  hasValue,
  holding,
  holds,
  isTrigram,
  matching,
  type Sought,
  soughtIn,
  type TrigramIndex,
} from './trigram';

/** Searches of one list, as one question to its index. */
export interface Search {
  readonly table: SQL;
  readonly rowid: SQL;
  /** Conditions on the index that share no row, and that have all hits between them. */
  readonly ways: readonly SQL[];
  /** Whether a candidate is a hit. */
  readonly isHit: SQL;
}

/** What is looked for: a term in all columns of an index, or in one, or one that must not be there. */
export interface Term {
  /** Folded, not blank; see `searchTerm`. */
  readonly term: string;
  readonly column?: string;
  readonly not?: boolean;
}

/** @param terms at least one */
export function searchFor(index: TrigramIndex, terms: readonly Term[], bind: Bind): Search {
  const soughtBy = ({ term, column }: Term) => soughtIn(column, term);
  const wanted = terms.filter(({ not }) => !not).map(soughtBy);
  const unwanted = terms.filter(({ not }) => not);
  const avoided = unwanted.map(soughtBy).filter((sought) => sought !== undefined);
  const found = holding(wanted);
  const table = sql`${sql.identifier(index.table)}`;
  const test = (sought: Sought) => holds(index, sought, bind);
  return {
    table,
    rowid: sql`${table}.rowid`,
    ways: waysTo(found, avoided).map((expression) => matching(index, expression, bind)),
    isHit:
      all([
        ...wanted.filter((sought) => sought !== undefined).map(test),
        ...avoided.map((sought) => sql`NOT ${test(sought)}`),
        // `notSearch` of what has no value is not fulfilled, as no filter is.
        ...unwanted.flatMap(({ column }) => (column === undefined ? [] : [hasValue(index, column)])),
      ]) ?? sql`1`,
  };
}

function waysTo(found: string, avoided: readonly Sought[]): string[] {
  if (avoided.length === 0) return [found];
  const trigrams = filters(avoided);
  const doubtful = trigrams.filter((_, index) => avoided[index] && !isTrigram(avoided[index]));
  const without = `(${found}) NOT (${trigrams.join(' OR ')})`;
  return doubtful.length === 0 ? [without] : [without, `(${found}) AND (${doubtful.join(' OR ')})`];
}
