/**
 * What other features may use of users: their parameters, how a password is stored, how a user is made and changed, and how one is
 * read for its model.
 */
export { found, recordUser, setUser } from './change';
export { selectUser, userColumns } from './columns';
export { createUserIf } from './createIf';
export { usersAttributes, usersIndex } from './list';
export { emailOrNone, name, password, phone, phoneOrNone, prefs } from './params';
export { nextPassword, samePassword } from './password';
export { TAKEN_BY_OTHERS, throwTakenFromNewcomer } from './taken';
