import * as v from 'valibot';
import { email } from '../emails/address';
import { ApiError } from '../http/errors';
import { integer } from '../http/params';
import { type HashName, type ImportParameters, importPassword } from '../passwords';
import { type Context, endpoint } from '../request/context';
import { newId } from '../wire/id';
import { userModel } from '../wire/user';
import { insertUser } from './insert';
import { name } from './params';
import { TAKEN_BY_OTHERS } from './taken';

/*
 * POST /users/{algorithm}: users whose passwords were hashed elsewhere. They sign in with the passwords they have, and
 * the first sign-in replaces the hash by one of ours. A hash that could never be verified is refused here, while it can
 * still be mended, and so is one whose cost would let anybody keep the service busy.
 */

const hashText = v.message(v.pipe(v.string(), v.nonEmpty(), v.maxLength(1024)), 'Value must be a hash');
const parameter = v.message(v.pipe(v.string(), v.maxLength(1024)), 'Value must be a string');
const number = integer(1, 2 ** 31 - 1);

/** What every import takes; an import without an e-mail address makes no user that could sign in. */
const imported = { userId: newId, email, password: hashText, name: v.optional(name, '') };

type Imported = v.InferOutput<v.ObjectSchema<typeof imported, undefined>>;

const common = {
  scope: 'users.write',
  returns: [201, userModel],
  errors: TAKEN_BY_OTHERS,
  event: 'user.create',
} as const;

async function importUser(
  context: Context,
  algorithm: HashName,
  { userId: id, email, password, name }: Imported,
  parameters: ImportParameters = {},
) {
  const checked = importPassword(algorithm, password, parameters);
  if (!checked.ok) {
    const { parameter, reason } = checked;
    throw new ApiError('general_argument_invalid', `Invalid \`${parameter}\` param: ${reason}`);
  }
  const { hash, options } = checked.password;
  const stored = { password: hash, hash: algorithm, hashOptions: options, passwordUpdate: context.now };
  return insertUser(context, { id, email, name, ...stored });
}

/** POST /users/argon2: a PHC string of argon2id, argon2i or argon2d. */
export const importArgon2User = endpoint({
  ...common,
  route: 'POST /users/argon2',
  summary: 'Create a user with an argon2 hash',
  body: imported,
  handle: ({ body, ...context }) => importUser(context, 'argon2', body),
});

/** POST /users/bcrypt. */
export const importBcryptUser = endpoint({
  ...common,
  route: 'POST /users/bcrypt',
  summary: 'Create a user with a bcrypt hash',
  body: imported,
  handle: ({ body, ...context }) => importUser(context, 'bcrypt', body),
});

/** POST /users/md5. */
export const importMd5User = endpoint({
  ...common,
  route: 'POST /users/md5',
  summary: 'Create a user with an MD5 hash',
  body: imported,
  handle: ({ body, ...context }) => importUser(context, 'md5', body),
});

/** POST /users/phpass: of WordPress, phpBB and others. */
export const importPhpassUser = endpoint({
  ...common,
  route: 'POST /users/phpass',
  summary: 'Create a user with a phpass hash',
  body: imported,
  handle: ({ body, ...context }) => importUser(context, 'phpass', body),
});

/** POST /users/sha: SHA-1, SHA-2 or SHA-3 in hexadecimal. */
export const importShaUser = endpoint({
  ...common,
  route: 'POST /users/sha',
  summary: 'Create a user with a SHA hash',
  body: { ...imported, passwordVersion: v.optional(parameter) },
  handle: ({ body, ...context }) => importUser(context, 'sha', body, body),
});

/** POST /users/scrypt: hexadecimal, with the salt and the costs that it was made with. */
export const importScryptUser = endpoint({
  ...common,
  route: 'POST /users/scrypt',
  summary: 'Create a user with a scrypt hash',
  body: {
    ...imported,
    passwordSalt: parameter,
    passwordCpu: number,
    passwordMemory: number,
    passwordParallel: number,
    passwordLength: number,
  },
  handle: ({ body, ...context }) => importUser(context, 'scrypt', body, body),
});

/** POST /users/scrypt-modified: of Firebase, with the user's salt and the project's separator and signer key. */
export const importScryptModifiedUser = endpoint({
  ...common,
  route: 'POST /users/scrypt-modified',
  summary: "Create a user with a hash of Firebase's modified scrypt",
  body: {
    ...imported,
    passwordSalt: parameter,
    passwordSaltSeparator: parameter,
    passwordSignerKey: parameter,
  },
  handle: ({ body, ...context }) => importUser(context, 'scryptMod', body, body),
});
