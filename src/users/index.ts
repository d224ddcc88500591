/**
 * What other features may use of users: their parameters, how a password is stored, how a user is made and changed, and how one is
 * read for its model.
 */
export { found, recordUser, setUser, type UserChanges } from './change';
export { columnsFor, selectUser, selectUserWhere } from './columns';
export { createUserIf } from './createIf';
export { usersAttributes, usersFlags, usersIndex } from './list';
export {
  emailOrNone,
  labels,
  MAX_LABELS,
  MAX_PREFS_BYTES,
  name,
  password,
  phone,
  phoneOrNone,
  prefs,
} from './params';
export { checkPolicy, firstPassword, historyOf, nextPassword, samePassword } from './password';
export { describeTaken, TAKEN_BY_OTHERS, throwTakenFromNewcomer } from './taken';
