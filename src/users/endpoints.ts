import type { Endpoint } from '../http/endpoint';
import type { Context } from '../request/context';
import { createUser } from './create';
import { getUser } from './get';
import { updateImpersonator } from './impersonator';
import {
  importArgon2User,
  importBcryptUser,
  importMd5User,
  importPhpassUser,
  importScryptModifiedUser,
  importScryptUser,
  importShaUser,
} from './import';
import { updateLabels } from './labels';
import { listUsers } from './list';
import { listLogs } from './logs';
import { getPrefs, updatePrefs } from './prefs';
import {
  updateEmail,
  updateEmailVerification,
  updateName,
  updatePassword,
  updatePhone,
  updatePhoneVerification,
} from './profile';
import { updateStatus } from './status';

/** What a server does with users: theirs are the paths of `/users`. In the order of the API's description. */
export const usersEndpoints: readonly Endpoint<Context>[] = [
  listUsers,
  createUser,
  importArgon2User,
  importBcryptUser,
  importMd5User,
  importPhpassUser,
  importScryptUser,
  importScryptModifiedUser,
  importShaUser,
  getUser,
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
];
