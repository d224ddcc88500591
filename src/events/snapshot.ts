import { type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import * as v from 'valibot';
import type { Config } from '../config';
import { qualified } from '../db/expressions';
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

/** D1 takes 32 arguments a function, two for each column. */
const PAIRS = 16;

/** The columns as JSON: several objects, which are one. */
function objectsOf(columns: Readonly<Record<string, SQLiteColumn | SQL>>): SQL {
  const pairs = Object.entries(columns).map(
    ([name, column]) => sql`${sql.raw(`'${name}'`)}, ${'table' in column ? qualified(column) : column}`,
  );
  const objects = [];
  for (let at = 0; at < pairs.length; at += PAIRS)
    objects.push(sql`json_object(${sql.join(pairs.slice(at, at + PAIRS), sql`, `)})`);
  return sql`json_array(${sql.join(objects, sql`, `)})`;
}

/**
 * @param schema what is stored of a column, and how it becomes the value that the model takes
 * @param columns where each is read
 * @param from from `FROM` on, over the activity row `a`
 */
export function snapshot<Entries extends v.ObjectEntries, Row>(
  entries: Entries,
  columns: Readonly<Record<keyof Entries & string, SQLiteColumn | SQL>>,
  from: SQL,
  model: Model<Row, WireContext>,
  rowOf: (stored: v.InferOutput<v.ObjectSchema<Entries, undefined>>, config: Config) => Row,
): Snapshot {
  const schema = v.pipe(
    v.array(v.record(v.string(), v.unknown())),
    v.transform((objects) => Object.assign({}, ...objects)),
    v.object(entries),
  );
  return {
    sql: sql`(SELECT ${objectsOf(columns)} ${from})`,
    tell: (stored, config) => model.render(rowOf(v.parse(schema, stored), config), READER),
  };
}
