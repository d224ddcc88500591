export { throwDuplicate } from './change';
/** What other features may use of users: how an address and a password are validated, how a password is stored, how a
 * user is read for its model. */
export { selectUser, userColumns } from './columns';
export { email, password, phone } from './params';
export { nextPassword } from './password';
