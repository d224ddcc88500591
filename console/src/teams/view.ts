import * as v from 'valibot';

const text = v.fallback(
  v.optional(v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.maxLength(256))),
  undefined,
);

/** What the address of the teams says. */
export const teamsSearch = v.object({
  q: text,
  sort: v.fallback(v.optional(v.pipe(v.string(), v.regex(/^-?(name|members|created)$/))), undefined),
  after: text,
  before: text,
});
