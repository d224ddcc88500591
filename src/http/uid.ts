/** The form of IDs: 1 to 36 of `a-zA-Z0-9._-`, the first one a letter or digit. */
export const UID = /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,35}$/;

/** What an ID of another form is refused with, in Appwrite's words. */
export const UID_RULE =
  "UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char";
