import * as v from 'valibot';
import { namesNew } from '../http/params';
import { UID as ID, UID_RULE as ID_RULE } from '../http/uid';

/** An ID in a path or a reference: 1 to 36 of `a-zA-Z0-9._-`, the first one a letter or digit. */
export const id = v.message(v.pipe(v.string(), v.regex(ID)), ID_RULE);

/** An ID that need not be given: an empty string is none, as in Appwrite. */
export const idOrNone = v.message(
  v.union([
    v.pipe(
      v.literal(''),
      v.transform(() => null),
    ),
    id,
  ]),
  ID_RULE,
);

/** The ID of something new: the caller's own, or `unique()` for one of ours. */
export const newId = v.message(
  v.pipe(
    v.union([v.literal('unique()'), v.pipe(v.string(), v.regex(ID))]),
    v.transform((value) => (value === 'unique()' ? uniqueId() : value)),
    namesNew(),
  ),
  "Parameter must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char",
);

/**
 * 20 lower-case hex characters, like Appwrite's: 11 of the time in milliseconds, so that IDs sort roughly by age, and 9
 * random ones.
 */
export function uniqueId(): string {
  const time = Date.now().toString(16).padStart(11, '0');
  const random = [...crypto.getRandomValues(new Uint8Array(9))]
    .map((byte) => (byte & 15).toString(16))
    .join('');
  return time + random;
}

/** The user in a path. */
export const userPath = { userId: id };
