/** What other features may use of users: their parameters, how a password is stored, how a user is made. */
export { throwDuplicate } from './change';
export { createUserIf } from './createIf';
export { email, emailOrNone, name, password, phone, phoneOrNone, prefs } from './params';
export { passwordChange } from './password';
