import type { ErrorType } from '../../src/http/errors';
import { BURST, takeLookup } from '../../src/secrets/lookups';
import { sessionToken } from '../../src/sessionStore/sessionToken';
import { api, type Call } from './api';
import { brokenD1 } from './brokenD1';
import { type AppEndpoint, freshPhone, type ValidCall } from './calls';
import {
  freshId,
  newIdentity,
  newKey,
  newMembership,
  newSession,
  newTarget,
  newTeam,
  newUser,
  newWebhook,
  spendBudget,
  withSession,
} from './given';
import { newMfaUser, newRecoveryCodes } from './mfa';
import { rows } from './rows';

/** What turns a valid call into one that is refused, and the message where it is not the table's. */
export interface Provocation extends Partial<ValidCall>, Pick<Call, 'env'> {
  readonly rawBody?: string;
  readonly message?: string | RegExp;
}

type Provoke = (endpoint: AppEndpoint, valid: ValidCall) => Provocation | Promise<Provocation>;

const header = (name: string, value: string | null): Provocation => ({ headers: { [name]: value } });

/** How to make any endpoint that declares an error answer it. */
const provocations: { readonly [Type in ErrorType]?: Provoke } = {
  general_argument_invalid: (endpoint, valid) => invalidate(endpoint, valid),
  general_bad_request: () => ({
    rawBody: '{"name":',
    message: 'The request body is not valid JSON: check its syntax.',
  }),
  general_payload_too_large: ({ rows }) => ({
    rawBody: `${rows === null ? '' : '['}{"name":"${'x'.repeat(rows?.bytes ?? 256 * 1024)}"}`,
    ...(rows === null ? {} : { message: 'The request body is larger than 8 MB.' }),
  }),
  general_content_type_unsupported: ({ rows }) => ({
    rawBody: 'name=x',
    ...header('content-type', 'text/plain'),
    ...(rows === null
      ? {}
      : { message: 'Unsupported content type. Send application/x-ndjson or application/json.' }),
  }),
  general_cursor_not_found: ({ path }) => ({
    query: 'queries[]=cursorAfter("nothing")',
    message: `${listed[path] ?? 'Membership'} 'nothing' for the 'cursor' value not found.`,
  }),
  general_rate_limit_exceeded: async ({ scopes, errors, event }, { about = '' }) => {
    // What a user writes itself, which the activity log tells, spends of a budget; ending a session is free.
    const spends = scopes.includes('account') && event !== null && event !== 'session.delete';
    if (spends) await spendBudget(about);
    else if (!errors.includes('general_rate_limit_exceeded')) return afterFlood();
    return {
      env: { SIGN_IN_LIMITER: { limit: async () => ({ success: false }) } },
      headers: { 'cf-connecting-ip': '192.0.2.1' },
    };
  },
  general_invalid_email: (endpoint, valid) => malformedTarget(endpoint, valid, 'email'),
  general_invalid_phone: (endpoint, valid) => malformedTarget(endpoint, valid, 'sms'),
  general_unauthorized_scope: ({ scopes }) => ({
    headers: { 'x-appwrite-key': null, 'x-appwrite-session': null },
    message: `User (role: guests) missing scopes (${JSON.stringify(scopes)})`,
  }),
  general_unknown_origin: () => ({
    headers: { 'x-appwrite-key': null, origin: 'https://evil.test' },
    message: /^Invalid Origin\. Add https:\/\/evil\.test to this deployment's ALLOWED_ORIGINS/,
  }),
  // What asks the database nothing fails for want of a configuration only.
  general_service_unavailable: ({ scopes, path }) =>
    (scopes.length > 0 && path !== '/project/configuration') || path === '/health'
      ? { env: { DB: brokenD1('Network connection lost.') } }
      : { env: { PROJECT_ID: '' }, message: /^This deployment is not set up correctly/ },
  project_not_found: () => header('x-appwrite-project', 'another'),
  project_key_expired: async () =>
    header('x-appwrite-key', (await newKey(['users.read'], { expire: 1 })).secret),
  key_not_found: () => ({ params: { keyId: 'nothing' } }),
  key_already_exists: async (_, { body }) => ({ body: { ...body, keyId: (await newKey([])).id } }),
  project_key_unknown: () => header('x-appwrite-key', 'standard_unknown'),
  user_unauthorized: async () => ({
    headers: {
      ...withSession((await newSession(await newUser())).token),
      'x-appwrite-impersonate-user-id': 'somebody',
    },
    message: 'The current user may not act as other users.',
  }),
  user_jwt_invalid: () => ({
    headers: { 'x-appwrite-key': null, 'x-appwrite-session': null, 'x-appwrite-jwt': 'nonsense' },
    message: 'Failed to verify JWT. Token is malformed or not ours',
  }),
  user_jwt_and_cookie_set: async () => {
    const { token } = await newSession(await newUser());
    return { headers: { ...withSession(token), 'x-appwrite-jwt': 'nonsense' } };
  },
  webhook_not_found: (_, { params }) => ({ params: { ...params, webhookId: 'nothing' } }),
  webhook_already_exists: async (_, { body }) => ({ body: { ...body, webhookId: await newWebhook() } }),
  webhook_limit_exceeded: async () => {
    await rows(
      `INSERT INTO webhooks (id, name, url, events, secret, enabled, listens, created_at, updated_at)
       SELECT 'many' || value, '', '', '[]', '', 0, 0, 1, 1 FROM json_each(?)`,
      JSON.stringify([...Array(100).keys()]),
    );
    return {};
  },
  webhook_delivery_not_found: (_, { params }) => ({ params: { ...params, deliveryId: 'nothing' } }),
  activity_event_not_found: () => ({ params: { eventId: '999999999' } }),
  user_target_not_found: (_, { params }) => ({ params: { ...params, targetId: 'nothing' } }),
  user_target_already_exists: async (_, { body }) => {
    const identifier = freshId('device');
    await newTarget(await newUser(), { identifier });
    return { body: { ...body, identifier } };
  },
  user_identity_not_found: () => ({ params: { identityId: 'nothing' } }),
  user_identity_already_exists: async (_, { body }) => ({
    body: { ...body, identityId: await newIdentity(await newUser()) },
  }),
  user_count_changed: (_, { body }) => ({
    body: { ...body, confirm: 2 },
    message: 'The filters find 1 users now, and not as many as was confirmed.',
  }),
  password_recently_used: async (_, { params, body }) => {
    await api(`PATCH /users/${params?.userId}/password`, { body: { password: 'correct horse' } });
    return { body: { ...body, password: 'correct horse' }, env: { PASSWORD_HISTORY: '1' } };
  },
  password_personal_data: (_, { params, about, body }) => ({
    body: { ...body, password: `my ${body?.userId ?? about ?? params?.userId} 1` },
    env: { PASSWORD_PERSONAL_DATA: 'true' },
  }),
  user_not_found: (endpoint, { params, body }) =>
    endpoint.path.startsWith('/teams')
      ? { body: { ...body, userId: 'nobody' }, message: "User with given userId doesn't exist." }
      : { params: { ...params, userId: 'nobody' } },
  user_session_not_found: provokeNoSession,
  user_session_already_exists: async () => ({
    headers: withSession((await newSession(await newUser())).token),
  }),
  user_invalid_credentials: (_, { body }) => ({
    body: { ...body, [body?.oldPassword === undefined ? 'password' : 'oldPassword']: 'wrong horse' },
  }),
  user_invalid_token: (_, { body }) => ({
    body: { ...body, [body?.otp === undefined ? 'secret' : 'otp']: 'wrong' },
  }),
  user_blocked: provokeBlocked,
  general_smtp_disabled: () => ({ body: { factor: 'email' } }),
  general_phone_disabled: () => ({ body: { factor: 'phone' } }),
  general_totp_disabled: () => ({ env: { ENCRYPTION_KEY: 'a key that has sealed nothing in these tests' } }),
  user_more_factors_required: provokeLackOfFactor,
  user_challenge_required: provokeNoChallenge,
  user_authenticator_not_found: ofNewcomer,
  user_authenticator_already_verified: async () => ({
    headers: withSession((await newMfaUser(false)).token),
  }),
  user_recovery_codes_not_found: async (endpoint, valid) => ({
    ...(await ofNewcomer(endpoint, valid)),
    body: { factor: 'recoverycode' },
  }),
  user_recovery_codes_already_exists: async (_, { about, params }) => {
    await newRecoveryCodes(about ?? params?.userId ?? '');
    return {};
  },
  user_already_exists: async (endpoint, { body }) => ({
    body: { ...body, userId: await newUser() },
    message: endpoint.path.startsWith('/teams')
      ? "Given userId and email don't match"
      : 'A user with the same ID already exists in the current project.',
  }),
  user_email_already_exists: async (_, { body }) => {
    const email = `${freshId('taken')}@example.com`;
    await newIdentity(await newUser(), { providerEmail: email });
    return { body: { ...body, [body?.providerUid === undefined ? 'email' : 'providerEmail']: email } };
  },
  user_email_taken: async () => {
    const email = `${freshId('taken')}@example.com`;
    await newUser({ email });
    return { body: { email } };
  },
  user_phone_taken: async () => {
    const phone = freshPhone();
    await newUser({ phone });
    return { body: { number: phone } };
  },
  team_not_found: (_, { params }) => ({ params: { ...params, teamId: 'nothing' } }),
  team_already_exists: async (_, { body }) => ({ body: { ...body, teamId: await newTeam() } }),
  team_invite_not_found: (_, { params }) => ({ params: { ...params, membershipId: 'nothing' } }),
  team_membership_mismatch: async (_, { params }) => ({ params: { ...params, teamId: await newTeam() } }),
  membership_not_found: (_, { params }) => ({ params: { ...params, membershipId: 'nothing' } }),
  membership_already_confirmed: async (_, { params, body }) => {
    const userId = await newUser();
    await newMembership(params?.teamId ?? '', userId);
    return { body: { roles: body?.roles, userId } };
  },
};

const NO_WAY = (type: string) =>
  `Add '${type}' to provocations in test/support/provoke.ts: what turns a call that succeeds into one that is answered it.`;

/** How to make an endpoint answer an error that it declares. An error without a way fails its test here. */
export async function provoke(
  type: ErrorType,
  endpoint: AppEndpoint,
  valid: ValidCall,
): Promise<Provocation> {
  const make = provocations[type];
  if (make === undefined) throw new Error(NO_WAY(type));
  const { headers, ...provocation } = await make(endpoint, valid);
  return { ...provocation, headers: { ...valid.headers, ...headers } };
}

/** An identifier that is none of its type, for a target of that type. */
async function malformedTarget(
  { method }: AppEndpoint,
  { params, body }: ValidCall,
  providerType: 'email' | 'sms',
): Promise<Provocation> {
  if (method === 'POST') return { body: { ...body, providerType, identifier: 'nonsense' } };
  const identifier = providerType === 'email' ? `${freshId('mail')}@example.com` : freshPhone();
  const targetId = await newTarget(params?.userId ?? '', { providerType, identifier });
  return { params: { ...params, targetId }, body: { identifier: 'nonsense' } };
}

/** What a list calls its rows. */
const listed: Readonly<Record<string, string>> = {
  '/users': 'User',
  '/users/export': 'User',
  '/users/identities': 'Identity',
  '/users/:userId/targets': 'Target',
  '/teams': 'Team',
  '/project/keys': 'Key',
  '/webhooks': 'Webhook',
  '/webhooks/:webhookId/deliveries': 'Delivery',
  '/activities/events': 'Event',
};

const invalidQueries: Readonly<Record<string, string>> = {
  range: 'range=1y',
  limit: 'limit=101',
  total: 'total=maybe',
  format: 'format=xlsx',
  onDuplicate: 'onDuplicate=perhaps',
};
const invalidOptional: Readonly<Record<string, unknown>> = { duration: -1, dryRun: 'perhaps' };

/** Makes one parameter invalid: one in the path, or a required one in the body, or another. */
function invalidate({ params, query, body }: AppEndpoint, valid: ValidCall): Provocation {
  const inPath = Object.keys(params).at(-1);
  if (inPath !== undefined) {
    const message = new RegExp(`^Invalid \`${inPath}\` param: (UID must|Value must be one of)`);
    return { params: { ...valid.params, [inPath]: '_bad' }, message };
  }
  const required = Object.keys(body).find((name) => body[name]?.type !== 'optional');
  if (required !== undefined) return { body: {}, message: `Param "${required}" is not optional.` };
  const known = { ...invalidQueries, ...invalidOptional };
  const name = Object.keys({ ...query, ...body }).find((name) => name in known);
  if (name === undefined) {
    // It has no parameters; what comes as a form is read all the same.
    return {
      rawBody: 'name=%FF',
      ...header('content-type', 'application/x-www-form-urlencoded'),
      message: 'Parameters must be valid UTF-8.',
    };
  }
  const message = new RegExp(`^Invalid \`${name}\` param: Value must be`);
  return { query: invalidQueries[name] ?? '', body: invalidOptional, message };
}

/** A user that has nothing yet: in the path, or as the caller. */
async function ofNewcomer({ params }: AppEndpoint, valid: ValidCall): Promise<Provocation> {
  const userId = await newUser();
  if ('userId' in params) return { params: { ...valid.params, userId } };
  return { headers: withSession((await newSession(userId)).token) };
}

/** One more session without a tag, when the network has asked for as many as it may for some time to come. */
function afterFlood(): Provocation {
  for (let i = 0; i < BURST; i++) takeLookup('', Date.now() + 3_600_000);
  return {
    headers: withSession(sessionToken('nobody', '0'.repeat(64))),
    message: /^Too many unknown keys or sessions were sent from this network\./,
  };
}

/** The user blocked: a client of its own still shows a JWT; who signs in, or is signed in, has what it needs. */
async function provokeBlocked(
  endpoint: AppEndpoint,
  { about, params, body }: ValidCall,
): Promise<Provocation> {
  const userId = about ?? params?.userId;
  const isAccount = endpoint.scopes.includes('account');
  const { jwt } = isAccount ? (await api(`POST /users/${userId}/jwts`, { body: {} })).body : { jwt: null };
  await api(`PATCH /users/${userId}/status`, { body: { status: false } });
  if (isAccount) return { headers: { 'x-appwrite-session': null, 'x-appwrite-jwt': jwt } };
  if (endpoint.path !== '/account/sessions/token') return {};
  const { secret } = (await api(`POST /users/${userId}/tokens`, { body: {} })).body;
  return { body: { ...body, secret } };
}

/** Gives a user an authenticator, as if it had been there for years. */
const addAuthenticator = (userId: string) =>
  rows(
    `INSERT INTO authenticators (id, user_seq, type, secret, verified, created_at)
     SELECT 'made-up', seq, 'totp', 'made-up', 1, 1000 FROM users WHERE id = ?
     ON CONFLICT DO UPDATE SET verified = 1, created_at = 1000`,
    userId,
  );

/** A session of the user that is whole, but has passed no challenge of late. */
async function provokeNoChallenge({ path }: AppEndpoint, { about = '' }: ValidCall): Promise<Provocation> {
  await addAuthenticator(about);
  const headers = withSession((await newSession(about)).token);
  await api('PATCH /account/mfa', { headers, body: { mfa: true } });
  return path === '/account/mfa' ? { headers, body: { mfa: false } } : { headers };
}

/**
 * A session that has proved one factor of a user that wants two: another one of the user that the call is about, or where
 * it may read without, one of a user that acts as it.
 */
async function provokeLackOfFactor(
  { method, beforeMfa }: AppEndpoint,
  { about }: ValidCall,
): Promise<Provocation> {
  const acts = about === undefined || (beforeMfa && method === 'GET');
  const userId = acts ? await newUser() : about;
  if (acts) await api(`PATCH /users/${userId}/impersonator`, { body: { impersonator: true } });
  await addAuthenticator(userId);
  await api(`PATCH /users/${userId}/mfa`, { body: { mfa: true } });
  const headers = withSession((await newSession(userId)).token);
  return {
    headers: acts && about !== undefined ? { ...headers, 'x-appwrite-impersonate-user-id': about } : headers,
  };
}

/** A session of another ID; where the path names none, a JWT that has none. */
async function provokeNoSession({ params, body }: AppEndpoint, valid: ValidCall): Promise<Provocation> {
  if ('sessionId' in params) return { params: { ...valid.params, sessionId: 'nothing' } };
  if ('sessionId' in body) return { body: { sessionId: 'nothing' } };
  const { body: made } = await api(`POST /users/${valid.about}/jwts`, { body: {} });
  return { headers: { 'x-appwrite-session': null, 'x-appwrite-jwt': made.jwt } };
}
