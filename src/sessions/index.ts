/** What other features may use of sessions: revoking a user's within a mutation of their own. */
export { dropCopies } from './copies';
export { revokeSessions } from './revoke';
