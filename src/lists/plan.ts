import { type Attributes, attributeOf } from './attributes';
import { isCondition } from './build';
import type { Direction, SortOrder } from './order';
import { nameOf, naming, QueryProblem, shown } from './problem';
import {
  type AttributeOrder,
  type Condition,
  type Cursor,
  type FilterMethod,
  type Limit,
  type Offset,
  type Query,
  sequence,
} from './query';

/** What a list allows and does by default. */
export interface Rules {
  readonly attributes: Attributes;
  /** False where rows have no public ID. */
  readonly hasCursor: boolean;
  readonly defaultOrder: Direction;
  readonly defaultLimit: number;
  readonly maxLimit: number;
  /** Names that `select` takes besides those of `attributes`. */
  readonly selectable: readonly string[];
}

/** The queries of a request, each for what it does. */
export interface Plan {
  /** With the index of the query that each comes from. */
  readonly conditions: readonly (readonly [index: number, condition: Condition])[];
  readonly order: SortOrder;
  /** The query that decides the order, if there is one; and that of the offset. */
  readonly orderedBy: readonly [index: number, query: Query] | undefined;
  readonly offsetBy: readonly [index: number, query: Query] | undefined;
  readonly limit: number;
  readonly offset: number;
  readonly cursor: Cursor | undefined;
  readonly select: readonly string[] | undefined;
}

/**
 * All filters of a request, those within `and` and `or` included: what fits into D1's 100 kB of SQL, and what every row
 * is compared with, at most.
 */
const mostFilters = 100;

/** The filters that one of an array counts as: it reads all of a row's items, a thousand labels, say. */
const ofArray = 5;

/** And those that a search counts as: each is a search of an index for itself, of up to 5,000 rows. */
const ofSearch = 20;

const seeking: ReadonlySet<FilterMethod> = new Set(['contains', 'containsAny', 'containsAll', 'notContains']);

/**
 * Sorts queries by what they do. Of several limits, offsets or cursors the first one counts, as upstream; the others must
 * make sense all the same.
 * @throws ApiError `general_argument_invalid` where the list doesn't allow a query
 */
export function planOf(queries: readonly Query[], rules: Rules): Plan {
  const conditions: [number, Condition][] = [];
  const orders: AttributeOrder[] = [];
  const selected: string[] = [];
  let random: number | undefined;
  let orderedBy: Plan['orderedBy'];
  let offsetBy: Plan['offsetBy'];
  let filters = 0;
  let limit: number | undefined;
  let offset: number | undefined;
  let cursor: Cursor | undefined;
  for (const [index, query] of queries.entries()) {
    naming(index, nameOf(query), () => {
      if (isCondition(query)) {
        filters += countFilters(query, rules.attributes);
        if (filters > mostFilters) {
          throw new QueryProblem(
            `A list takes at most ${mostFilters} filters in all; each text that contains looks for in a text counts as one, a filter of an array as ${ofArray}, a search as ${ofSearch}.`,
          );
        }
        conditions.push([index, query]);
      } else if (query.method === 'limit') {
        const count = within(query, rules.maxLimit);
        limit ??= count;
      } else if (query.method === 'offset') {
        const count = within(query, Number.MAX_SAFE_INTEGER);
        offset ??= count;
        offsetBy ??= [index, query];
      } else if ('id' in query) {
        if (!rules.hasCursor) throw new QueryProblem('This list has no cursor. Use limit and offset.');
        cursor ??= query;
      } else if (query.method === 'select') {
        selected.push(...query.attributes.map((name) => selectable(name, rules)));
      } else if (query.method === 'orderRandom') {
        random ??= index;
        orderedBy = [index, query];
      } else {
        if (query.attribute !== sequence) attributeOf(rules.attributes, query.attribute);
        orders.push(query);
        orderedBy ??= [index, query];
      }
    });
  }
  if (random !== undefined && cursor) {
    naming(random, 'orderRandom', () => {
      throw new QueryProblem("A random order can't be combined with a cursor.");
    });
  }
  return {
    conditions,
    order: sortOrder(orders, random !== undefined, rules),
    orderedBy,
    offsetBy,
    limit: limit ?? rules.defaultLimit,
    offset: offset ?? 0,
    cursor,
    select: selected.length > 0 ? selected : undefined,
  };
}

/**
 * Every order ends in the sequence, which makes it total; orders behind that, or of an attribute that already has one,
 * change nothing.
 */
function sortOrder(orders: readonly AttributeOrder[], random: boolean, rules: Rules): SortOrder {
  const terms = new Map<string, SortOrder['terms'][number]>();
  let direction = rules.defaultOrder;
  for (const { method, attribute: name } of orders) {
    direction = method === 'orderAsc' ? 'asc' : 'desc';
    if (name === sequence) break;
    if (!terms.has(name)) terms.set(name, { attribute: attributeOf(rules.attributes, name), direction });
  }
  return { terms: [...terms.values()], sequence: random ? 'random' : direction };
}

/** What the condition counts as: about the comparisons that it takes for a row. */
function countFilters(condition: Condition, attributes: Attributes): number {
  if ('conditions' in condition)
    return condition.conditions.reduce((sum, part) => sum + countFilters(part, attributes), 0);
  const { method, attribute: name, values } = condition;
  if (method === 'search' || method === 'notSearch') return ofSearch;
  if (!seeking.has(method)) return 1;
  return attributeOf(attributes, name).type === 'array' ? ofArray : values.length;
}

function within({ method, count }: Limit | Offset, most: number): number {
  if (Number.isSafeInteger(count) && count >= 0 && count <= most) return count;
  const range = `Value must be a valid range between 0 and ${most.toLocaleString('en')}`;
  throw new QueryProblem(`Invalid ${method}: ${range}`);
}

function selectable(name: string, { attributes, selectable: more }: Rules): string {
  if (name === '*' || more.includes(name) || Object.hasOwn(attributes, name)) return name;
  throw new QueryProblem(`Attribute not found in schema: ${shown(name)}`);
}
