import { SQL, sql } from 'drizzle-orm';
import type { SelectResultFields } from 'drizzle-orm/query-builders/select.types';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import * as v from 'valibot';
import type { Config } from '../config';
import { qualified } from '../db/expressions';
import { decodingOf } from '../db/reader';
import type { Model } from '../http/endpoint';
import type { WireContext } from '../wire/dialect/context';
import { formatOf } from '../wire/dialect/format';

/*
 * What a change left behind, as the activity row finds it at the end of the change's own transaction: the columns that the
 * API's model is told from, none that is a hash or a secret. The model is made of them when they are sent, by the very code
 * that answers.
 */

/** The one reader of every event: today's dialect, in English, who may see users but no hashes. */
const READER: WireContext = { format: formatOf(null), locale: 'en', seesHashes: false, seesUsers: true };

/** How a kind of thing is read in the transaction, and told later. */
export interface Snapshot {
  /** One row's columns, JSON, over the activity row `a`; null where the thing is gone. */
  readonly sql: SQL;
  /** The API's model of it. */
  tell(stored: unknown, config: Config): unknown;
}

type Columns = Readonly<Record<string, SQLiteColumn | SQL | SQL.Aliased>>;

/** D1 takes 32 arguments a function, two for each column. */
const PAIRS = 16;

/**
 * @param columns what is read of the thing
 * @param from from `FROM` on, over the activity row `a`
 * @param rowOf the row that the model takes
 */
export function snapshot<Of extends Columns, Row>(
  columns: Of,
  from: SQL,
  model: Model<Row, WireContext>,
  rowOf: (stored: SelectResultFields<Of>, config: Config) => Row,
): Snapshot {
  return {
    sql: sql`(SELECT ${objectsOf(columns)} ${from})`,
    tell: (stored, config) => model.render(rowOf(readRow(columns, stored), config), READER),
  };
}

/** The columns as JSON: several objects, which are one. */
function objectsOf(columns: Columns): SQL {
  const pairs = Object.entries(columns).map(
    ([name, column]) => sql`${sql.raw(`'${name}'`)}, ${selectedBy(column)}`,
  );
  const objects = [];
  for (let at = 0; at < pairs.length; at += PAIRS)
    objects.push(sql`json_object(${sql.join(pairs.slice(at, at + PAIRS), sql`, `)})`);
  return sql`json_array(${sql.join(objects, sql`, `)})`;
}

function selectedBy(column: Columns[string]): SQL {
  if (column instanceof SQL.Aliased) return column.sql;
  return column instanceof SQL ? column : qualified(column);
}

const objects = v.array(v.record(v.string(), v.unknown()));

/** The columns as Drizzle reads them. Not checked by a schema: the statement itself has made what is read. */
function readRow<Of extends Columns>(columns: Of, stored: unknown): SelectResultFields<Of>;
function readRow(columns: Columns, stored: unknown): Record<string, unknown> {
  const found = Object.assign({}, ...v.parse(objects, stored));
  const read = ([name, column]: [string, Columns[string]]) => {
    const value: unknown = found[name] ?? null;
    // JSON within JSON is no text any more.
    const told = typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
    const decode = decodingOf(column);
    return [name, told === null || decode === null ? told : decode(told)];
  };
  return Object.fromEntries(Object.entries(columns).map(read));
}
