import * as v from 'valibot';
import { text } from '../http/params';

/** A team's name; never empty. */
export const teamName = text(1, 128);

/** How many roles a membership has, and how long one is, at most (Appwrite's bounds). */
const MAX_ROLES = 100;
const MAX_ROLE_LENGTH = 81;

const role = v.pipe(v.string(), v.maxLength(MAX_ROLE_LENGTH), v.regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]*$/));

/** The roles of a member, in the order given; a role can be any word. */
export const roles = v.message(
  v.pipe(v.array(role), v.maxLength(MAX_ROLES)),
  `Value must be an array of at most ${MAX_ROLES} roles of at most ${MAX_ROLE_LENGTH} chars each. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char`,
);

const MAX_URL_LENGTH = 2048;

/**
 * Where the link in an invitation would lead. With an API key nobody is invited and nothing is sent, so any absolute
 * address will do; 0.15's SDKs can't leave it out.
 */
export const url = v.message(
  v.pipe(
    v.string(),
    v.maxLength(MAX_URL_LENGTH),
    v.check((value) => value === '' || (/^[a-z][a-z\d+.-]*:\/\//i.test(value) && URL.canParse(value))),
  ),
  'Value must be a valid URL',
);
