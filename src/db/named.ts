import * as v from 'valibot';
import { foldText } from '../text/fold';

const keyedName = v.pipe(v.string(), v.brand('KeyedName'));

/**
 * A name for a table that is sorted by names. Only `named` makes one, so that a name can't be written without the key
 * that it is found by.
 */
export type KeyedName = v.InferOutput<typeof keyedName>;

export const NO_NAME: KeyedName = v.parse(keyedName, '');

/** What is written where a name is: itself, and the key that it is compared, sorted and searched by. */
export function named(name: string) {
  return { name: v.parse(keyedName, name), nameKey: foldText(name) };
}
