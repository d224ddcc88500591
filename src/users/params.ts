import * as v from 'valibot';
import { email } from '../emails/address';
import { isLengthBetween, jsonObject, text } from '../http/params';

/** A user's name; may be empty. */
export const name = text(0, 128);

/** An e-mail address; an empty string takes the address away, as in today's Appwrite. */
export const emailOrNone = orNone(email, 'Value must be a valid email address');

const PHONE_RULE = "Phone number must start with a '+' and have 7 to 15 digits, the first not zero";

/** E.164: `+` and 7 to 15 digits, as there are in use, the first not zero. */
export const phone = v.message(v.pipe(v.string(), v.regex(/^\+[1-9]\d{6,14}$/)), PHONE_RULE);

/** A phone number; an empty string takes the number away. */
export const phoneOrNone = orNone(phone, PHONE_RULE);

const PASSWORD_RULE = 'Password must be between 8 and 256 characters long.';

/**
 * A password: 8 to 256 Unicode code points of any kind, never trimmed, normalised or cut (OWASP Authentication Cheat
 * Sheet: allow all characters, and a long maximum only against denial of service). Half of a surrogate pair, which has no
 * UTF-8, so that two such passwords could hash alike, is refused as in every parameter (`checkInput`).
 */
export const password = v.message(
  v.pipe(
    v.string(),
    v.check((value) => isLengthBetween(value, 8, 256)),
    v.metadata({ minLength: 8, maxLength: 256 }),
  ),
  PASSWORD_RULE,
);

/** A password; an empty string takes the password away, as in today's Appwrite. */
export const passwordOrNone = orNone(password, PASSWORD_RULE);

function orNone<Schema extends v.GenericSchema<string, string>>(schema: Schema, message: string) {
  const none = v.pipe(
    v.literal(''),
    v.transform(() => null),
  );
  return v.message(v.union([none, schema]), message);
}

/** Longest preferences, in bytes of UTF-8 JSON, and how deep they may nest. */
export const MAX_PREFS_BYTES = 65_536;
const MAX_PREFS_DEPTH = 100;

/** Preferences: a JSON object, kept as text so that numbers beyond 2^53 come back as they went in. */
export const prefs = v.pipe(
  jsonObject(),
  v.check(
    (value) => !isDeeper(value, MAX_PREFS_DEPTH),
    `Value must not nest deeper than ${MAX_PREFS_DEPTH} levels.`,
  ),
  v.transform((value) => JSON.stringify(value)),
  v.check(
    (value) => new TextEncoder().encode(value).byteLength <= MAX_PREFS_BYTES,
    'Value must be an object of at most 64 kB as JSON.',
  ),
);

/** Walks without recursion: nesting is the caller's to choose, the stack is ours. */
function isDeeper(root: unknown, limit: number): boolean {
  const pending = [{ value: root, depth: 1 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, depth } = next;
    if (typeof value !== 'object' || value === null) continue;
    if (depth > limit) return true;
    for (const child of Object.values(value)) pending.push({ value: child, depth: depth + 1 });
  }
  return false;
}

export const MAX_LABELS = 1000;

/** At most 1,000 different labels of 1 to 36 letters and digits (Appwrite's bounds); a label given twice counts once. */
export const labels = v.message(
  v.pipe(
    v.array(v.pipe(v.string(), v.regex(/^[a-zA-Z0-9]{1,36}$/))),
    v.maxLength(MAX_LABELS),
    v.transform((given) => [...new Set(given)]),
  ),
  `Value must be an array of at most ${MAX_LABELS} labels, each of 1 to 36 letters and digits`,
);
