import type * as v from 'valibot';
import { isObject } from './json';
import { valuesInOrder } from './order';

/** The types of valibot's schemas that take a list, and those that take an object; `custom` is `jsonObject`'s. */
const LISTS = new Set(['array', 'tuple', 'loose_tuple', 'strict_tuple', 'set']);
const OBJECTS = new Set([
  ...['object', 'loose_object', 'strict_object', 'object_with_rest', 'record', 'custom'],
  ...['variant', 'intersect'],
]);

/**
 * A value in the form that its schema takes, where PHP's arrays blur it: an empty list is an empty object for a schema
 * that takes objects, and an object whose keys are all integers is a list for one that takes lists. Known by the kind
 * of the schema, so that no parameter has to ask for it; what is within a free object stays as it is.
 */
export function shaped(schema: v.GenericSchema, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const kinds = alternatives(schema);
  const list = kinds.find(({ type }) => LISTS.has(type));
  const object = kinds.find(({ type }) => OBJECTS.has(type));
  if (Array.isArray(value)) {
    if (list === undefined) return object !== undefined && value.length === 0 ? {} : value;
    const item = within(list, 'item');
    return item === undefined ? value : value.map((one) => shaped(item, one));
  }
  if (!isObject(value)) return value;
  if (object !== undefined) return withEntries(object, value);
  const values = list === undefined ? null : valuesInOrder(value);
  return values === null ? value : shaped(schema, [...values]);
}

/** An object each of whose declared entries has the form that its own schema takes. */
function withEntries(object: v.GenericSchema, value: Record<string, unknown>): Record<string, unknown> {
  if (!('entries' in object) || !isObject(object.entries)) return value;
  const { entries } = object;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => {
      const inner = Object.hasOwn(entries, key) ? entries[key] : undefined;
      return [key, isSchema(inner) ? shaped(inner, one) : one];
    }),
  );
}

/** What kinds of schema a value may meet: behind `optional`, `nullable` and the like, in each part of a union. */
function alternatives(schema: v.GenericSchema): readonly v.GenericSchema[] {
  const wrapped = within(schema, 'wrapped');
  if (wrapped !== undefined) return alternatives(wrapped);
  if (schema.type !== 'union' || !('options' in schema) || !Array.isArray(schema.options)) return [schema];
  return schema.options.filter(isSchema).flatMap(alternatives);
}

/** The schema that another one has as a part of itself, if it has. */
export function within(schema: v.GenericSchema, part: 'wrapped' | 'item'): v.GenericSchema | undefined {
  const inner = Object.entries(schema).find(([name]) => name === part)?.[1];
  return isSchema(inner) ? inner : undefined;
}

function isSchema(value: unknown): value is v.GenericSchema {
  return isObject(value) && value.kind === 'schema' && '~run' in value;
}
