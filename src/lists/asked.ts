import { type SQL, sql, type WithSubquery } from 'drizzle-orm';
import type { Database } from '../db/database';
import { bindAll, tableOf } from './bind';
import { all, compile } from './compile';
import { type Driver, driversOf } from './drivers';
import { allFlags, toldByFlags } from './flags';
import type { Plan } from './plan';
import { nameOf, naming } from './problem';
import type { Condition } from './query';
import { type Search, searchFor, type Term } from './search';
import type { Source } from './source';
import { searchTerm } from './text';
import { isHeld, soughtIn } from './trigram';

/** What a request asks the rows of a list to be, in whatever order. */
export interface Asked {
  /** All filters and the search, on a row; undefined where any row will do. */
  readonly rest: SQL | undefined;
  /** The filters, those within `and` taken out of it. */
  readonly conditions: readonly Condition[];
  /** Whether there is a search beside the filters. */
  readonly searched: boolean;
  /** The numbers of flags that fulfil the filters which flags tell; undefined where there are none. */
  readonly flags: readonly number[] | undefined;
  /** Whether the flags tell all that is asked. */
  readonly onlyFlags: boolean;
  /** What finds the rows, where all that is asked are searches of the list's index. */
  readonly onlySearch: Search | undefined;
  readonly drivers: readonly Driver[];
  /** How many tables a row is looked up in to tell whether it is asked for. */
  readonly lookups: number;
  /** What statements that hold any of that have to begin with. */
  readonly tables: readonly WithSubquery[];
}

/** @throws ApiError `general_argument_invalid` for a filter that the list's attributes don't allow */
export function askedOf(db: Database, source: Source, plan: Plan, searched: string | undefined): Asked {
  const { attributes, search, seq } = source;
  const term = searchTerm(searched ?? '');
  const conditions = plan.conditions.flatMap(([, condition]) => flat(condition));
  const told = source.flags
    ? conditions.map((condition) => source.flags && toldByFlags(source.flags, condition, attributes))
    : [];
  const tests = told.filter((test) => test !== undefined);
  const { where, tables } = bindAll(db, (bind) =>
    all([
      ...plan.conditions.map(([index, condition]) =>
        naming(index, nameOf(condition), () => compile(condition, attributes, bind)),
      ),
      ...(term === undefined || !search
        ? []
        : [typeof search === 'object' ? isHeld(search, seq, soughtIn(undefined, term), bind) : search(term)]),
    ]),
  );
  const flags =
    source.flags && tests.length > 0
      ? allFlags(source.flags).filter((value) => tests.every((test) => test(value)))
      : undefined;
  const searching = typeof search === 'object' ? searchOf(db, source, conditions, term) : undefined;
  return {
    rest: where,
    conditions,
    searched: term !== undefined && search !== undefined,
    flags,
    onlyFlags: tests.length > 0 && tests.length === conditions.length && term === undefined,
    onlySearch: searching?.search,
    lookups: 1 + (term === undefined ? 0 : 1) + conditions.reduce((sum, one) => sum + searchesIn(one), 0),
    drivers: driversOf(source, conditions, flags, term, (value) => sql`${value}`),
    tables: [...tables, ...(searching?.tables ?? [])],
  };
}

function searchesIn(condition: Condition): number {
  if ('conditions' in condition) return condition.conditions.reduce((sum, one) => sum + searchesIn(one), 0);
  return condition.method === 'search' || condition.method === 'notSearch' ? 1 : 0;
}

function flat(condition: Condition): Condition[] {
  return 'conditions' in condition && condition.method === 'and'
    ? condition.conditions.flatMap(flat)
    : [condition];
}

function searchOf(db: Database, source: Source, conditions: readonly Condition[], term: string | undefined) {
  const terms = conditions.map((condition) => termOf(condition, source)).filter((one) => one !== undefined);
  const asked = [...(term === undefined ? [] : [{ term }]), ...terms];
  return asked.length === 0 || terms.length < conditions.length ? undefined : searching(db, source, asked);
}

function termOf(condition: Condition, { attributes, search: index }: Source): Term | undefined {
  if ('conditions' in condition || typeof index !== 'object') return undefined;
  const { method, attribute: name, values } = condition;
  if (method !== 'search' && method !== 'notSearch') return undefined;
  const search = Object.hasOwn(attributes, name) ? attributes[name]?.search : undefined;
  const [value] = values;
  const term = typeof value === 'string' ? searchTerm(value) : undefined;
  if (term === undefined || search?.index.table !== index.table) return undefined;
  return { term, column: search.column, not: method === 'notSearch' };
}

const parameter = 'list_search';

/** Terms and ways beyond which they share one parameter: a statement holds each up to three times; see bind.ts. */
const mostParameters = 8;

/** The search; its values as parameters, or all in one, each read once however many rows it is compared with. */
function searching(db: Database, { search: index }: Source, terms: readonly Term[]) {
  if (typeof index !== 'object') return undefined;
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
