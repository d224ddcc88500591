/** What a query compares with. */
type Value = string | number | boolean;

const query = (method: string, attribute?: string, values: readonly Value[] = []) =>
  JSON.stringify({ method, ...(attribute === undefined ? {} : { attribute }), values });

/** The API's list queries, as its SDKs write them. */
export const Query = {
  equal: (attribute: string, ...values: Value[]) => query('equal', attribute, values),
  contains: (attribute: string, value: string) => query('contains', attribute, [value]),
  startsWith: (attribute: string, value: string) => query('startsWith', attribute, [value]),
  atLeast: (attribute: string, value: Value) => query('greaterThanEqual', attribute, [value]),
  below: (attribute: string, value: Value) => query('lessThan', attribute, [value]),
  limit: (count: number) => query('limit', undefined, [count]),
  after: (id: string) => query('cursorAfter', undefined, [id]),
  before: (id: string) => query('cursorBefore', undefined, [id]),
  order: (attribute: string, isDescending: boolean) =>
    query(isDescending ? 'orderDesc' : 'orderAsc', attribute),
} as const;

/** Where a view is in a list, as its address has it. */
export interface Place {
  readonly after?: string | undefined;
  readonly before?: string | undefined;
}

/** A page of a list, and whether there is more on either side. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
}

/** The queries of a page: a row more than it shows, which tells whether there is another page. */
export function pageQueries({ after, before }: Place, size: number): string[] {
  const cursor =
    after !== undefined ? [Query.after(after)] : before !== undefined ? [Query.before(before)] : [];
  return [...cursor, Query.limit(size + 1)];
}

/** The page that these queries answered. */
export function pageOf<Row>(rows: readonly Row[], total: number, place: Place, size: number): Page<Row> {
  const hasMore = rows.length > size;
  if (place.after === undefined && place.before !== undefined) {
    return { rows: hasMore ? rows.slice(1) : rows, total, hasNext: true, hasPrevious: hasMore };
  }
  return { rows: rows.slice(0, size), total, hasNext: hasMore, hasPrevious: place.after !== undefined };
}
