/** What other features may use of users: how they are validated and changed, how a password is stored, how a user is
 * read for its model. */
export { found, recordUser, setUser, throwDuplicate } from './change';
export { selectUser, userColumns } from './columns';
export { email, password, phone } from './params';
export { nextPassword } from './password';
