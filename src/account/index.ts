/** What other features may use of the account: who calls for itself. */
export { type Owner, ownerOf, refused } from './owner';
