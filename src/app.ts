import { getAccount, getAccountPrefs } from './account/get';
import { createAccountJwt, createAccountJwtClassic } from './account/jwt';
import { updateAccountPassword } from './account/password';
import {
  deleteAccountSession,
  deleteAccountSessions,
  extendAccountSession,
  getAccountSession,
  listAccountSessions,
} from './account/sessions';
import { signInClassic, signInWithEmail } from './account/signIn';
import { signInWithToken } from './account/token';
import { deleteUser } from './deletion/deleteUser';
import type { Endpoint } from './http/endpoint';
import { createIdentity } from './identities/create';
import { deleteIdentity } from './identities/delete';
import { listIdentities } from './identities/list';
import { createKey, deleteKey, getKey, listKeys, updateKey } from './keys/keys';
import { getHealth, getVersion } from './meta/health';
import { descriptionEndpoints } from './meta/root';
import {
  createAccountRecoveryCodes,
  getAccountRecoveryCodes,
  rotateAccountRecoveryCodes,
} from './mfa/accountRecoveryCodes';
import { answerChallenge, answerChallengeSingular } from './mfa/answer';
import { createChallenge, createChallengeSingular } from './mfa/challenge';
import { deleteAuthenticator, deleteUserAuthenticator } from './mfa/deleteAuthenticator';
import { createAuthenticator } from './mfa/enrol';
import { listAccountFactors, listFactors } from './mfa/factors';
import { updateAccountMfa, updateMfa } from './mfa/switch';
import { createRecoveryCodes, getRecoveryCodes, rotateRecoveryCodes } from './mfa/userRecoveryCodes';
import { verifyAuthenticator } from './mfa/verify';
import type { Context } from './request/context';
import { createSession } from './sessions/create';
import { deleteSession, deleteSessions } from './sessions/delete';
import { createUserJwt } from './sessions/jwt';
import { listSessions } from './sessions/list';
import { createToken } from './sessions/tokens';
import { createTarget } from './targets/create';
import { listTargets } from './targets/list';
import { deleteTarget, getTarget, updateTarget } from './targets/one';
import { deleteTeam } from './teams/delete';
import { createMembership } from './teams/join';
import { listTeams } from './teams/list';
import { listMemberships } from './teams/listMemberships';
import { listUserMemberships } from './teams/listUserMemberships';
import { listTeamLogs } from './teams/logs';
import { deleteMembership, getMembership, updateMembership } from './teams/membership';
import { getTeamPrefs, updateTeamPrefs } from './teams/prefs';
import { createTeam, getTeam, updateTeam } from './teams/team';
import { getUsage } from './usage/usage';
import { createUser } from './users/create';
import { getUser } from './users/get';
import { updateImpersonator } from './users/impersonator';
import {
  importArgon2User,
  importBcryptUser,
  importMd5User,
  importPhpassUser,
  importScryptModifiedUser,
  importScryptUser,
  importShaUser,
} from './users/import';
import { updateLabels } from './users/labels';
import { listUsers } from './users/list';
import { listLogs } from './users/logs';
import { getPrefs, updatePrefs } from './users/prefs';
import {
  updateEmail,
  updateEmailVerification,
  updateName,
  updatePassword,
  updatePhone,
  updatePhoneVerification,
} from './users/profile';
import { updateStatus } from './users/status';

/** Every endpoint of the service; routes and the API description follow from it. */
export const endpoints: readonly Endpoint<Context>[] = descriptionEndpoints([
  listUsers,
  createUser,
  importArgon2User,
  importBcryptUser,
  importMd5User,
  importPhpassUser,
  importScryptUser,
  importScryptModifiedUser,
  importShaUser,
  getUsage,
  listIdentities,
  deleteIdentity,
  getUser,
  deleteUser,
  updateName,
  updateEmail,
  updatePhone,
  updatePassword,
  updateStatus,
  updateEmailVerification,
  updatePhoneVerification,
  updateLabels,
  updateImpersonator,
  getPrefs,
  updatePrefs,
  listLogs,
  listUserMemberships,
  listTargets,
  createTarget,
  getTarget,
  updateTarget,
  deleteTarget,
  createIdentity,
  listSessions,
  createSession,
  deleteSessions,
  deleteSession,
  createToken,
  createUserJwt,
  listTeams,
  createTeam,
  getTeam,
  updateTeam,
  deleteTeam,
  getTeamPrefs,
  updateTeamPrefs,
  listTeamLogs,
  listMemberships,
  createMembership,
  getMembership,
  updateMembership,
  deleteMembership,
  updateMfa,
  listFactors,
  deleteUserAuthenticator,
  getRecoveryCodes,
  createRecoveryCodes,
  rotateRecoveryCodes,
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
  createKey,
  listKeys,
  getKey,
  updateKey,
  deleteKey,
  getHealth,
  getVersion,
]);
