import type { Context } from './context';
import type { Endpoint } from './http/endpoint';
import { createKey, deleteKey, getKey, listKeys, updateKey } from './keys/keys';
import { getHealth, getVersion } from './meta/health';
import { descriptionEndpoints } from './meta/root';
import { createSession } from './sessions/create';
import { deleteSession, deleteSessions } from './sessions/delete';
import { listSessions } from './sessions/list';
import { getUsage } from './usage/usage';
import { createUser } from './users/create';
import { deleteUser } from './users/delete';
import { getUser } from './users/get';
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
  createUser,
  getUsage,
  getUser,
  deleteUser,
  updateName,
  updateEmail,
  updatePhone,
  updatePassword,
  updateStatus,
  updateEmailVerification,
  updatePhoneVerification,
  getPrefs,
  updatePrefs,
  listSessions,
  createSession,
  deleteSessions,
  deleteSession,
  createKey,
  listKeys,
  getKey,
  updateKey,
  deleteKey,
  getHealth,
  getVersion,
]);
