import { ApiError } from '../../http/errors';
import { describeTaken } from '../../users';
import type { Problem, Verdict } from './judge';
import type { Claim } from './stored';

/** Why a row is refused that is somebody's already: the words of a single creation. */
export function alreadyThere(by: NonNullable<Verdict['by']>): ApiError {
  return new ApiError('user_already_exists', describeTaken({ what: by, as: 'own' }));
}

const ENTRANCE =
  'The user may act as others (`impersonator`) and reads the directory so: what lets anybody in as this user also takes the scope ["users.read"].';

/**
 * What a problem is told as.
 * @param isNew whether the row would make a user: single calls have other words then
 */
export function errorOf(problem: Problem, isNew: boolean): ApiError {
  switch (problem) {
    case 'email':
    case 'phone':
      return taken(problem, 'own', isNew);
    case 'email target':
      return taken('email', 'target', isNew);
    case 'phone target':
      return taken('phone', 'target', isNew);
    case 'email identity':
      return new ApiError('user_email_already_exists');
    case 'identity email':
      return new ApiError(
        'user_email_already_exists',
        'The `providerEmail` of one of `identities` is an address of another user.',
      );
    case 'target':
      return new ApiError(
        'user_target_already_exists',
        'One of `targets` has the ID or the identifier of another target.',
      );
    case 'identity':
      return new ApiError(
        'user_identity_already_exists',
        'One of `identities` has the ID of another identity, or its provider and ID there.',
      );
    case 'membership':
      return new ApiError(
        'general_argument_invalid',
        'Invalid `memberships` param: One of them has the ID of another membership.',
      );
    case 'entrance':
      return new ApiError('general_unauthorized_scope', ENTRANCE);
    case 'again':
      return new ApiError(
        'general_argument_invalid',
        'Several rows of this call are about this user. Send this row in a call of its own.',
      );
    default:
      return new ApiError(
        'team_not_found',
        `The team "${problem.slice('team '.length)}" of \`memberships\` could not be found. Make it, or let this call (createTeams).`,
      );
  }
}

function taken(what: 'email' | 'phone', as: 'own' | 'target', isNew: boolean): ApiError {
  const message = describeTaken({ what, as });
  if (isNew) return new ApiError('user_already_exists', message);
  return new ApiError(what === 'email' ? 'user_email_taken' : 'user_phone_taken', message);
}

/** Why a row is refused that claims what an earlier one of the same call has got. */
export function claimedBefore({ kind, isOwn }: Claim): ApiError {
  if (isOwn && (kind === 'id' || kind === 'email' || kind === 'phone')) return alreadyThere(kind);
  if (kind === 'email' || kind === 'identity')
    return errorOf(kind === 'email' ? 'identity email' : 'identity', true);
  return errorOf(kind === 'membership' ? 'membership' : 'target', true);
}

/** Why a row is refused that has waited for others too often. */
export function waitedInVain(index: number, { kind }: Claim): ApiError {
  return new ApiError(
    'general_argument_invalid',
    `Row ${index} of this call has the same ${kind}, and so have others. Send this row in a call of its own.`,
  );
}
