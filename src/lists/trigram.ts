import { type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Bind } from './bind';

/**
 * An FTS5 table of trigrams (migrations/0006), whose row IDs are a list's `seq` and whose text is folded (`foldText`) and
 * marked: twice before each value and behind each separator of words, and three times before the value of `columns[0]`.
 */
export interface TrigramIndex {
  readonly table: string;
  /** What a search looks in. */
  readonly columns: readonly [string, ...string[]];
  /**
   * An FTS5 expression of the rows that the list has, where they are a part of the table; as SQL, null for none. A list
   * with such an index has no rows but these.
   */
  readonly within?: SQL;
}

/** A column of an index that holds an attribute; `seq` is the list's. */
export interface ColumnSearch {
  readonly index: TrigramIndex;
  readonly column: string;
  readonly seq: SQLiteColumn;
}

/** What is looked for in an index: text as the index holds it, in one of its columns or in all. */
export interface Sought {
  readonly column: string | undefined;
  readonly pattern: string;
}

const mark = '\u001f';

/** What ends a word; the views of migrations/0006 put their marks behind the same characters. */
const separators = /[ \u3000.,\-_'\u2019@+:/("\u30fb]/g;

/** FTS5 expressions of no row, and of every row. */
const nothing = '""';
const everything = `"${mark.repeat(3)}"`;

/**
 * Trigrams that one statement asks an index for, at most: each may be in every row, so each costs a pass over the index
 * (3 ms for 100,000 rows, 5 ms where it has to be in one column). Twenty see every character of sixty. What they leave is
 * compared with the whole term.
 */
const mostTrigrams = 20;
const mostInColumn = 3;
const mostBesideThose = 6;
const mostTrigramsOfAll = 24;

/**
 * A term as an index holds it. One or two characters are the beginning of a value or of a word, a trigram by its marks, and
 * more are any part of a value; so are a separator and its neighbour, since the marks behind it make them long enough.
 * @param term folded; see `searchTerm`
 * @returns undefined for a term that no indexed text can hold
 */
function patternOf(term: string): string | undefined {
  if (term.includes('\0') || term.includes(mark)) return undefined;
  const marked = term.toWellFormed().replace(separators, `$&${mark}${mark}`);
  return mark.repeat(Math.max(0, 3 - [...marked].length)) + marked;
}

/** @returns undefined for a term that no indexed text can hold */
export function soughtIn(column: string | undefined, term: string): Sought | undefined {
  const pattern = patternOf(term);
  return pattern === undefined ? undefined : { column, pattern };
}

/** Whether what has the trigrams has it all. FTS5 takes U+FFFE and U+FFFF for U+FFFD. */
export function isTrigram({ pattern }: Sought): boolean {
  return [...pattern].length === 3 && !/[\ufffd-\uffff]/.test(pattern);
}

/** The FTS5 expression of rows with the trigrams of all that is sought (undefined for what can't be found). */
export function holding(all: readonly (Sought | undefined)[]): string {
  const possible = all.filter((sought) => sought !== undefined);
  if (possible.length < all.length) return nothing;
  return possible.length === 0 ? everything : filters(possible).join(' AND ');
}

/** For each of what is sought, as far as one statement may ask: the FTS5 expression of rows with its trigrams. */
export function filters(all: readonly Sought[]): string[] {
  const asked = all.slice(0, mostTrigramsOfAll);
  const each = Math.min(mostTrigrams, Math.floor(mostTrigramsOfAll / asked.length));
  return asked.map(({ column, pattern }) => {
    const trigrams = spread(trigramsOf(pattern), each).map((one) => `"${one.replaceAll('"', '""')}"`);
    if (column === undefined) return `(${trigrams.join(' AND ')})`;
    const there = spread(trigrams, mostInColumn);
    const anywhere = spread(
      trigrams.filter((one) => !there.includes(one)),
      mostBesideThose,
    );
    return `(${[`${column} : (${there.join(' AND ')})`, ...anywhere].join(' AND ')})`;
  });
}

function trigramsOf(pattern: string): string[] {
  const characters = [...pattern];
  return [...new Set(characters.slice(2).map((last, at) => `${characters[at]}${characters[at + 1]}${last}`))];
}

/** So many of the items, from the first to the last, equally far apart. */
function spread<Item>(items: readonly Item[], most: number): Item[] {
  if (items.length <= most) return [...items];
  const step = most === 1 ? 0 : (items.length - 1) / (most - 1);
  const places = new Set(Array.from({ length: most }, (_, index) => Math.round(index * step)));
  return items.filter((_, index) => places.has(index));
}

/**
 * Whether a row of the index holds what is sought, and not only its trigrams. Nothing is found across two columns: the
 * marks that each value begins with are not those of what is sought, which has them behind separators alone.
 */
export function holds({ table, columns }: TrigramIndex, { column, pattern }: Sought, bind: Bind): SQL {
  const texts = (column === undefined ? columns : [column]).map(
    (name) => sql`${sql.identifier(table)}.${sql.identifier(name)}`,
  );
  return sql`instr(${sql.join(texts, sql` || `)}, ${bind(pattern)}) > 0`;
}

/** Whether a column has a value: even an empty one is marked. */
export function hasValue(index: TrigramIndex, column: string): SQL {
  return sql`${sql.identifier(index.table)}.${sql.identifier(column)} <> ''`;
}

/** `<table> MATCH <expression>`, within the list. */
export function matching({ table, within }: TrigramIndex, expression: string, bind: Bind): SQL {
  const name = sql.identifier(table);
  if (within === undefined) return sql`${name} MATCH ${bind(expression)}`;
  return sql`${name} MATCH coalesce((${within}) || ${bind(` AND (${expression})`)}, ${sql.raw(`'${nothing}'`)})`;
}

/** The `search` of an attribute that is a column of the index; `seq` is the list's. */
export function trigramSearch(index: TrigramIndex, column: string, seq: SQLiteColumn): ColumnSearch {
  return { index, column, seq };
}

/** Whether a row that another index found holds what is sought: its text is looked up in the index. */
export function isHeld(index: TrigramIndex, seq: SQLiteColumn, sought: Sought | undefined, bind: Bind): SQL {
  if (sought === undefined) return sql`0`;
  const table = sql.identifier(index.table);
  return sql`EXISTS (SELECT 1 FROM ${table} WHERE ${table}.rowid = ${seq} AND ${holds(index, sought, bind)})`;
}

/** The condition that an attribute holds a term, as one among others. */
export function foundBy({ index, column, seq }: ColumnSearch, term: string, bind: Bind): SQL {
  return isHeld(index, seq, soughtIn(column, term), bind);
}
