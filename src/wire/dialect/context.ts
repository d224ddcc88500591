import type { Format } from './format';

/** What a model needs to know of the caller. */
export interface WireContext {
  readonly format: Format;
  /** Language of country names, a BCP 47 tag. */
  readonly locale: string;
  /** Whether the caller may see hashes of passwords (scope `users.hashes.read`). */
  readonly seesHashes: boolean;
  /** Whether the caller may read users: what other resources tell of a user is otherwise as if unknown. */
  readonly seesUsers: boolean;
}
