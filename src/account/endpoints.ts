import type { Endpoint } from '../http/endpoint';
import type { Context } from '../request/context';
import { getAccount, getAccountPrefs } from './get';
import { createAccountJwt, createAccountJwtClassic } from './jwt';
import { updateAccountPassword } from './password';
import {
  deleteAccountSession,
  deleteAccountSessions,
  extendAccountSession,
  getAccountSession,
  listAccountSessions,
} from './sessions';
import { signInClassic, signInWithEmail } from './signIn';
import { signInWithToken } from './token';

/** What a user does for itself. In the order of the API's description. */
export const accountEndpoints: readonly Endpoint<Context>[] = [
  getAccount,
  getAccountPrefs,
  updateAccountPassword,
  listAccountSessions,
  getAccountSession,
  extendAccountSession,
  deleteAccountSession,
  deleteAccountSessions,
  signInWithEmail,
  signInClassic,
  signInWithToken,
  createAccountJwt,
  createAccountJwtClassic,
];
