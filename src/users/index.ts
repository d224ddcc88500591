/** What other features may use of users: how an address and a password are validated, and how a password is stored. */
export { email, password } from './params';
export { passwordChange } from './password';
