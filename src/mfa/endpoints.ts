import type { Endpoint } from '../http/endpoint';
import type { Context } from '../request/context';
import { answerChallenge, answerChallengeSingular } from './account/answer';
import { createChallenge, createChallengeSingular } from './account/challenge';
import { deleteAuthenticator } from './account/deleteAuthenticator';
import { createAuthenticator } from './account/enrol';
import { listAccountFactors } from './account/listFactors';
import {
  createAccountRecoveryCodes,
  getAccountRecoveryCodes,
  rotateAccountRecoveryCodes,
} from './account/recoveryCodes';
import { updateAccountMfa } from './account/switch';
import { verifyAuthenticator } from './account/verify';
import { deleteUserAuthenticator } from './users/deleteAuthenticator';
import { listFactors } from './users/listFactors';
import { createRecoveryCodes, getRecoveryCodes, rotateRecoveryCodes } from './users/recoveryCodes';
import { updateMfa } from './users/switch';

/** Second factors: a server's changes of a user's, and a user's own. In the order of the API's description. */
export const mfaEndpoints: readonly Endpoint<Context>[] = [
  updateMfa,
  listFactors,
  deleteUserAuthenticator,
  getRecoveryCodes,
  createRecoveryCodes,
  rotateRecoveryCodes,
  updateAccountMfa,
  listAccountFactors,
  createAuthenticator,
  verifyAuthenticator,
  deleteAuthenticator,
  getAccountRecoveryCodes,
  createAccountRecoveryCodes,
  rotateAccountRecoveryCodes,
  createChallenge,
  createChallengeSingular,
  answerChallenge,
  answerChallengeSingular,
];
