import { getTableColumns, sql } from 'drizzle-orm';
import { challenges, identities, keys, sessions, targets, teams, tokens } from '../db/schema';
import { endOf } from '../sessionStore/live';
import { membershipColumns } from '../teams';
import { columnsFor } from '../users';
import { webhookColumns } from '../webhooks';
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

/** The ID of the user that the activity row is about: no look-up. */
const userId = sql<string>`a.user_id`;

const { password, hashOptions, ...ofUser } = columnsFor({ hashes: false, targets: true });
const user = snapshot(ofUser, sql`FROM users WHERE users.seq = a.user_seq`, userModel, (row) => ({
  ...row,
  password: null,
  hashOptions: null,
}));

const { secretHash, network, readsUsers, ...ofSession } = getTableColumns(sessions);
const session = snapshot(
  { ...ofSession, userId },
  sql`FROM sessions WHERE sessions.user_seq = a.user_seq AND sessions.id = a.resource_id`,
  sessionModel,
  (row, config) => ({ ...row, expire: endOf(config, row) }),
);

const { secretHash: _hash, readsUsers: _reads, ...ofToken } = getTableColumns(tokens);
const token = snapshot(
  { ...ofToken, userId },
  sql`FROM tokens WHERE tokens.user_seq = a.user_seq AND tokens.id = a.resource_id`,
  tokenModel,
  (row) => ({ ...row, secret: '' }),
);

const target = snapshot(
  { ...getTableColumns(targets), userId },
  sql`FROM targets WHERE targets.id = a.resource_id`,
  targetModel,
  (row) => row,
);

const { providerUidKey, ...ofIdentity } = getTableColumns(identities);
const identity = snapshot(
  { ...ofIdentity, userId },
  sql`FROM identities WHERE identities.id = a.resource_id`,
  identityModel,
  (row) => row,
);

const challenge = snapshot(
  { ...getTableColumns(challenges), userId },
  sql`FROM challenges WHERE challenges.id = a.resource_id`,
  challengeModel,
  (row) => row,
);

const team = snapshot(
  getTableColumns(teams),
  sql`FROM teams WHERE teams.seq = a.team_seq`,
  teamModel,
  (row) => row,
);

const membership = snapshot(
  membershipColumns,
  sql`FROM memberships JOIN users ON users.seq = memberships.user_seq JOIN teams ON teams.seq = memberships.team_seq
    WHERE memberships.id = a.resource_id`,
  membershipModel,
  (row) => row,
);

const { secretHash: _secret, ...ofKey } = getTableColumns(keys);
const key = snapshot(ofKey, sql`FROM keys WHERE keys.id = a.resource_id`, keyModel, (row) => row);

const { authPassword, ...ofWebhook } = webhookColumns;
const webhook = snapshot(
  ofWebhook,
  sql`FROM webhooks WHERE webhooks.id = a.resource_id`,
  webhookModel,
  (row) => ({ ...row, authPassword: '' }),
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
