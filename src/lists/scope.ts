import { type SQL, sql, type WithSubquery } from 'drizzle-orm';
import type { Database } from '../db/database';
import type { Attributes } from './attributes';
import { bindAll, tableOf } from './bind';
import { all, compile } from './compile';
import { allHits } from './hits';
import type { Plan } from './plan';
import { nameOf, naming } from './problem';
import type { Condition } from './query';
import { type Search, searchFor, type Term } from './search';
import type { Source } from './source';
import { searchTerm } from './text';
import type { TrigramIndex } from './trigram';

/** The rows that a list, its filters and its searches leave, in whatever order. */
export interface Scope {
  readonly conditions: readonly SQL[];
  /** What statements that hold the conditions or the search have to begin with. */
  readonly tables: readonly WithSubquery[];
  /** What finds the rows in the full-text index that is the way to them, in the order of their sequence. */
  readonly search?: Search;
}

/** What the whole list is asked for, and what a page in the order of an attribute is. */
export interface Scopes {
  readonly bySequence: Scope;
  readonly byAttribute: Scope;
}

/** @throws ApiError `general_argument_invalid` for a filter that the list's attributes don't allow */
export function scopesOf(db: Database, source: Source, plan: Plan, searched: string | undefined): Scopes {
  const { attributes, where, search, seq } = source;
  const term = searchTerm(searched ?? '');
  const filtered = (conditions: Plan['conditions']) => filtersOf(db, attributes, conditions);
  const listed = where ? [where] : [];

  if (typeof search !== 'object') {
    const { filters, tables } = filtered(plan.conditions);
    const found = term === undefined || !search ? [] : [search(term)];
    const scope = { tables, conditions: [...listed, ...filters, ...found] };
    return { bySequence: scope, byAttribute: scope };
  }

  const { terms, others } = split(plan.conditions, attributes, search);
  const whole = filtered(plan.conditions);
  const byParameter = term === undefined ? undefined : searching(db, search, [{ term }]);
  const byAttribute = {
    tables: [...whole.tables, ...(byParameter?.tables ?? [])],
    conditions: [
      ...listed,
      ...whole.filters,
      ...(byParameter ? [sql`${seq} IN (${allHits(byParameter.search)})`] : []),
    ],
  };
  const asked = [...(term === undefined ? [] : [{ term }]), ...terms];
  // What must not be there is no way to few rows: where there are other filters, they may have an index.
  const leads = asked.some(({ not }) => !not) || (asked.length > 0 && others.length === 0);
  if (!leads) return { bySequence: byAttribute, byAttribute };
  const { filters, tables } = filtered(others);
  const index = searching(db, search, asked);
  return {
    bySequence: {
      tables: [...tables, ...index.tables],
      conditions: [...(search.within ? [] : listed), ...filters],
      search: index.search,
    },
    byAttribute,
  };
}

function filtersOf(db: Database, attributes: Attributes, conditions: Plan['conditions']) {
  const { where, tables } = bindAll(db, (bind) =>
    all(
      conditions.map(([index, condition]) =>
        naming(index, nameOf(condition), () => compile(condition, attributes, bind)),
      ),
    ),
  );
  return { filters: where ? [where] : [], tables };
}

/** The conditions that are searches of the list's index, and the rest. */
function split(conditions: Plan['conditions'], attributes: Attributes, index: TrigramIndex) {
  const terms: Term[] = [];
  const others = conditions.filter(([, condition]) => {
    const term = termOf(condition, attributes, index);
    if (term) terms.push(term);
    return term === undefined;
  });
  return { terms, others };
}

function termOf(condition: Condition, attributes: Attributes, { table }: TrigramIndex): Term | undefined {
  if ('conditions' in condition) return undefined;
  const { method, attribute: name, values } = condition;
  if (method !== 'search' && method !== 'notSearch') return undefined;
  const search = Object.hasOwn(attributes, name) ? attributes[name]?.search : undefined;
  const [value] = values;
  const term = typeof value === 'string' ? searchTerm(value) : undefined;
  if (term === undefined || search?.index.table !== table) return undefined;
  return { term, column: search.column, not: method === 'notSearch' };
}

const parameter = 'list_search';

/** Terms and ways beyond which they share one parameter: a statement holds each up to three times; see bind.ts. */
const mostParameters = 8;

/** The search; its values as parameters, or all in one, each read once however many rows it is compared with. */
function searching(db: Database, index: TrigramIndex, terms: readonly Term[]) {
  const values: (string | number)[] = [];
  const direct = searchFor(index, terms, (value) => {
    values.push(value);
    return sql`${value}`;
  });
  if (values.length <= mostParameters) return { search: direct, tables: [] };

  let count = 0;
  const search = searchFor(index, terms, () =>
    sql.raw(`(SELECT json_extract(json, '$[${count++}]') FROM ${parameter})`),
  );
  return { search, tables: [tableOf(db, parameter, sql`SELECT ${JSON.stringify(values)} AS json`)] };
}
