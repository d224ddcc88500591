import * as v from 'valibot';
import { oneOf, text } from '../http/params';

/** The kind of an authenticator in a path: Appwrite knows one. */
export const authenticatorPath = { type: oneOf(['totp']) };

/** A one-time password or recovery code as people type them: in any case, with spaces. */
export const otp = v.pipe(
  text(1, 256),
  v.transform((value) => value.replace(/\s/g, '').toLowerCase()),
);
