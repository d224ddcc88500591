import * as v from 'valibot';
import { email } from '../../emails/address';
import { boolean, integer, oneOf } from '../../http/params';
import { provider, providerUid } from '../../identities';
import { parseTime } from '../../lists';
import { importFormat } from '../../passwords';
import { identifier, providerId, providerType, targetName } from '../../targets';
import { roles, teamName } from '../../teams';
import { emailOrNone, labels, name, password, phoneOrNone, prefs } from '../../users';
import { id, newId } from '../../wire/id';

/*
 * What a row of an import holds: the parameters of single calls, checked by their own schemas, under their names. What is
 * null is as if it were not there.
 */

/** So many users, and so many bytes of them, in one call. */
export const MOST_ROWS = 1_000;
export const MOST_BYTES = 8 * 1024 * 1024;

/** Of each kind, in one row: as many as an export tells. */
const MOST_OF_KIND = 1_000;

const TIME_RULE = 'Value must be a valid date and time in ISO 8601';

/** A moment, as milliseconds; an empty text is none, as in the answers of older clients. */
const time = v.message(
  v.union([
    v.pipe(
      v.literal(''),
      v.transform(() => undefined),
    ),
    v.pipe(
      v.string(),
      v.transform((text) => parseTime(text)),
      v.number(),
    ),
  ]),
  TIME_RULE,
);

const hashText = v.message(v.pipe(v.string(), v.nonEmpty(), v.maxLength(1024)), 'Value must be a hash');
const option = v.nullish(v.pipe(v.string(), v.maxLength(1024)));
const cost = v.nullish(integer(1, 2 ** 31 - 1));

/** By the names of a user's `hashOptions`. What else there is, such as argon2's, says the hash itself. */
const hashOptions = v.object({
  version: option,
  salt: option,
  saltSeparator: option,
  signerKey: option,
  costCpu: cost,
  costMemory: cost,
  costParallel: cost,
  length: cost,
  normalization: v.nullish(oneOf(['NFKC'])),
});

/** What is no list of such objects is refused in a sentence that says what they are. */
function listOf<Entries extends v.ObjectEntries>(entries: Entries, what: string) {
  return v.message(
    v.pipe(v.array(v.object(entries)), v.maxLength(MOST_OF_KIND)),
    `Value must be an array of at most ${MOST_OF_KIND} objects: ${what}`,
  );
}

const targets = listOf(
  {
    targetId: v.nullish(newId),
    providerType,
    identifier,
    providerId: v.nullish(providerId),
    name: v.nullish(targetName),
    expired: v.nullish(boolean()),
  },
  'providerType (email, sms or push), identifier, and as wanted targetId, providerId, name, expired',
);

const identities = listOf(
  {
    identityId: v.nullish(newId, 'unique()'),
    provider,
    providerUid,
    providerEmail: v.nullish(v.union([v.literal(''), email])),
  },
  'provider, providerUid, and as wanted identityId, providerEmail',
);

const memberships = listOf(
  {
    membershipId: v.nullish(newId, 'unique()'),
    teamId: id,
    teamName: v.nullish(teamName),
    roles: v.nullish(roles),
    confirm: v.nullish(boolean()),
  },
  'teamId, and as wanted roles, teamName, membershipId, confirm',
);

export const importRow = {
  userId: v.optional(newId),
  email: v.optional(emailOrNone),
  phone: v.optional(phoneOrNone),
  name: v.optional(name),
  password: v.optional(password),
  hash: v.optional(hashText),
  algorithm: v.optional(v.message(importFormat, `Value must be one of (${importFormat.options.join(', ')})`)),
  hashOptions: v.optional(v.message(hashOptions, 'Value must be an object: the options of the hash')),
  passwordUpdate: v.optional(time),
  status: v.optional(boolean()),
  labels: v.optional(labels),
  prefs: v.optional(prefs),
  emailVerification: v.optional(boolean()),
  phoneVerification: v.optional(boolean()),
  mfa: v.optional(boolean()),
  impersonator: v.optional(boolean()),
  registration: v.optional(time),
  accessedAt: v.optional(time),
  targets: v.optional(targets),
  identities: v.optional(identities),
  memberships: v.optional(memberships),
};

export type ImportRow = v.InferOutput<v.ObjectSchema<typeof importRow, undefined>>;
