import * as v from 'valibot';
import type { Model } from '../http/endpoint';
import type { WireContext } from './context';

/** Rows of a list and how many there are in all. */
export interface List<Row> {
  readonly total: number;
  readonly rows: readonly Row[];
}

/** The model of a list: `{total, <name>: […]}`, in this order. */
export function listOf<Row>(name: string, item: Model<Row, WireContext>): Model<List<Row>, WireContext> {
  const schemas = Object.fromEntries(
    Object.entries(item.schemas).map(([dialect, schema]) => [
      dialect,
      v.object({ total: v.number(), [name]: v.array(schema) }),
    ]),
  );
  return {
    name: `${item.name}List`,
    schemas,
    render: ({ total, rows }, context) => ({ total, [name]: rows.map((row) => item.render(row, context)) }),
  };
}
