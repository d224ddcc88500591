import * as v from 'valibot';

const text = v.fallback(
  v.optional(v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.maxLength(256))),
  undefined,
);
const day = v.fallback(v.optional(v.pipe(v.string(), v.isoDate())), undefined);

/** What the address of the feed says. */
export const activitySearch = v.object({
  event: text,
  actorType: v.fallback(v.optional(v.picklist(['key', 'user', 'guest', 'system'])), undefined),
  actor: text,
  resource: text,
  from: day,
  to: day,
  after: text,
  before: text,
});
export type ActivitySearch = v.InferOutput<typeof activitySearch>;
