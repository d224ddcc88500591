import { type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { foldText } from '../text/fold';
import type { Bind } from './bind';

/*
 * LIKE and GLOB are no use here: D1 takes patterns of at most 50 bytes, and both give some characters a meaning. What
 * follows compares text exactly, NUL characters included, at which SQLite's `length` and `substr` stop reading.
 */

/**
 * The least text that is greater than every text that begins with `prefix`, in the order of code points, which is
 * that of UTF-8 and so of SQLite's BINARY collation.
 * @returns undefined where there is none
 */
export function afterPrefix(prefix: string): string | undefined {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    if (last < 0x10ffff) return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1);
  }
  return undefined;
}

/** As a range, so that an index on the column serves it. */
export function startsWith(column: SQLiteColumn | SQL, prefix: string, bind: Bind): SQL {
  const end = afterPrefix(prefix);
  return end === undefined
    ? sql`${column} >= ${bind(prefix)}`
    : sql`(${column} >= ${bind(prefix)} AND ${column} < ${bind(end)})`;
}

/**
 * Compared as bytes: a suffix of the UTF-8 is a suffix of the text, whose characters can't begin within others.
 * False, not unknown, for null: `substr` makes a null of an empty blob, so that both have to be caught.
 */
export function endsWith(column: SQLiteColumn | SQL, suffix: string, bind: Bind): SQL {
  const bytes = new TextEncoder().encode(suffix).length;
  if (bytes === 0) return sql`${column} IS NOT NULL`;
  return sql`ifnull(substr(CAST(${column} AS BLOB), ${sql.raw(String(-bytes))}), x'') = CAST(${bind(suffix)} AS BLOB)`;
}

/**
 * What the caller looks for: the term without surrounding space, or what is inside the quotes that surround it, folded.
 * @returns undefined for a blank term, which stands for no search
 */
export function searchTerm(term: string): string | undefined {
  const trimmed = term.trim();
  const quoted = trimmed.length >= 2 && trimmed.startsWith('"') && trimmed.endsWith('"');
  return foldText(quoted ? trimmed.slice(1, -1) : trimmed) || undefined;
}
