/** What others may use of sessions: checking one, making one, and revoking or outdating a user's within a mutation of their own. */

export { jwtDuration, jwtModel } from '../sessions/jwt';
export { MAX_LISTED } from '../sessions/list';
export { checkSession } from './check';
export { copySession, dropCopies, forgetCopies, liveSession } from './copies';
export { copiedColumns, lacksFactor, selectSingleFactor } from './factors';
export { extendedEnd, isLive } from './live';
export { type OpenedSession, prepareSession } from './open';
export {
  clearRevoked,
  endLooseCredentials,
  endTokens,
  nextValidFrom,
  ofUser,
  revokeSessions,
} from './revoke';
export { noteUse, type Use, useOf } from './use';
