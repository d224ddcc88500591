/*
 * The truth. Times are integer milliseconds UTC. `seq` is the insertion order, the default sort and the keyset of
 * every list; `id` is the public ID. Rows point at each other by `seq`, which is never used again, so that a new user
 * who takes over the ID of a deleted one inherits nothing.
 */
export * from './activity';
export * from './activityTerms';
export * from './bulk';
export * from './guessing';
export * from './identities';
export * from './keys';
export * from './mfa';
export * from './sessions';
export * from './staleKeys';
export * from './targets';
export * from './teams';
export * from './usage';
export * from './users';
export * from './webhooks';
