import { sql } from 'drizzle-orm';
import * as v from 'valibot';
import { named } from '../db/named';
import {
  challenges,
  identities,
  keys,
  memberships,
  sessions,
  targets,
  teams,
  tokens,
  users,
  webhooks,
} from '../db/schema';
import { endOf } from '../sessionStore/live';
import { readTargets, targetsOfUser } from '../users';
import { challengeModel } from '../wire/challenge';
import { identityModel } from '../wire/identity';
import { keyModel } from '../wire/key';
import { membershipModel } from '../wire/membership';
import { sessionModel } from '../wire/session';
import { targetModel } from '../wire/target';
import { teamModel } from '../wire/team';
import { tokenModel } from '../wire/token';
import { userModel } from '../wire/user';
import { webhookModel } from '../wire/webhook';
import { type Snapshot, snapshot } from './snapshot';

/* Each kind of thing that an event is about: what is kept of it, where it is read, and how it becomes the API's model. */

const text = v.string();
const time = v.nullable(v.number());
const flag = v.pipe(
  v.number(),
  v.transform((value) => value === 1),
);
const list = v.pipe(v.string(), v.parseJson(), v.array(v.string()));
const keyedName = v.pipe(
  v.string(),
  v.transform((name) => named(name).name),
);
const dates = { createdAt: v.number(), updatedAt: v.number() };
const NO_SEQ = { seq: 0, nameKey: null };

/** The ID of the user that the activity row is about: no look-up. */
const ownerId = sql`a.user_id`;

const user = snapshot(
  {
    ...dates,
    id: text,
    name: keyedName,
    email: v.nullable(text),
    phone: v.nullable(text),
    emailVerification: flag,
    phoneVerification: flag,
    status: flag,
    hash: text,
    passwordUpdate: time,
    prefs: text,
    labels: list,
    mfa: flag,
    impersonator: flag,
    accessedAt: time,
    targets: v.pipe(v.string(), v.transform(readTargets)),
  },
  {
    id: users.id,
    name: users.name,
    email: users.email,
    phone: users.phone,
    emailVerification: users.emailVerification,
    phoneVerification: users.phoneVerification,
    status: users.status,
    hash: users.hash,
    passwordUpdate: users.passwordUpdate,
    prefs: users.prefs,
    labels: users.labels,
    mfa: users.mfa,
    impersonator: users.impersonator,
    accessedAt: users.accessedAt,
    createdAt: users.createdAt,
    updatedAt: users.updatedAt,
    // As text: JSON within JSON would be no text any more.
    targets: sql`${targetsOfUser} || ''`,
  },
  sql`FROM users WHERE users.seq = a.user_seq`,
  userModel,
  (stored) => ({ ...stored, ...NO_SEQ, password: null, hashOptions: null, validFrom: 0 }),
);

const session = snapshot(
  {
    ...dates,
    id: text,
    userId: text,
    provider: text,
    providerUid: text,
    factors: list,
    ip: text,
    userAgent: text,
    countryCode: text,
    mfaUpdatedAt: time,
    expire: v.number(),
    usedAt: v.number(),
  },
  {
    id: sessions.id,
    userId: ownerId,
    provider: sessions.provider,
    providerUid: sessions.providerUid,
    factors: sessions.factors,
    ip: sessions.ip,
    userAgent: sessions.userAgent,
    countryCode: sessions.countryCode,
    mfaUpdatedAt: sessions.mfaUpdatedAt,
    expire: sessions.expire,
    usedAt: sessions.usedAt,
    createdAt: sessions.createdAt,
    updatedAt: sessions.updatedAt,
  },
  sql`FROM sessions WHERE sessions.user_seq = a.user_seq AND sessions.id = a.resource_id`,
  sessionModel,
  (stored, config) => ({ ...stored, expire: endOf(config, stored) }),
);

const token = snapshot(
  { id: text, userId: text, expire: v.number(), createdAt: v.number() },
  { id: tokens.id, userId: ownerId, expire: tokens.expire, createdAt: tokens.createdAt },
  // The newest: its ID has no index.
  sql`FROM tokens WHERE tokens.user_seq = a.user_seq AND tokens.id = a.resource_id`,
  tokenModel,
  (stored) => ({ ...stored, seq: 0, userSeq: 0, triesLeft: null, secret: '' }),
);

const target = snapshot(
  {
    ...dates,
    id: text,
    userId: text,
    name: text,
    providerType: v.picklist(['email', 'sms', 'push']),
    providerId: v.nullable(text),
    identifier: text,
    expired: flag,
  },
  {
    id: targets.id,
    userId: ownerId,
    name: targets.name,
    providerType: targets.providerType,
    providerId: targets.providerId,
    identifier: targets.identifier,
    expired: targets.expired,
    createdAt: targets.createdAt,
    updatedAt: targets.updatedAt,
  },
  sql`FROM targets WHERE targets.id = a.resource_id`,
  targetModel,
  (stored) => stored,
);

const identity = snapshot(
  {
    ...dates,
    id: text,
    userId: text,
    provider: text,
    providerUid: text,
    providerEmail: text,
    providerAccessTokenExpiry: time,
  },
  {
    id: identities.id,
    userId: ownerId,
    provider: identities.provider,
    providerUid: identities.providerUid,
    providerEmail: identities.providerEmail,
    providerAccessTokenExpiry: identities.providerAccessTokenExpiry,
    createdAt: identities.createdAt,
    updatedAt: identities.updatedAt,
  },
  sql`FROM identities WHERE identities.id = a.resource_id`,
  identityModel,
  (stored) => stored,
);

const challenge = snapshot(
  { id: text, userId: text, expire: v.number(), createdAt: v.number() },
  { id: challenges.id, userId: ownerId, expire: challenges.expire, createdAt: challenges.createdAt },
  sql`FROM challenges WHERE challenges.id = a.resource_id`,
  challengeModel,
  (stored) => stored,
);

const team = snapshot(
  { ...dates, id: text, name: keyedName, total: v.number(), prefs: text },
  {
    id: teams.id,
    name: teams.name,
    total: teams.total,
    prefs: teams.prefs,
    createdAt: teams.createdAt,
    updatedAt: teams.updatedAt,
  },
  sql`FROM teams WHERE teams.seq = a.team_seq`,
  teamModel,
  (stored) => ({ ...stored, ...NO_SEQ }),
);

const membership = snapshot(
  {
    ...dates,
    id: text,
    roles: list,
    invited: v.number(),
    joined: time,
    confirm: flag,
    userId: text,
    userName: text,
    userEmail: v.nullable(text),
    userPhone: v.nullable(text),
    userMfa: flag,
    userAccessedAt: time,
    teamId: text,
    teamName: text,
  },
  {
    id: memberships.id,
    roles: memberships.roles,
    invited: memberships.invited,
    joined: memberships.joined,
    confirm: memberships.confirm,
    createdAt: memberships.createdAt,
    updatedAt: memberships.updatedAt,
    userId: users.id,
    userName: users.name,
    userEmail: users.email,
    userPhone: users.phone,
    userMfa: users.mfa,
    userAccessedAt: users.accessedAt,
    teamId: teams.id,
    teamName: teams.name,
  },
  sql`FROM memberships JOIN users ON users.seq = memberships.user_seq JOIN teams ON teams.seq = memberships.team_seq
    WHERE memberships.id = a.resource_id`,
  membershipModel,
  (stored) => ({ ...stored, seq: 0 }),
);

const key = snapshot(
  { ...dates, id: text, name: keyedName, scopes: list, expire: time, accessedAt: time, sdks: list },
  {
    id: keys.id,
    name: keys.name,
    scopes: keys.scopes,
    expire: keys.expire,
    accessedAt: keys.accessedAt,
    sdks: keys.sdks,
    createdAt: keys.createdAt,
    updatedAt: keys.updatedAt,
  },
  sql`FROM keys WHERE keys.id = a.resource_id`,
  keyModel,
  (stored) => ({ ...stored, ...NO_SEQ }),
);

const webhook = snapshot(
  {
    ...dates,
    id: text,
    name: text,
    url: text,
    events: list,
    tls: flag,
    authUsername: text,
    enabled: flag,
    logs: text,
    attempts: v.number(),
  },
  {
    id: webhooks.id,
    name: webhooks.name,
    url: webhooks.url,
    events: webhooks.events,
    tls: webhooks.tls,
    authUsername: webhooks.authUsername,
    enabled: webhooks.enabled,
    logs: webhooks.logs,
    attempts: webhooks.attempts,
    createdAt: webhooks.createdAt,
    updatedAt: webhooks.updatedAt,
  },
  sql`FROM webhooks WHERE webhooks.id = a.resource_id`,
  webhookModel,
  (stored) => ({ ...stored, authPassword: '' }),
);

/** By the first word of an event. */
const SNAPSHOTS: Readonly<Record<string, Snapshot>> = {
  user,
  impersonator: user,
  verification: user,
  session,
  tokens: token,
  target,
  identity,
  challenge,
  challenges: challenge,
  team,
  membership,
  key,
  webhook,
};

/** How the thing of an event is told; null where there is none: what was deleted, and what has no model, goes by its IDs. */
export function snapshotOf(event: string): Snapshot | null {
  const [thing = '', action = ''] = event.split('.');
  const isGone = action === 'delete' && thing !== 'impersonator';
  return isGone || !Object.hasOwn(SNAPSHOTS, thing) ? null : (SNAPSHOTS[thing] ?? null);
}
