import { is, SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { unread } from '../db/unread';

/** What rows are selected of, by the name in the row. */
export type Columns = Readonly<Record<string, SQLiteColumn | SQL.Aliased>>;

/** The columns that each field of an answer is told from. */
export type Fields<Of extends Columns, Field extends string = string> = Readonly<
  Record<Field, readonly (keyof Of & string)[]>
>;

/** What a list tells of its rows. */
export interface Telling<Of extends Columns> {
  readonly columns: Of;
  /** Without them the list takes no `select`, and all columns are read. */
  readonly fields?: Fields<Of>;
  /** The fields that the caller's dialect has; all by default. */
  readonly told?: readonly string[];
  /** What stands for a column that is not read, where an empty value will not do. */
  readonly unreadAs?: Partial<Of>;
}

/** The columns that an answer needs. */
export interface Needed<Of extends Columns> {
  /** All of the list's columns; the ones that the answer does not need are not read. */
  readonly columns: Of;
  /** How many bytes a row takes, about: what is read of it, and what is always there. */
  readonly bytes: SQL;
}

/** About what the names of a row's fields take on the wire, with all that has one size: times, numbers, truth. */
const FRAME_BYTES = 1000;

/** @param select the fields that are asked for; all without */
export function neededOf<Of extends Columns>(
  list: Telling<Of>,
  select: readonly string[] | undefined,
): Needed<Of> {
  const keys = keysOf(list, select);
  const read = Object.entries(list.columns).filter(([key]) => keys.has(key));
  const texts = read.flatMap(([, column]) => textOf(column) ?? []);
  const octets = texts.map((text) => sql` + ifnull(octet_length(${text}), 0)`);
  return {
    columns: read.length === Object.keys(list.columns).length ? list.columns : only(list, keys),
    bytes: sql`${sql.raw(String(FRAME_BYTES))}${sql.join(octets)}`,
  };
}

function keysOf({ columns, fields, told }: Telling<Columns>, select: readonly string[] | undefined) {
  if (fields === undefined) return new Set(Object.keys(columns));
  const all = told ?? Object.keys(fields);
  const asked =
    select === undefined || select.includes('*') ? all : all.filter((name) => select.includes(name));
  return new Set(['$id', ...asked].flatMap((name) => fields[name] ?? []));
}

// In two lines, since TypeScript can't tell that a column and what stands for it are read as the same type.
function only<Of extends Columns>(list: Telling<Of>, keys: ReadonlySet<string>): Of;
function only({ columns, unreadAs = {} }: Telling<Columns>, keys: ReadonlySet<string>): Columns {
  const chosen = Object.entries(columns).map(([key, column]) => [
    key,
    keys.has(key) ? column : (unreadAs[key] ?? nothing(column)),
  ]);
  return Object.fromEntries(chosen);
}

function nothing(column: SQLiteColumn | SQL.Aliased): SQL.Aliased {
  return is(column, SQL.Aliased) ? sql`NULL`.as(column.fieldAlias) : unread(column);
}

/** Undefined for what has one size. SQLite tells the length of a column without reading it. */
function textOf(column: SQLiteColumn | SQL.Aliased): SQL | undefined {
  if (is(column, SQL.Aliased)) return column.sql;
  return column.dataType === 'string' || column.dataType === 'json' ? sql`${column}` : undefined;
}
