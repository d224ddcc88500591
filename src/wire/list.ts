import * as v from 'valibot';
import type { Model } from '../http/endpoint';
import type { WireContext } from './context';

/** Rows of a list and how many there are in all. */
export interface List<Row> {
  readonly total: number;
  readonly rows: readonly Row[];
  /** The fields that the caller asked for with `select` queries; all of them without. */
  readonly select?: readonly string[] | undefined;
}

/**
 * The model of a list: `{total, <name>: […]}`, in this order. Where the caller selects fields, an item has those and
 * its `$id`.
 */
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
    render: ({ total, rows, select }, context) => ({
      total,
      [name]: rows.map((row) => pick(item.render(row, context), select)),
    }),
  };
}

function pick(rendered: unknown, select: readonly string[] | undefined): unknown {
  if (select === undefined || select.includes('*') || typeof rendered !== 'object' || rendered === null)
    return rendered;
  return Object.fromEntries(
    Object.entries(rendered).filter(([name]) => name === '$id' || select.includes(name)),
  );
}
