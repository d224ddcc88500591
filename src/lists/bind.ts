import { type SQL, sql, type WithSubquery } from 'drizzle-orm';
import type { Database } from '../db/database';

/** Puts a value from the caller into a statement, always as a parameter. */
export type Bind = (value: string | number) => SQL;

/** What a list's rows are selected with: the database, with or without common table expressions. */
export type Selecting = Pick<Database, 'select'>;

export interface Bound {
  /** The compiled filters; undefined where there are none. */
  readonly where: SQL | undefined;
  /** What a statement that holds `where` has to begin with; see `selectingWith`. */
  readonly tables: readonly WithSubquery[];
}

/*
 * D1 takes 100 parameters a statement, and a statement may hold the filters ten times (see walk.ts), beside cursor,
 * scope, search and limit. Filters with more values than this get them all from one parameter, a JSON array.
 */
const mostParameters = 4;

const spilled = 'list_values';

/**
 * Compiles filters so that the statement stays within D1's number of parameters, however many values they hold.
 * @param compile makes the SQL of the filters, each value put in by the `Bind` that it is given
 */
export function bindAll(db: Database, compile: (bind: Bind) => SQL | undefined): Bound {
  let count = 0;
  const where = compile((value) => {
    count += 1;
    return sql`${value}`;
  });
  if (count <= mostParameters) return { where, tables: [] };

  const values: (string | number)[] = [];
  const compact = compile((value) => {
    const path = `$[${values.push(value) - 1}]`;
    // A sub-query of its own: SQLite evaluates it once, but a function's call for every row, reading all the JSON.
    return sql.raw(`(SELECT json_extract(json, '${path}') FROM ${spilled})`);
  });
  return { where: compact, tables: [tableOf(db, spilled, sql`SELECT ${JSON.stringify(values)} AS json`)] };
}

/** A common table expression, which SQL refers to by its name. */
export function tableOf(db: Database, name: string, rows: SQL): WithSubquery {
  return db.$with(name, {}).as(rows);
}

export function selectingWith(db: Database, tables: readonly WithSubquery[]): Selecting {
  return tables.length > 0 ? db.with(...tables) : db;
}
