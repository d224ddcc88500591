import * as v from 'valibot';
import type { Model } from '../http/endpoint';
import { isObject, parseJson } from '../http/json';
import type { WireContext } from './dialect/context';

export const prefsSchema = v.record(v.string(), v.unknown());

/** Stored preferences (JSON text) as the object that was sent, large numbers included. */
export function parsePrefs(text: string): v.InferOutput<typeof prefsSchema> {
  const value = parseJson(text);
  return isObject(value) ? value : {};
}

/** Preferences on the wire: the bare object. */
export const prefsModel: Model<string, WireContext> = {
  name: 'Preferences',
  schemas: { any: prefsSchema },
  render: parsePrefs,
};
