import * as v from 'valibot';
import type { Model } from '../../http/endpoint';
import { JsonText } from '../../http/json';
import { MOST_PAGE_BYTES, pageTooLarge } from '../../lists';
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
 * The model of a list: `{total, <name>: […]}`, in this order, as text.
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
    render({ total, rows, select }, context) {
      const items = textsOf(rows, (row) => pick(item.render(row, context), select));
      return new JsonText(`{"total":${total},${JSON.stringify(name)}:[${items.join(',')}]}`);
    },
  };
}

/** More than what is around the rows. */
const FRAME_BYTES = 100;

/**
 * Each row becomes text and is forgotten before the next one: 64 kB of preferences can be two megabytes as objects.
 * @throws ApiError `general_argument_invalid` where all of them are more than an answer may have
 */
function textsOf<Row>(rows: readonly Row[], render: (row: Row) => unknown): string[] {
  const encoder = new TextEncoder();
  const texts: string[] = [];
  let [bytes, atMost, weighed] = [FRAME_BYTES, FRAME_BYTES, 0];
  for (const row of rows) {
    const text = JSON.stringify(render(row));
    texts.push(text);
    // Counted only where it matters: few pages come near the limit, and no letter of UTF-16 takes more than three bytes.
    atMost += text.length * 3 + 1;
    if (atMost <= MOST_PAGE_BYTES) continue;
    for (; weighed < texts.length; weighed++) bytes += encoder.encode(texts[weighed]).length + 1;
    if (bytes > MOST_PAGE_BYTES) throw pageTooLarge();
  }
  return texts;
}

function pick(rendered: unknown, select: readonly string[] | undefined): unknown {
  if (select === undefined || select.includes('*') || typeof rendered !== 'object' || rendered === null)
    return rendered;
  return Object.fromEntries(
    Object.entries(rendered).filter(([name]) => name === '$id' || select.includes(name)),
  );
}
