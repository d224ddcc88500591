/** What other features may use of the account: who calls for itself, and how its attempts are limited. */
export { type Owner, ownerOf, refused } from './owner';
export { limitSignIn } from './rateLimit';
