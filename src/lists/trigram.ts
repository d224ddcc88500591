import { type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Bind } from './bind';
import { afterPrefix } from './text';

/** An FTS5 table with the trigram tokenizer, whose row IDs are a list's `seq`, and its fts5vocab table of type `row`. */
export interface TrigramIndex {
  readonly table: string;
  readonly terms: string;
}

/** Closes each indexed value, twice, so that a trigram starts at every character (migrations/0001). */
const closingMark = '\u001f';

/** Greater than any trigram. */
const afterEverything = '\u{10ffff}'.repeat(4);

/** The FTS5 expression that matches nothing. */
const nothing = '""';

const asParameter: Bind = (value) => sql`${value}`;

/**
 * The right side of `<index.table> MATCH …` for rows that hold the term anywhere in a value, whatever its case.
 * Every character stands for itself.
 * @param term as it is to be found; see `searchTerm`
 * @param column of the index to look in; all of them by default
 */
export function matchExpression(index: TrigramIndex, term: string, column?: string, bind = asParameter): SQL {
  // FTS5 stops reading at a NUL, and the closing mark would find the ends of values instead of what they hold.
  if (term.includes('\0') || term.includes(closingMark)) return sql`${nothing}`;
  const filter = column === undefined ? '' : `${column} : `;
  const characters = [...term.toWellFormed()];
  if (characters.length >= 3) return sql`${bind(filter + phrase(characters.join('')))}`;
  // Too short for a trigram: all the trigrams that begin with it, from the index's own vocabulary.
  const ranges = foldings(characters).map((prefix) => [prefix, afterPrefix(prefix) ?? afterEverything]);
  const terms = sql.identifier(index.terms);
  const found = sql`(SELECT coalesce(group_concat('"' || replace(${terms}.term, '"', '""') || '"', ' OR '), ${sql.raw(`'${nothing}'`)}) FROM json_each(${bind(JSON.stringify(ranges))}) AS prefix CROSS JOIN ${terms} WHERE ${terms}.term >= prefix.value ->> 0 AND ${terms}.term < prefix.value ->> 1)`;
  return filter === '' ? found : sql`(${sql.raw(`'${filter}('`)} || ${found} || ')')`;
}

/** The `search` of an attribute that is a column of the index; `seq` is the list's. */
export function trigramSearch(index: TrigramIndex, column: string, seq: SQLiteColumn) {
  const table = sql.identifier(index.table);
  return (term: string, bind: Bind): SQL =>
    sql`${seq} IN (SELECT rowid FROM ${table} WHERE ${table} MATCH ${matchExpression(index, term, column, bind)})`;
}

function phrase(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/**
 * The ways in which FTS5 may have folded these one or two characters. Its table and JavaScript's are of different
 * Unicode versions, so ask for each candidate that is the same letter; what the index doesn't hold costs one look.
 */
function foldings(characters: readonly string[]): string[] {
  return characters
    .map(foldingsOfOne)
    .reduce((heads, tails) => heads.flatMap((head) => tails.map((tail) => head + tail)), ['']);
}

function foldingsOfOne(character: string): string[] {
  const sameLetter = new RegExp(`^\\u{${character.codePointAt(0)?.toString(16)}}$`, 'iu');
  const candidates = [character, character.toLowerCase(), character.toUpperCase().toLowerCase()];
  return [...new Set(candidates)].filter((candidate) => sameLetter.test(candidate));
}
