import { is, type SQL } from 'drizzle-orm';
import { getTableConfig, SQLiteColumn } from 'drizzle-orm/sqlite-core';
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

/** Whether an index holds the attribute's values in order: the schema tells. */
export function isIndexed({ column }: Attribute): boolean {
  if (!is(column, SQLiteColumn)) return false;
  if (column.primary || column.isUnique) return true;
  // An index of more columns holds them in the order of the next one, not of the row's sequence.
  return getTableConfig(column.table).indexes.some(
    ({ config }) => !config.where && config.columns.length === 1 && config.columns[0] === column,
  );
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
