import { type SQL, sql } from 'drizzle-orm';
import * as v from 'valibot';
import { users } from '../../db/schema';
import { ApiError } from '../../http/errors';
import { boolean } from '../../http/params';
import { labels, type UserChanges } from '../../users';

/** As many as a user can have (users/params.ts). */
const MOST_LABELS = 1_000;

const LABELS_RULE =
  'Value must be an object of either `set`, or `add` and `remove`, each an array of at most 1000 labels of 1 to 36 letters and digits';

/** What a call can change of many users. */
export const changeParams = {
  status: v.optional(boolean()),
  labels: v.optional(
    v.message(
      v.pipe(
        v.object({ set: v.optional(labels), add: v.optional(labels), remove: v.optional(labels) }),
        v.check(
          ({ set, add, remove }) => (set === undefined) !== (add === undefined && remove === undefined),
        ),
      ),
      LABELS_RULE,
    ),
  ),
  emailVerification: v.optional(boolean()),
  phoneVerification: v.optional(boolean()),
};

type Given = v.InferOutput<v.ObjectSchema<typeof changeParams, undefined>>;

export interface Change {
  readonly set: UserChanges;
  /** That a user is not so already, over its row. */
  readonly differs: SQL;
  /** That a user can't be so, over its row: it would have too many labels. */
  readonly isTooMuch: SQL;
  /** What the log calls it. */
  readonly events: readonly ('user.update' | 'verification.update')[];
  /** What webhooks are told that it changes, with commas between. */
  readonly attribute: string;
  readonly blocks: boolean;
  /** Whether it lets somebody in as the user (request/entrance.ts). */
  readonly enters: boolean;
}

/** @throws ApiError general_argument_invalid where nothing is to be changed */
export function changeOf({ status, labels: given, emailVerification, phoneVerification }: Given): Change {
  const made = given === undefined ? undefined : labelsOf(given);
  const parts = [
    ...(status === undefined ? [] : [sql`users.status IS NOT ${Number(status)}`]),
    ...(made === undefined ? [] : [sql`users.labels IS NOT ${made}`]),
    ...(emailVerification === undefined
      ? []
      : [sql`users.email_verification IS NOT ${Number(emailVerification)}`]),
    ...(phoneVerification === undefined
      ? []
      : [sql`users.phone_verification IS NOT ${Number(phoneVerification)}`]),
  ];
  if (parts.length === 0) {
    const message = 'At least one of status, labels, emailVerification, or phoneVerification is required.';
    throw new ApiError('general_argument_invalid', message);
  }
  const verifies = emailVerification !== undefined || phoneVerification !== undefined;
  return {
    set: {
      ...(status === undefined ? {} : { status }),
      ...(made === undefined ? {} : { labels: made }),
      ...(emailVerification === undefined ? {} : { emailVerification }),
      ...(phoneVerification === undefined ? {} : { phoneVerification }),
    },
    differs: sql`(${sql.join(parts, sql` OR `)})`,
    isTooMuch:
      given?.add === undefined
        ? sql`false`
        : sql`json_array_length(${made}) > ${sql.raw(String(MOST_LABELS))}`,
    events: [
      ...(status === undefined && made === undefined ? [] : (['user.update'] as const)),
      ...(verifies ? (['verification.update'] as const) : []),
    ],
    attribute: [
      ...(status === undefined ? [] : ['status']),
      ...(made === undefined ? [] : ['labels']),
    ].join(),
    blocks: status === false,
    enters: status === true || verifies,
  };
}

/** The labels that a user has then, as JSON: in the order that they have, those that are added behind them. */
function labelsOf({ set, add = [], remove = [] }: NonNullable<Given['labels']>): SQL {
  if (set !== undefined) return sql`${JSON.stringify(set)}`;
  const removed = sql`SELECT value FROM json_each(${JSON.stringify(remove)})`;
  return sql`(SELECT json_group_array(label ORDER BY nth) FROM (
    SELECT label, min(nth) AS nth FROM (
      SELECT value AS label, key AS nth FROM json_each(${users}.labels)
      UNION ALL SELECT value, 1000000 + key FROM json_each(${JSON.stringify(add)}))
    WHERE label NOT IN (${removed}) GROUP BY label))`;
}
