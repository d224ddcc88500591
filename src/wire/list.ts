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

/** An item of a list where the caller selects fields. */
const selected = v.pipe(
  v.looseObject({ $id: v.string() }),
  v.description('Where `select` queries ask for fields: those, and `$id`'),
);

/**
 * The model of a list: `{total, <name>: […]}`, in this order.
 * @param selects whether the list takes `select` queries: then an item may have fewer fields, but for its `$id`
 */
export function listOf<Row>(
  name: string,
  item: Model<Row, WireContext>,
  { selects = false }: { selects?: boolean } = {},
): Model<List<Row>, WireContext> {
  const schemas = Object.fromEntries(
    Object.entries(item.schemas).map(([dialect, schema]) => [
      dialect,
      v.object({ total: v.number(), [name]: v.array(selects ? v.union([schema, selected]) : schema) }),
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
