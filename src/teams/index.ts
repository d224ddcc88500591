/** What other features may use of teams: how the memberships of a user go with it. */
export { removeMemberships } from './remove';
