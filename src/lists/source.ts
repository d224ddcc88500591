import { type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteSelect, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Attributes } from './attributes';
import type { Selecting } from './bind';
import type { Columns, Telling } from './columns';
import type { Flags } from './flags';
import type { Direction } from './order';
import type { Query } from './query';
import type { TrigramIndex } from './trigram';
import type { Zones } from './zones';

export interface Bounds {
  /** The size up to which nothing is capped. */
  readonly directory: number;
  /** The most rows of a filter's index that are collected and sorted, where it is the only one that could be. */
  readonly driven: number;
  /** Rows looked at in the order of the list. */
  readonly walked: number;
  /** Rows of which the total counts those that fulfil all filters. */
  readonly counted: number;
  /** Rows that an offset skips. */
  readonly offset: number;
}

/** The number of rows that tells how large a directory is. */
export interface Size {
  readonly rows: SQL;
  /** What they are: `users`. */
  readonly of: string;
}

/**
 * A table that tells, for each value that a filter may name, which blocks of rows have it: written for whole areas of rows at
 * once, since an index would be a row more for each row. The rows of the area that is not full yet are all looked at.
 */
export interface Blocks {
  readonly table: SQLiteTable;
  readonly bucket: SQLiteColumn;
  readonly stretch: SQLiteColumn;
  readonly terms: SQLiteColumn;
  /** How many sequences each of them has; a stretch has areas, an area groups of blocks. */
  readonly sizes: {
    readonly stretch: number;
    readonly area: number;
    readonly group: number;
    readonly block: number;
  };
  readonly buckets: number;
  /** Attributes by name, the most telling first, with the letter that their terms begin with. */
  readonly kinds: Readonly<Record<string, string>>;
  /** The bounds of times of each area. */
  readonly zones: Zones;
}

/** A list as its endpoint declares it. */
export interface ListSource<Of extends Columns, TSelect extends SQLiteSelect> extends Telling<Of> {
  /** The rows: a `$dynamic()` select of the columns, all unless told, without conditions, order or limit. */
  readonly select: (db: Selecting, columns?: Of) => TSelect;
  /** The table that `select` reads; or SQL, the table with its joins, where `where` or attributes need them. */
  readonly from: SQLiteTable | SQL;
  /** The table with its joins, where only the columns that are told need them. */
  readonly joined?: SQL;
  /** Integer, unique among the rows of the list, in the order of insertion. */
  readonly seq: SQLiteColumn;
  /** What it is never less than: 1 unless told. */
  readonly least?: number;
  /** The public ID that cursors name. Without it the list has no cursors. */
  readonly id?: SQLiteColumn;
  /**
   * The sequence that an ID tells by itself, where it does: the ID of a row that is gone is then a place in the order of
   * sequences like any other, up to the newest row. Undefined for what is no ID.
   */
  readonly placeOf?: (id: string) => number | undefined;
  /** What a row is called in errors, such as `User`. */
  readonly noun: string;
  readonly attributes: Attributes;
  /** What every row of the list fulfils, such as whose it is; the rest of the table doesn't exist for it. */
  readonly where?: SQL;
  /** How `search` finds rows: by an index of their `seq`, or by a condition on the row, given the folded term. */
  readonly search?: TrigramIndex | ((term: string) => SQL);
  /** The total of the whole list without counting it, such as a counter; else it is counted up to 5,000. */
  readonly uncountedTotal?: SQL;
  /** How large the directory is, which no statement may count: where it is large, calls are capped. Without it none is. */
  readonly size?: Size;
  /** The caps, where they are others than usual. */
  readonly bounds?: Partial<Bounds>;
  /** Booleans that share one index, and attributes whose nulls that index has. */
  readonly flags?: Flags;
  /** Whether there are seldom more rows than can be sorted. */
  readonly few?: boolean;
  /** Where rows with a time beyond some moment begin, in the order of insertion. */
  readonly zones?: Zones;
  /** Which blocks of rows have the values that filters name, where attributes have no index. */
  readonly blocks?: Blocks;
  readonly defaultOrder: Direction;
}

/** A list without the type of its rows. */
export type Source = Omit<ListSource<Columns, SQLiteSelect>, 'select' | keyof Telling<Columns>>;

export interface ListRequest {
  readonly queries: readonly Query[];
  /** As the caller sent it; blank is no search. */
  readonly search?: string | undefined;
  /** False: nothing is counted, and the total is 0. */
  readonly total: boolean;
  readonly defaultLimit: number;
  readonly maxLimit: number;
}

/** That a row's sequence is one: a bound on it makes a scan a search of an index, which tells it from those that must not be. */
export function isNumbered({ seq, least = 1 }: { seq: SQLiteColumn | SQL; least?: number }): SQL {
  return sql`${seq} >= ${sql.raw(String(least))}`;
}

/**
 * That a row is one of the list's that have these sequences: where they are no primary key, other lists of the table may have
 * rows with the same.
 */
export function hasSequence({ seq, where }: Pick<Source, 'seq' | 'where'>, sequences: SQL): SQL {
  const isOne = sql`${seq} IN (${sequences})`;
  return where === undefined || seq.primary ? isOne : sql`${where} AND ${isOne}`;
}

/** Declares a list; the type of its rows follows from `select`. */
export function listSource<Of extends Columns, TSelect extends SQLiteSelect>(
  source: ListSource<Of, TSelect>,
): ListSource<Of, TSelect> {
  return source;
}
