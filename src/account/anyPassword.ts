import * as v from 'valibot';
import { isLengthBetween } from '../http/params';

/**
 * Any text that could be a password: whether it is one is not for the validation to tell. No longer than one can be set,
 * since some imported hashes take the longer the more there is to hash.
 * @param min characters at least
 */
export function anyPassword(min: number) {
  return v.message(
    v.pipe(
      v.string(),
      v.check((value) => isLengthBetween(value, min, 256)),
    ),
    `Value must be a password of ${min} to 256 characters`,
  );
}
