import * as v from 'valibot';
import type { users } from '../db/schema';
import { emailFacts } from '../emails/facts';
import type { Model } from '../http/endpoint';
import type { WireContext } from './dialect/context';
import { isoTime, unixTime } from './dialect/time';
import { parsePrefs, prefsSchema } from './prefs';
import { renderTarget, type Target, targetSchema } from './target';

/** Where a user can be reached, as it is read with its user. */
export type UserTarget = Omit<Target, 'userId'>;

export type User = Omit<typeof users.$inferSelect, 'passwordHistory' | 'storedTargets'> & {
  readonly targets: readonly UserTarget[];
  /** Who acts as this user, where somebody does. */
  readonly impersonatorUserId?: string | undefined;
};

export const classic = v.strictObject({
  $id: v.string(),
  $createdAt: v.number(),
  $updatedAt: v.number(),
  name: v.string(),
  registration: v.number(),
  status: v.boolean(),
  passwordUpdate: v.number(),
  email: v.string(),
  phone: v.string(),
  emailVerification: v.boolean(),
  phoneVerification: v.boolean(),
  prefs: prefsSchema,
});

/** Fields that an older SDK does not know are left out for it, as Appwrite does; the rest are always there. */
export const modern = v.strictObject({
  $id: v.string(),
  $createdAt: v.string(),
  $updatedAt: v.string(),
  name: v.string(),
  password: v.nullable(v.string()),
  hash: v.string(),
  hashOptions: v.nullable(v.record(v.string(), v.unknown())),
  registration: v.string(),
  status: v.boolean(),
  labels: v.array(v.string()),
  passwordUpdate: v.string(),
  email: v.string(),
  phone: v.string(),
  emailVerification: v.boolean(),
  emailCanonical: v.nullable(v.string()),
  emailIsFree: v.nullable(v.boolean()),
  emailIsDisposable: v.nullable(v.boolean()),
  emailIsCorporate: v.nullable(v.boolean()),
  emailIsCanonical: v.nullable(v.boolean()),
  phoneVerification: v.boolean(),
  mfa: v.exactOptional(v.boolean()),
  prefs: prefsSchema,
  targets: v.exactOptional(v.array(targetSchema)),
  accessedAt: v.string(),
  impersonator: v.exactOptional(v.boolean()),
  impersonatorUserId: v.exactOptional(v.nullable(v.string())),
});

/** A user as the API tells it. The hash of its password is for callers with the scope `users.hashes.read` alone. */
export const userModel: Model<User, WireContext> = {
  name: 'User',
  schemas: { classic, modern },
  render(user, context) {
    return context.format.classic ? renderClassic(user) : renderModern(user, context);
  },
};

function renderClassic(user: User): v.InferOutput<typeof classic> {
  return {
    $id: user.id,
    $createdAt: unixTime(user.createdAt),
    $updatedAt: unixTime(user.updatedAt),
    name: user.name,
    registration: unixTime(user.createdAt),
    status: user.status,
    passwordUpdate: unixTime(user.passwordUpdate),
    email: user.email ?? '',
    phone: user.phone ?? '',
    emailVerification: user.emailVerification,
    phoneVerification: user.phoneVerification,
    prefs: parsePrefs(user.prefs),
  };
}

/** Every algorithm's options say whose they are: SDKs for typed languages choose their model by it. */
function hashOptionsOf({ hash, hashOptions }: User) {
  return hashOptions && { type: hash, ...hashOptions };
}

function renderModern(user: User, { format, seesHashes }: WireContext): v.InferOutput<typeof modern> {
  return {
    $id: user.id,
    $createdAt: isoTime(user.createdAt),
    $updatedAt: isoTime(user.updatedAt),
    name: user.name,
    password: seesHashes ? user.password : null,
    hash: user.hash,
    hashOptions: seesHashes ? hashOptionsOf(user) : null,
    registration: isoTime(user.createdAt),
    status: user.status,
    labels: user.labels,
    passwordUpdate: isoTime(user.passwordUpdate),
    email: user.email ?? '',
    phone: user.phone ?? '',
    emailVerification: user.emailVerification,
    ...emailFacts(user.email),
    phoneVerification: user.phoneVerification,
    ...(format.before('1.5.0') ? {} : { mfa: user.mfa }),
    prefs: parsePrefs(user.prefs),
    ...(format.before('1.5.0')
      ? {}
      : { targets: user.targets.map((target) => renderTarget({ ...target, userId: user.id })) }),
    accessedAt: isoTime(user.accessedAt),
    ...(format.before('1.9.0')
      ? {}
      : { impersonator: user.impersonator, impersonatorUserId: user.impersonatorUserId ?? null }),
  };
}
