/** What others may use of sessions: checking one, making one, and revoking or outdating a user's within a mutation of their own. */

export { checkSession } from './check';
export { copySession, dropCopies, forgetCopies, liveSession } from './copies';
export { copiedColumns, lacksFactor, selectSingleFactor } from './factors';
export { extendedEnd, isLive } from './live';
export { BY_SERVER, MAX_LISTED, type OpenedSession, prepareSession } from './open';
export {
  clearRevoked,
  endLooseCredentials,
  endTokens,
  nextValidFrom,
  ofUser,
  revokeSessions,
} from './revoke';
export type { CheckedSession, Store } from './store';
export { noteUse, type Use, useOf } from './use';
