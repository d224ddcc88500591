import * as v from 'valibot';
import { text } from '../http/params';
import { SCOPES } from '../request/scopes';
import { id } from '../wire/id';

/** The key in a path. */
export const keyPath = { keyId: id };

/** What a key may do. */
export const scopes = v.message(
  v.pipe(v.array(v.picklist(SCOPES)), v.maxLength(100)),
  `Value must be an array of at most 100 of the scopes ${SCOPES.join(', ')}`,
);

/** An ISO 8601 time with an offset; stored in milliseconds. An empty one, or none, never expires. */
const expire = v.message(
  v.union([
    v.pipe(
      v.literal(''),
      v.transform(() => null),
    ),
    v.pipe(
      v.string(),
      v.isoTimestamp(),
      v.check(isDayOfCalendar),
      v.transform((value) => Date.parse(value)),
      // A form of ISO 8601 that this engine can't read must not become a key that never expires.
      v.check((time) => Number.isFinite(time)),
    ),
  ]),
  'Value must be a valid ISO 8601 date with time and offset, such as 2030-01-31T12:00:00.000+00:00',
);

/** Whether the month has the day: `Date` makes the 2nd of March of the 30th of February. */
function isDayOfCalendar(timestamp: string): boolean {
  const day = timestamp.slice(0, 10);
  const time = Date.parse(day);
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(day);
}

/** What a key is made and changed with. */
export const keyBody = { name: text(1, 128), scopes, expire: v.optional(expire, '') };
