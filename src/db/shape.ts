import {
  Column,
  is,
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

/** Where steps lead. */
class Node<Found> {
  found: Found | undefined;
  readonly next = new Map<unknown, Node<Found>>();
}

/** Bounds the memory that shapes take: there are as many as the code has, but for lists of any length. */
const MOST_NODES = 10_000;

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
    if (this.#nodes > MOST_NODES) {
      this.#root = new Node();
      this.#nodes = 0;
    }
    const values: unknown[] = [];
    let node = this.#root;
    for (const one of variant) node = this.#step(node, one);
    node = this.#walkRow(node, parts, values);
    node.found ??= make(placedOf(parts));
    return { found: node.found, values };
  }

  #step({ next }: Node<Found>, token: unknown): Node<Found> {
    const known = next.get(token);
    if (known !== undefined) return known;
    const made = new Node<Found>();
    next.set(token, made);
    this.#nodes += 1;
    return made;
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
    if (isInner(chunk)) return this.#step(this.#walk(this.#step(from, WITHIN), chunk.getSQL(), values), END);
    values.push(chunk instanceof Param ? driverValue(chunk) : chunk);
    return this.#step(from, VALUE);
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
    return isInner(chunk) ? sql`(${copy(chunk.getSQL())})` : new Placeholder(String(places++));
  };
  const leaf = (one: Leaf) => (one === undefined ? undefined : new SQL([copy(sql`${one}`)]));
  const row = (of: Parts): Placed<Parts> =>
    Object.fromEntries(Object.entries(of).map(([key, one]) => [key, isRow(one) ? row(one) : leaf(one)]));
  return row(parts);
}

/** Whether a part of SQL is the same whatever the values. */
function isFixed(chunk: unknown): chunk is Column | Table | undefined {
  return chunk === undefined || chunk instanceof Column || chunk instanceof Table;
}

/**
 * Whether a part is a statement within another one.
 * @throws TypeError for parts whose text depends on where they stand
 */
function isInner(chunk: unknown): chunk is SQLWrapper {
  if (chunk instanceof Param || !(isSQLWrapper(chunk) || is(chunk, Subquery))) return false;
  const isOfPlace = [Subquery, View, SQL.Aliased, Placeholder].some((kind) => chunk instanceof kind);
  if (isOfPlace)
    throw new TypeError(
      'A sub-query, view, alias or placeholder is no part of a statement: put it into what builds it.',
    );
  return isSQLWrapper(chunk);
}

function isRow(part: Leaf | Parts): part is Parts {
  return typeof part === 'object' && part !== null && !(part instanceof SQL);
}

function textOf({ value }: StringChunk): string {
  return value.length === 1 ? (value[0] ?? '') : value.join('');
}

function driverValue({ value, encoder }: Param): unknown {
  return value === null ? null : encoder.mapToDriverValue(value);
}
