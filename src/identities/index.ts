/** What other features may use of identities: their parameters, and their columns as the model tells them. */
export { identityColumns } from './columns';
export { provider, providerUid } from './params';
