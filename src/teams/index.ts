/** What other features may use of teams: their parameters, how memberships are read and told, and how those of a user go with it. */
export { membershipColumns, membershipsWhere } from './memberships';
export { roles, teamName } from './params';
export { removeMemberships } from './remove';
