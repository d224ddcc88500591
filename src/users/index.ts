/** What other features may use of users: how they are validated, changed, and how a password is stored. */
export { found, recordUser, setUser } from './change';
export { email, password } from './params';
export { passwordChange } from './password';
