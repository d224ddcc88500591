import { violatedColumns } from '../db/errors';
import { ApiError, type ErrorType, messageOf } from '../http/errors';

/** What of a user is somebody else's already, and as what that one has it. */
interface Taken {
  readonly what: 'id' | 'email' | 'phone';
  readonly as: 'own' | 'target' | 'identity';
}

/** What the database refused a write for: its UNIQUE indexes decide, so nothing can slip between; null for all else. */
function takenIn(error: unknown): Taken | null {
  const columns = violatedColumns(error);
  const what = (['id', 'email', 'phone'] as const).find((name) => columns.includes(`users.${name}`));
  if (what === undefined) return null;
  if (columns.includes('targets.identifier')) return { what, as: 'target' };
  return { what, as: columns.includes('identities.provider_email') ? 'identity' : 'own' };
}

const SENTENCES = {
  id: 'A user with the same ID already exists in the current project.',
  email: messageOf('user_email_already_exists'),
  phone: messageOf('user_phone_already_exists'),
} as const satisfies Record<Taken['what'], string>;

export function describeTaken({ what, as }: Taken): string {
  if (as !== 'target') return SENTENCES[what];
  const name = what === 'email' ? 'email' : 'phone number';
  return `A target of another user with the same ${name} already exists in the current project.`;
}

/** What a new user can be refused for. */
export const TAKEN_BY_OTHERS = [
  'user_already_exists',
  'user_email_already_exists',
] as const satisfies ErrorType[];

/**
 * Why a user could not be made.
 * @throws ApiError user_already_exists, whose message names what is taken; user_email_already_exists where the address is
 *   that of another user's identity, as in Appwrite; any other error as it is
 */
export function throwTakenFromNewcomer(error: unknown): never {
  const taken = takenIn(error);
  if (taken === null) throw error;
  throw taken.as === 'identity'
    ? new ApiError('user_email_already_exists')
    : new ApiError('user_already_exists', describeTaken(taken));
}

/**
 * Why a user could not be changed.
 * @throws ApiError user_email_taken, user_phone_taken, whose messages name what is taken; user_email_already_exists where
 *   the address is that of another user's identity, as in Appwrite; any other error as it is
 */
export function throwTaken(error: unknown): never {
  const taken = takenIn(error);
  if (taken === null || taken.what === 'id') throw error;
  if (taken.as === 'identity') throw new ApiError('user_email_already_exists');
  throw new ApiError(taken.what === 'email' ? 'user_email_taken' : 'user_phone_taken', describeTaken(taken));
}
