import * as v from 'valibot';

const text = v.fallback(
  v.optional(v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.maxLength(256))),
  undefined,
);
const day = v.fallback(v.optional(v.pipe(v.string(), v.isoDate())), undefined);
const verified = v.fallback(v.optional(v.picklist(['verified', 'unverified'])), undefined);

/** What the address of the table says; nonsense in it counts as nothing. */
export const usersSearch = v.object({
  q: text,
  status: v.fallback(v.optional(v.picklist(['active', 'blocked'])), undefined),
  email: verified,
  phone: verified,
  mfa: v.fallback(v.optional(v.picklist(['on', 'off'])), undefined),
  label: text,
  joinedFrom: day,
  joinedTo: day,
  activeFrom: day,
  activeTo: day,
  sort: v.fallback(v.optional(v.pipe(v.string(), v.regex(/^-?(name|email|joined|active)$/))), undefined),
  after: text,
  before: text,
  size: v.fallback(v.optional(v.picklist([25, 50, 100])), undefined),
  hide: text,
});

export type UsersSearch = v.InferOutput<typeof usersSearch>;

/** The filters, without what only says where in the list one is. */
export const FILTERS = [
  'status',
  'email',
  'phone',
  'mfa',
  'label',
  'joinedFrom',
  'joinedTo',
  'activeFrom',
  'activeTo',
] as const;

export const isFiltered = (search: UsersSearch) => Boolean(search.q) || FILTERS.some((name) => search[name]);

/** The view that an address means. */
export const viewOf = ({ hide, sort = '-joined', size = 25, ...search }: UsersSearch) => ({
  ...search,
  sort,
  size,
});
