import { Placeholder, type Query, QueryPromise, type SQLWrapper } from 'drizzle-orm';
import type { RunnableQuery } from 'drizzle-orm/runnable-query';
import type { Database } from './database';
import { readerOf } from './reader';
import { type Parts, type Placed, Shapes } from './shape';

/*
 * Drizzle takes longer to build a statement than D1 takes to find a row, and a service builds the same few over and over.
 * Here each is built once, with places for its values, and from then on the values alone are put in anew.
 */

/** A statement as it was built. */
interface Built {
  readonly sql: string;
  /** What each parameter is: the place of a value, or what it is always. */
  readonly params: readonly ({ readonly place: number } | { readonly always: unknown })[];
  read(result: D1Result<Record<string, unknown>>): unknown;
}

/** A statement with its values: to be awaited, or to be a part of a `batch`, just like one that Drizzle builds. */
export class Statement<Result> extends QueryPromise<Result> {
  declare readonly _: { readonly dialect: 'sqlite'; readonly result: Result };
  readonly #client: D1Database;
  readonly #built: Built;
  readonly #params: unknown[];

  constructor(client: D1Database, built: Built, values: readonly unknown[]) {
    super();
    this.#client = client;
    this.#built = built;
    this.#params = built.params.map((param) => ('place' in param ? values[param.place] : param.always));
  }

  override async execute(): Promise<Result> {
    return this.#read(
      await this.#client
        .prepare(this.#built.sql)
        .bind(...this.#params)
        .all(),
    );
  }

  /** Its text and its parameters. */
  toSQL(): Query {
    return { sql: this.#built.sql, params: this.#params };
  }

  /** What Drizzle's `batch` asks of its parts. */
  _prepare() {
    const query = this.toSQL();
    return { stmt: this.#client.prepare(query.sql), getQuery: () => query, mapResult: this.#built.read };
  }

  // In two lines: TypeScript can't tell that what is read of the rows is what Drizzle says of the statement.
  #read(result: D1Result<Record<string, unknown>>): Result;
  #read(result: D1Result<Record<string, unknown>>): unknown {
    return this.#built.read(result);
  }
}

/** What a statement of Drizzle's can be asked for. */
interface Buildable<Result> extends RunnableQuery<Result, 'sqlite'> {
  prepare(): { getQuery(): Query; mapResult(result: unknown, isFromBatch: boolean): unknown };
}

/** What a statement is one of several for, such as who asks. */
type Variant = Readonly<Record<string, boolean | string>>;

/**
 * Declares a statement, at the top of a module: what builds it must know nothing of a request but what it is given.
 * ```ts
 * const nameOf = statement<{ id: string }>()((db, { id }) =>
 *   db.select({ name: users.name }).from(users).where(eq(users.id, id)));
 *
 * const [user] = await nameOf(db, { id: 'ada' });
 * ```
 * The parts are values, SQL, or rows of both. Their values may differ from call to call; where the SQL or the keys of a row
 * do, it is built once for each. What builds it is given SQL in the place of every value.
 */
export function statement<Of extends Parts, For extends readonly Variant[] = []>() {
  return <Result>(build: (db: Database, placed: Placed<Of>, ...variant: For) => Buildable<Result>) => {
    const shapes = new Shapes<Of, Built>();
    return (db: Database, parts: Of, ...variant: For) => {
      const make = (placed: Placed<Of>) => builtOf(build(db, placed, ...variant));
      const { found, values } = shapes.find(parts, variant.flatMap(Object.values), make);
      return new Statement<Result>(db.$client, found, values);
    };
  };
}

/** A statement of Drizzle's that is built by itself, such as one of its selects. */
type Whole<Result> = Buildable<Result> & SQLWrapper;

const wholes = new Shapes<Record<never, never>, Built>();

/**
 * A statement that was put together for a request, as those of lists are, whose text and reading are remembered by its shape. It
 * saves but half of what `statement` does: Drizzle's pieces are made anew.
 * @param of what is read: statements of one text that are of one are read alike
 */
export function builtOnce<Result>(db: Database, query: Whole<Result>, of: string): Statement<Result> {
  const { found, values } = wholes.findWhole(query.getSQL(), [of], (count) => {
    const built = builtOf(query);
    if (built.params.length !== count)
      throw new TypeError('A statement has other parameters than its shape.');
    return { ...built, params: built.params.map((_, place) => ({ place })) };
  });
  return new Statement<Result>(db.$client, found, values);
}

function builtOf(query: Buildable<unknown>): Built {
  const prepared = query.prepare();
  const { sql, params } = prepared.getQuery();
  return {
    sql,
    params: params.map((one) => (one instanceof Placeholder ? { place: Number(one.name) } : { always: one })),
    read: readerOf(prepared),
  };
}
