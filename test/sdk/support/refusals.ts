import type { Refusal } from './generation';

/** The errors of Appwrite that the tests expect, in Appwrite's own words. */
const table = {
  general_unauthorized_scope: [401, 'The current user is not authorized to perform the requested action.'],
  user_unauthorized: [401, 'The current user is not authorized to perform the requested action.'],
  user_blocked: [403, 'The current user has been blocked.'],
  user_not_found: [404, 'User with the requested ID could not be found.'],
  user_target_not_found: [404, 'The target could not be found.'],
  user_identity_not_found: [404, 'The identity could not be found.'],
  user_authenticator_not_found: [404, 'Authenticator could not be found on the current user.'],
  user_recovery_codes_not_found: [404, 'Recovery codes could not be found on the current user.'],
  user_session_not_found: [404, 'The current user session could not be found.'],
  user_already_exists: [409, 'A user with the same id, email, or phone already exists in this project.'],
  user_email_already_exists: [409, 'A user with the same email already exists in the current project.'],
  user_phone_already_exists: [
    409,
    'A user with the same phone number already exists in the current project.',
  ],
  user_target_already_exists: [409, 'A target with the same ID or identifier already exists.'],
  user_recovery_codes_already_exists: [
    409,
    'The current user already generated recovery codes and they can only be read once for security reasons.',
  ],
  general_invalid_email: [400, 'Value must be a valid email address.'],
  general_invalid_phone: [
    400,
    "Value must be a valid phone number. Format this number with a leading '+' and a country code, e.g., +16175551212.",
  ],
} as const satisfies Record<string, readonly [code: number, message: string]>;

export type RefusalType = keyof typeof table;

/** What an SDK must tell of an error, where the message is not the one that is usual for it. */
export function refused(type: RefusalType, said?: string): Refusal {
  const [code, message] = table[type];
  return { code, type, message: said ?? message };
}

/** What a client is told of a user that is there already; the message names what is taken. */
export const same = {
  id: 'A user with the same ID already exists in the current project.',
  email: table.user_email_already_exists[1],
  phone: table.user_phone_already_exists[1],
};
