import { is, type SQL } from 'drizzle-orm';
import { getTableConfig, SQLiteColumn, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import { lowerAscii } from '../emails/address';
import { foldText } from '../text/fold';
import { QueryProblem, shown } from './problem';
import type { Value } from './query';
import { parseTime } from './time';
import type { ColumnSearch } from './trigram';

/** What a query may name: a field of the API and where it is stored. */
export interface Attribute {
  readonly column: SQLiteColumn | SQL;
  /**
   * `datetime`: integer milliseconds. `boolean`: 0 or 1. `array`: JSON text of an array of strings.
   */
  readonly type: 'string' | 'boolean' | 'datetime' | 'integer' | 'array';
  /** Told by the column where there is one; an expression is taken to be nullable. */
  readonly nullable?: boolean;
  /** An e-mail address, kept in lower case: a query's ASCII letters are lowered before they are compared. */
  readonly lowerCase?: boolean;
  /** Stored folded (`foldText`), as the keys of names are: a query's text is folded before it is compared. */
  readonly folded?: boolean;
  /** Where a `search` query looks; see `trigramSearch`. Without it the attribute can't be searched. */
  readonly search?: ColumnSearch;
  /** Where a part of its text is found, although it can't be searched: for `contains` and `endsWith`. */
  readonly trigrams?: ColumnSearch;
  /** For an array: the table that has a row for each of its values, kept by triggers, with an index of value and `seq`. */
  readonly items?: Items;
  /** For the ID of another table's row: the condition that it is one of some values, on a column that an index serves. */
  readonly lookup?: (values: SQL) => SQL;
}

export interface Items {
  readonly table: SQLiteTable;
  readonly value: SQLiteColumn;
  /** The sequence of the list's row. */
  readonly seq: SQLiteColumn;
}

export type Attributes = Readonly<Record<string, Attribute>>;

/** @throws QueryProblem for a name that is not in `attributes` */
export function attributeOf(attributes: Attributes, name: string): Attribute {
  const attribute = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  if (!attribute) throw new QueryProblem(`Attribute not found in schema: ${shown(name)}`);
  return attribute;
}

export function isNullable({ nullable, column }: Attribute): boolean {
  return nullable ?? !(is(column, SQLiteColumn) && (column.notNull || column.primary));
}

/** An index that holds an attribute's values in order, each value's rows by their sequence. */
export interface ServedBy {
  readonly unique: boolean;
  /** Whether it has the rows without a value, too. */
  readonly nulls: boolean;
}

const known = new WeakMap<SQLiteColumn, { readonly index: ServedBy | undefined }>();

/** The index of the attribute, as the schema tells; undefined where there is none. */
export function indexOf({ column }: Attribute): ServedBy | undefined {
  if (!is(column, SQLiteColumn)) return undefined;
  const before = known.get(column);
  if (before) return before.index;
  const index = findIndex(column);
  known.set(column, { index });
  return index;
}

function findIndex(column: SQLiteColumn): ServedBy | undefined {
  if (column.primary || column.isUnique) return { unique: true, nulls: true };
  // An index of more columns holds them in the order of the next one, not of the row's sequence.
  const own = getTableConfig(column.table).indexes.find(
    ({ config }) => config.columns.length === 1 && config.columns[0] === column,
  );
  // A partial index of one column is one of its values, without nulls, or no index of its values.
  if (!own || (own.config.where && column.notNull)) return undefined;
  return { unique: own.config.unique, nulls: own.config.where === undefined };
}

/**
 * The value as the attribute stores it.
 * @throws QueryProblem when it is of another type
 */
export function storedValue(attribute: Attribute, name: string, value: Value): string | number {
  const stored = convert(attribute, value);
  if (stored === undefined) {
    throw new QueryProblem(
      `Query value is invalid for attribute "${shown(name)}", which takes ${takes[attribute.type]}.`,
    );
  }
  return stored;
}

const takes = {
  string: 'a string',
  array: 'strings',
  boolean: 'true or false',
  integer: 'an integer',
  datetime: 'an ISO 8601 date or an integer, Unix time in seconds',
} as const satisfies Record<Attribute['type'], string>;

function convert(attribute: Attribute, value: Value): string | number | undefined {
  switch (attribute.type) {
    case 'string':
    case 'array':
      // Half a surrogate pair has no UTF-8, so that no stored text can hold one.
      return typeof value === 'string' ? storedText(attribute, value).toWellFormed() : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? Number(value) : undefined;
    case 'integer':
      return integerOf(value);
    case 'datetime':
      return typeof value === 'boolean' ? undefined : parseTime(value);
  }
}

function storedText({ lowerCase, folded }: Attribute, text: string): string {
  if (folded) return foldText(text);
  return lowerCase ? lowerAscii(text) : text;
}

/** Digits in a string count too: upstream's `$sequence` is a string on the wire. */
function integerOf(value: Value): number | undefined {
  const number = typeof value === 'string' && /^-?\d{1,16}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
}
