import * as v from 'valibot';
import { text } from '../http/params';

/** The name of a provider, such as `github`. */
export const provider = v.message(
  v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9_-]{0,63}$/)),
  'Value must be the name of a provider, such as github: at most 64 of a-z, 0-9, hyphen and underscore',
);

/** What the provider knows its user by. */
export const providerUid = text(1, 255);
