/**
 * A list query as data: what `queries[]` holds once it is parsed, whichever syntax it came in. Names are those of
 * Appwrite's Query class. The values are checked against the attribute they are compared with later, by the list.
 */
export type Query = Condition | Order | Limit | Offset | Cursor | Select;

export type Value = string | number | boolean;

export const filterMethods = [
  'equal',
  'notEqual',
  'lessThan',
  'lessThanEqual',
  'greaterThan',
  'greaterThanEqual',
  'between',
  'notBetween',
  'startsWith',
  'notStartsWith',
  'endsWith',
  'notEndsWith',
  'contains',
  'containsAny',
  'containsAll',
  'notContains',
  'search',
  'notSearch',
  'isNull',
  'isNotNull',
] as const;
export type FilterMethod = (typeof filterMethods)[number];

/** A comparison of one attribute. The parser sees to it that there are as many values as the method needs. */
export interface Filter {
  readonly method: FilterMethod;
  readonly attribute: string;
  readonly values: readonly Value[];
}

export interface Logic {
  readonly method: 'and' | 'or';
  readonly conditions: readonly Condition[];
}

/** What decides whether a row is in the list. */
export type Condition = Filter | Logic;

export interface AttributeOrder {
  readonly method: 'orderAsc' | 'orderDesc';
  readonly attribute: string;
}

export type Order = AttributeOrder | { readonly method: 'orderRandom' };

export interface Limit {
  readonly method: 'limit';
  readonly count: number;
}

export interface Offset {
  readonly method: 'offset';
  readonly count: number;
}

export interface Cursor {
  readonly method: 'cursorAfter' | 'cursorBefore';
  readonly id: string;
}

export interface Select {
  readonly method: 'select';
  readonly attributes: readonly string[];
}

/** The attribute of the insertion order: what a list is sorted by when nothing else is asked for. */
export const sequence = '$sequence';

/** @param count 0 or more rows */
export const limit = (count: number): Limit => ({ method: 'limit', count });

/** @param count rows to skip, on top of a cursor if there is one */
export const offset = (count: number): Offset => ({ method: 'offset', count });

/** The page that follows the row with this public ID, in list order. */
export const cursorAfter = (id: string): Cursor => ({ method: 'cursorAfter', id });

/** The page just before the row with this public ID; its rows come in list order all the same. */
export const cursorBefore = (id: string): Cursor => ({ method: 'cursorBefore', id });

/** Without an attribute: by insertion. */
export const orderAsc = (attribute: string = sequence): AttributeOrder => ({ method: 'orderAsc', attribute });
export const orderDesc = (attribute: string = sequence): AttributeOrder => ({
  method: 'orderDesc',
  attribute,
});
