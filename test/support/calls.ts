import { endpoints } from '../../src/app';
import type { HashName } from '../../src/passwords';
import { api, type Call } from './api';
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
  withSession,
} from './given';
import { importBody, knownHash } from './imports';
import { mfaCalls } from './mfaCalls';

export type AppEndpoint = (typeof endpoints)[number];

/** A call of an endpoint that will succeed: path parameters, query, body. */
export interface ValidCall extends Pick<Call, 'headers'> {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: Readonly<Record<string, unknown>>;
  /** Of a body that is many. */
  readonly rows?: readonly Readonly<Record<string, unknown>>[];
  /** The user that it is about, where the path does not tell. */
  readonly about?: string;
}

type Body = Readonly<Record<string, unknown>>;

const plain = async (): Promise<ValidCall> => ({});

const ofUser = (body?: Body) => async (): Promise<ValidCall> => {
  const userId = await newUser();
  return { params: { userId }, ...(body === undefined ? {} : { body }) };
};

const ofKey = (body?: Body) => async (): Promise<ValidCall> => {
  const { id: keyId } = await newKey(['users.read']);
  return { params: { keyId }, ...(body === undefined ? {} : { body }) };
};

/** A user with something to take away: a session and a place in a team. */
const ofUserWithPossessions = (body?: Body) => async (): Promise<ValidCall> => {
  const call = await ofUser(body)();
  const { userId = '' } = call.params ?? {};
  await newSession(userId);
  await newMembership(await newTeam(), userId);
  return call;
};

const ofSession = async (): Promise<ValidCall> => {
  const userId = await newUser();
  return { params: { userId, sessionId: (await newSession(userId)).id } };
};

const asUser = (body?: Body) => async (): Promise<ValidCall> => {
  const userId = await newUser({ password: 'correct horse' });
  const { token } = await newSession(userId);
  return { headers: withSession(token), about: userId, ...(body === undefined ? {} : { body }) };
};

/** Asks about another session than the one that it shows: that one is known without asking D1. */
const asUserOfTwoSessions = async (): Promise<ValidCall> => {
  const call = await asUser()();
  return { ...call, params: { sessionId: (await newSession(call.about ?? '')).id } };
};

const signIn = async (): Promise<ValidCall> => {
  const email = `${freshId('mail')}@example.com`;
  const about = await newUser({ email, password: 'correct horse' });
  return { headers: { 'x-appwrite-key': null }, body: { email, password: 'correct horse' }, about };
};

const signInWithToken = async (): Promise<ValidCall> => {
  const userId = await newUser();
  const { body } = await api(`POST /users/${userId}/tokens`, { body: {} });
  return { headers: { 'x-appwrite-key': null }, body: { userId, secret: body.secret }, about: userId };
};

const ofTarget = (body?: Body) => async (): Promise<ValidCall> => {
  const call = await ofUser(body)();
  const { userId = '' } = call.params ?? {};
  return { ...call, params: { userId, targetId: await newTarget(userId) } };
};

const ofIdentity = async (): Promise<ValidCall> => ({
  params: { identityId: await newIdentity(await newUser()) },
});

const importUser = (algorithm: HashName) => async (): Promise<ValidCall> => {
  const userId = freshId('imported');
  return { body: { userId, email: `${userId}@example.com`, ...importBody(knownHash(algorithm)) } };
};

const ofTeam = (body?: Body) => async (): Promise<ValidCall> => {
  const teamId = await newTeam();
  return { params: { teamId }, ...(body === undefined ? {} : { body }) };
};

const ofTeamWithMember = (body?: Body) => async (): Promise<ValidCall> => {
  const call = await ofTeam(body)();
  const membershipId = await newMembership(call.params?.teamId ?? '', await newUser());
  return { ...call, params: { ...call.params, membershipId } };
};

const ofWebhook = (body?: Body) => async (): Promise<ValidCall> => ({
  params: { webhookId: await newWebhook() },
  ...(body === undefined ? {} : { body }),
});

/** A webhook with a delivery: of a test. */
const ofDelivery = async (): Promise<ValidCall> => {
  const webhookId = await newWebhook();
  const { body } = await api(`POST /webhooks/${webhookId}/test`, { body: {} });
  return { params: { webhookId, deliveryId: body.$id } };
};

const ofEvent = async (): Promise<ValidCall> => {
  await newUser();
  const { body } = await api('GET /activities/events?queries[]=limit(1)');
  return { params: { eventId: body.events[0].$id } };
};

const webhook = { name: 'CI', url: 'https://receiver.example.com/hook', events: ['users.*.create'] };

const key = { name: 'CI', scopes: ['users.read'] };

/** For every endpoint, what makes a call of it that succeeds; what it needs is made first. */
const validCalls: Readonly<Record<string, () => Promise<ValidCall>>> = {
  'GET /': plain,
  'GET /openapi.json': plain,
  'GET /reference': plain,
  'GET /project/configuration': plain,
  'GET /project/usage/failures': async () => ({ query: 'range=24h' }),
  'GET /health': plain,
  'GET /health/version': plain,
  'GET /users': async () => ({ query: 'search=a&limit=5' }),
  'POST /users': async () => ({ body: { userId: freshId('new'), name: 'New' } }),
  'POST /users/argon2': importUser('argon2'),
  'POST /users/bcrypt': importUser('bcrypt'),
  'POST /users/md5': importUser('md5'),
  'POST /users/phpass': importUser('phpass'),
  'POST /users/sha': importUser('sha'),
  'POST /users/scrypt': importUser('scrypt'),
  'POST /users/scrypt-modified': importUser('scryptMod'),
  'PATCH /users': async () => ({
    body: { userIds: [await newUser()], status: false, labels: { add: ['bulk'] }, emailVerification: true },
  }),
  'DELETE /users': async () => {
    const userId = await newUser();
    await newSession(userId);
    const filter = { method: 'equal', attribute: '$id', values: [userId] };
    return { body: { queries: [JSON.stringify(filter)], confirm: 1 } };
  },
  'POST /users/import': async () => ({
    query: 'onDuplicate=fail',
    rows: [{ userId: freshId('row'), targets: [{ providerType: 'push', identifier: freshId('device') }] }],
  }),
  'GET /users/export': async () => {
    await newUser();
    return { query: 'search=user' };
  },
  'GET /users/:userId/export': ofUserWithPossessions(),
  'GET /users/identities': async () => ({ query: 'search=git' }),
  'DELETE /users/identities/:identityId': ofIdentity,
  'GET /users/usage': async () => ({ query: 'range=24h' }),
  'GET /users/:userId': ofUser(),
  'DELETE /users/:userId': ofUserWithPossessions(),
  'PATCH /users/:userId/name': ofUser({ name: 'Changed' }),
  'PATCH /users/:userId/email': async () => ofUser({ email: `${freshId('mail')}@example.com` })(),
  'PATCH /users/:userId/phone': async () => ofUser({ number: freshPhone() })(),
  'PATCH /users/:userId/password': ofUser({ password: 'correct horse' }),
  'PATCH /users/:userId/status': ofUserWithPossessions({ status: false }),
  'PATCH /users/:userId/verification': ofUser({ emailVerification: true }),
  'PATCH /users/:userId/verification/phone': ofUser({ phoneVerification: true }),
  'PUT /users/:userId/labels': ofUser({ labels: ['vip'] }),
  'PATCH /users/:userId/impersonator': ofUser({ impersonator: true }),
  'GET /users/:userId/prefs': ofUser(),
  'PATCH /users/:userId/prefs': ofUser({ prefs: { theme: 'dark' } }),
  'GET /users/:userId/logs': ofUser(),
  'GET /users/:userId/memberships': ofUserWithPossessions(),
  'GET /users/:userId/targets': ofTarget(),
  'POST /users/:userId/targets': async () =>
    ofUser({ targetId: freshId('new-target'), providerType: 'push', identifier: freshId('device') })(),
  'GET /users/:userId/targets/:targetId': ofTarget(),
  'PATCH /users/:userId/targets/:targetId': async () => ofTarget({ identifier: freshId('device') })(),
  'DELETE /users/:userId/targets/:targetId': ofTarget(),
  'POST /users/:userId/identities': async () =>
    ofUser({ identityId: freshId('new-identity'), provider: 'github', providerUid: freshId('uid') })(),
  'GET /users/:userId/sessions': ofUserWithPossessions(),
  'POST /users/:userId/sessions': ofUser({}),
  'DELETE /users/:userId/sessions': ofUserWithPossessions(),
  'DELETE /users/:userId/sessions/:sessionId': ofSession,
  'POST /users/:userId/tokens': ofUser({ length: 32 }),
  'POST /users/:userId/jwts': ofUser({}),
  'GET /teams': async () => ({ query: 'search=a&limit=5' }),
  'POST /teams': async () => ({ body: { teamId: freshId('new-team'), name: 'New' } }),
  'GET /teams/:teamId': ofTeam(),
  'PUT /teams/:teamId': ofTeam({ name: 'Changed' }),
  'DELETE /teams/:teamId': ofTeamWithMember(),
  'GET /teams/:teamId/prefs': ofTeam(),
  'PUT /teams/:teamId/prefs': ofTeam({ prefs: { theme: 'dark' } }),
  'GET /teams/:teamId/logs': ofTeamWithMember(),
  'GET /teams/:teamId/memberships': ofTeamWithMember(),
  'POST /teams/:teamId/memberships': async () =>
    ofTeam({ email: `${freshId('mail')}@example.com`, phone: freshPhone(), roles: ['editor'] })(),
  'GET /teams/:teamId/memberships/:membershipId': ofTeamWithMember(),
  'PATCH /teams/:teamId/memberships/:membershipId': ofTeamWithMember({ roles: ['editor'] }),
  'DELETE /teams/:teamId/memberships/:membershipId': ofTeamWithMember(),
  'GET /account': asUser(),
  'GET /account/prefs': asUser(),
  'PATCH /account/password': asUser({ password: 'another horse', oldPassword: 'correct horse' }),
  'GET /account/sessions': asUser(),
  'GET /account/sessions/:sessionId': asUserOfTwoSessions,
  'PATCH /account/sessions/:sessionId': asUserOfTwoSessions,
  'DELETE /account/sessions/:sessionId': asUserOfTwoSessions,
  'DELETE /account/sessions': asUser(),
  'POST /account/sessions/email': signIn,
  'POST /account/sessions': signIn,
  'POST /account/sessions/token': signInWithToken,
  'POST /account/jwts': asUser({}),
  'POST /account/jwt': asUser({}),
  ...mfaCalls,
  'POST /project/keys': async () => ({ body: { keyId: freshId('new-key'), ...key } }),
  'POST /project/keys/ephemeral': async () => ({ body: { scopes: ['keys.write'], duration: 60 } }),
  'GET /project/keys': plain,
  'GET /project/keys/:keyId': ofKey(),
  'PUT /project/keys/:keyId': ofKey(key),
  'DELETE /project/keys/:keyId': ofKey(),
  'POST /webhooks': async () => ({ body: { webhookId: freshId('new-webhook'), ...webhook } }),
  'GET /webhooks': plain,
  'GET /webhooks/:webhookId': ofWebhook(),
  'PUT /webhooks/:webhookId': ofWebhook(webhook),
  'PATCH /webhooks/:webhookId/secret': ofWebhook({}),
  'DELETE /webhooks/:webhookId': ofWebhook(),
  'POST /webhooks/:webhookId/test': ofWebhook(),
  'GET /webhooks/:webhookId/deliveries': ofDelivery,
  'POST /webhooks/:webhookId/deliveries/:deliveryId/retry': ofDelivery,
  'POST /webhooks/:webhookId/replay': ofWebhook({ sequence: 1 }),
  'GET /activities/events': ofEvent,
  'GET /activities/events/:eventId': ofEvent,
};

/** `PATCH /users/:userId/name`: what tests call an endpoint by. */
export const nameOf = ({ method, path }: AppEndpoint) => `${method} ${path}`;

/** The endpoints by their names, for `test.each`. */
export const namedEndpoints = endpoints.map((endpoint) => [nameOf(endpoint), endpoint] as const);

const NO_CALL = (name: string) =>
  `Add a line '${name}' to validCalls in test/support/calls.ts: a call of it that succeeds. The tests of errors, of cost and of the budget, and the fuzz, then cover it by themselves.`;

/** Makes a call of an endpoint that will succeed. An endpoint without one in the table fails its tests here. */
export async function validCall(endpoint: AppEndpoint): Promise<ValidCall> {
  const make = validCalls[nameOf(endpoint)];
  if (make === undefined) throw new Error(NO_CALL(nameOf(endpoint)));
  return make();
}

/** What to give to `api` for a call. */
export function toApi(
  endpoint: AppEndpoint,
  { params = {}, query = '', body, rows, headers = {} }: ValidCall,
) {
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const route = `${endpoint.method} ${path}${query === '' ? '' : `?${query}`}`;
  return [route, { headers, ...(endpoint.method === 'GET' ? {} : { body: rows ?? body ?? {} }) }] as const;
}

let phones = 0;

/** A phone number that no other test of the file uses. */
export const freshPhone = () => `+4915${String(++phones).padStart(9, '0')}`;
