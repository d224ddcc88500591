import {
  Column,
  isSQLWrapper,
  Name,
  Param,
  Placeholder,
  SQL,
  type SQLChunk,
  type SQLWrapper,
  StringChunk,
  Subquery,
  sql,
  Table,
  View,
} from 'drizzle-orm';

/** A value, or SQL that may hold values. */
type Leaf = SQL | string | number | boolean | null | undefined;

/** What a statement is made of, by names of its own: leaves, and rows of them. */
export interface Parts {
  readonly [name: string]: Leaf | Parts;
}

/** The same with places where the values were; what is undefined stays so. */
export type Placed<Of> = { [Name in keyof Of]: PlacedOne<Of[Name]> };
type PlacedOne<One> = One extends undefined ? undefined : One extends Leaf ? SQL : Placed<One>;

/** Steps that lead to one shape, whatever the values: pieces of SQL, columns and tables as they are, and these marks. */
const VALUE = Symbol('a value');
const NAME = Symbol('the name that follows');
const KEY = Symbol('the key that follows, with what it has');
const WITHIN = Symbol('what is in brackets');
const END = Symbol('the end of what is within');

/** Where steps lead. Nearly every node has but one step to go. */
class Node<Found> {
  found: Found | undefined;
  only: { readonly token: unknown; readonly node: Node<Found> } | undefined;
  others: Map<unknown, Node<Found>> | undefined;
}

/** Bounds the memory that shapes take, to some megabytes: callers choose how many values a list has, and how long a page is. */
const MOST_NODES = 30_000;

/** Finds what was made for the shape of some parts: parts that differ in their values alone have one. */
export class Shapes<Of extends Parts, Found> {
  #root = new Node<Found>();
  #nodes = 0;

  /**
   * @param variant what else the shape is one for
   * @param make makes it, the first time, of the parts with places for their values: `0` for the first one, and so on
   * @returns what was made, and the values as D1 takes them, in the order of their places
   */
  find(
    parts: Of,
    variant: readonly unknown[],
    make: (placed: Placed<Of>) => Found,
  ): { readonly found: Found; readonly values: readonly unknown[] } {
    const values: unknown[] = [];
    const node = this.#walkRow(this.#start(variant), parts, values);
    node.found ??= make(placedOf(parts));
    return { found: node.found, values };
  }

  /**
   * The same for one piece of SQL that is whole already.
   * @param make makes what is found, the first time, of the number of values
   */
  findWhole(
    whole: SQL,
    variant: readonly unknown[],
    make: (count: number) => Found,
  ): { readonly found: Found; readonly values: readonly unknown[] } {
    const values: unknown[] = [];
    const node = this.#walk(this.#start(variant), whole, values);
    node.found ??= make(values.length);
    return { found: node.found, values };
  }

  #start(variant: readonly unknown[]): Node<Found> {
    if (this.#nodes > MOST_NODES) {
      this.#root = new Node();
      this.#nodes = 0;
    }
    let node = this.#root;
    for (const one of variant) node = this.#step(node, one);
    return node;
  }

  #step(from: Node<Found>, token: unknown): Node<Found> {
    const { only, others } = from;
    if (only !== undefined && only.token === token) return only.node;
    const known = others?.get(token);
    if (known !== undefined) return known;
    const node = new Node<Found>();
    this.#nodes += 1;
    if (only === undefined) from.only = { token, node };
    else from.others = (others ?? new Map()).set(token, node);
    return node;
  }

  #walkRow(from: Node<Found>, row: Parts, values: unknown[]): Node<Found> {
    let node = from;
    for (const key in row) {
      const one = row[key];
      node = this.#step(this.#step(node, KEY), key);
      node = isRow(one) ? this.#walkRow(node, one, values) : this.#walk(node, one, values);
    }
    return this.#step(node, END);
  }

  /** Walks on from a node, and takes the values along. */
  #walk(from: Node<Found>, chunk: unknown, values: unknown[]): Node<Found> {
    if (chunk instanceof StringChunk) return this.#step(from, textOf(chunk));
    if (chunk instanceof SQL) return this.#walkAll(from, chunk.queryChunks, values);
    if (isFixed(chunk)) return this.#step(from, chunk);
    if (chunk instanceof Name) return this.#step(this.#step(from, NAME), chunk.value);
    if (Array.isArray(chunk)) return this.#step(this.#walkAll(this.#step(from, WITHIN), chunk, values), END);
    if (chunk instanceof SQL.Aliased) return this.#step(this.#step(from, NAME), chunk.fieldAlias);
    if (chunk instanceof Subquery) return this.#walkSubquery(from, chunk, values);
    if (isInner(chunk)) return this.#step(this.#walk(this.#step(from, WITHIN), chunk.getSQL(), values), END);
    values.push(chunk instanceof Param ? driverValue(chunk) : chunk);
    return this.#step(from, VALUE);
  }

  #walkSubquery(from: Node<Found>, { _: { sql, alias, isWith } }: Subquery, values: unknown[]): Node<Found> {
    const inner = isWith ? from : this.#step(this.#walk(this.#step(from, WITHIN), sql, values), END);
    return this.#step(this.#step(inner, NAME), alias);
  }

  #walkAll(from: Node<Found>, chunks: readonly unknown[], values: unknown[]): Node<Found> {
    let node = from;
    for (const chunk of chunks) node = this.#walk(node, chunk, values);
    return node;
  }
}

/** The parts with places for the values that `#walk` takes of them, in the same order. */
function placedOf<Of extends Parts>(parts: Of): Placed<Of>;
function placedOf(parts: Parts): Placed<Parts> {
  let places = 0;
  const copy = (chunk: SQLChunk): SQLChunk => {
    if (chunk instanceof SQL) return new SQL(chunk.queryChunks.map(copy));
    if (Array.isArray(chunk)) return chunk.map(copy);
    if (isFixed(chunk) || chunk instanceof StringChunk || chunk instanceof Name) return chunk;
    if (chunk instanceof Subquery || chunk instanceof SQL.Aliased) throw new TypeError(OF_PLACE);
    return isInner(chunk) ? sql`(${copy(chunk.getSQL())})` : new Placeholder(String(places++));
  };
  const leaf = (one: Leaf) => (one === undefined ? undefined : new SQL([copy(sql`${one}`)]));
  const row = (of: Parts): Placed<Parts> =>
    Object.fromEntries(Object.entries(of).map(([key, one]) => [key, isRow(one) ? row(one) : leaf(one)]));
  return row(parts);
}

/** Whether a part of SQL is the same whatever the values. */
function isFixed(chunk: unknown): chunk is Column | Table | View | undefined {
  return chunk === undefined || chunk instanceof Column || chunk instanceof Table || chunk instanceof View;
}

/** Whether a part is a statement within another one. */
function isInner(chunk: unknown): chunk is SQLWrapper {
  if (chunk instanceof Placeholder) throw new TypeError(OF_PLACE);
  return !(chunk instanceof Param) && isSQLWrapper(chunk);
}

const OF_PLACE = 'What is called by a name is no part of a statement: put it into what builds the statement.';

function isRow(part: Leaf | Parts): part is Parts {
  return typeof part === 'object' && part !== null && !(part instanceof SQL);
}

function textOf({ value }: StringChunk): string {
  return value.length === 1 ? (value[0] ?? '') : value.join('');
}

function driverValue({ value, encoder }: Param): unknown {
  return value === null ? null : encoder.mapToDriverValue(value);
}
