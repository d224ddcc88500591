import { expect } from 'vitest';
import { type Driver, freshId, newUser, post, readUsers, textOf, writeUsers } from './driver';
import type { Params, Sdk } from './generation';
import { identity, target } from './models';
import { refused } from './refusals';

const nobody = { userId: 'nobody' };
const nothing = { ...nobody, targetId: 'nothing' };

/** A user with a target, beside the one that its e-mail address is. */
async function withTarget(sdk: Sdk, method = 'createTarget') {
  const userId = await newUser(sdk);
  const targetId = freshId(sdk);
  const fields = { providerType: 'push', identifier: `device-${targetId}`, name: 'A phone' };
  const made = await sdk.call(method, { userId, targetId, ...fields });
  return { userId, targetId, made, told: { $id: targetId, userId, ...fields } };
}

const text255 = 'Value must be a valid string and at least 1 chars and no longer than 255 chars';

const targets: Readonly<Record<string, Driver>> = {
  listTargets: {
    example: nobody,
    absent: 'user_not_found',
    scopes: readUsers,
    async answers(sdk, method) {
      const { userId, targetId, told } = await withTarget(sdk);
      const all = [target(sdk, { userId, identifier: `${userId}@example.com` }), target(sdk, told)];
      expect(await sdk.call(method, { userId })).toEqual({ total: 2, targets: all });
      const query = (name: string, ...values: unknown[]) => sdk.queries.get(name)?.(...values);
      const push = { userId, queries: [query('equal', 'providerType', 'push'), query('limit', 5)] };
      expect(await sdk.call(method, push)).toEqual({ total: 1, targets: all.slice(1) });
      const before = { userId, queries: [query('cursorBefore', targetId)] };
      expect(await sdk.call(method, before)).toEqual({ total: 2, targets: all.slice(0, 1) });
      const wrong = { userId, queries: [query('equal', 'name', 'A phone')] };
      expect(await sdk.refusal(method, wrong)).toMatchObject({ code: 400, type: 'general_argument_invalid' });
      if (sdk.takes(method, 'total'))
        expect(await sdk.call(method, { userId, total: false })).toEqual({ total: 0, targets: all });
    },
  },
  createTarget: {
    example: { ...nothing, providerType: 'push', identifier: 'a device' },
    absent: 'user_not_found',
    scopes: writeUsers,
    invalid: [
      [{ providerType: 'fax' }, 'Invalid `providerType` param: Value must be one of (email, sms, push)'],
      [{ identifier: '' }, `Invalid \`identifier\` param: ${text255}`],
    ],
    async answers(sdk, method) {
      const { userId, targetId, made, told } = await withTarget(sdk, method);
      expect(made).toEqual(target(sdk, told));
      const more = { userId, targetId: freshId(sdk), providerType: 'push', identifier: freshId(sdk) };
      const whole = { ...more, providerId: 'fcm', name: 'A tablet' };
      const { targetId: $id, ...fields } = whole;
      expect(await sdk.call(method, whole)).toEqual(target(sdk, { $id, ...fields }));
      const taken = refused('user_target_already_exists');
      expect(await sdk.refusal(method, { ...more, targetId }), 'the ID').toEqual(taken);
      expect(await sdk.refusal(method, { ...more, targetId: freshId(sdk) }), 'the device').toEqual(taken);
      const email = { ...more, providerType: 'email', identifier: 'nonsense' };
      expect(await sdk.refusal(method, email)).toEqual(refused('general_invalid_email'));
      const sms = { ...more, providerType: 'sms', identifier: 'nonsense' };
      expect(await sdk.refusal(method, sms)).toEqual(refused('general_invalid_phone'));
    },
  },
  getTarget: {
    example: nothing,
    absent: 'user_not_found',
    scopes: readUsers,
    async answers(sdk, method) {
      const { userId, targetId, told } = await withTarget(sdk);
      expect(await sdk.call(method, { userId, targetId })).toEqual(target(sdk, told));
      const missing = { userId, targetId: 'nothing' };
      expect(await sdk.refusal(method, missing)).toEqual(refused('user_target_not_found'));
      const elsewhere = { userId: await newUser(sdk), targetId };
      expect(await sdk.refusal(method, elsewhere)).toEqual(refused('user_target_not_found'));
    },
  },
  updateTarget: {
    example: { ...nothing, name: 'Renamed' },
    absent: 'user_not_found',
    scopes: writeUsers,
    invalid: [[{ identifier: '' }, `Invalid \`identifier\` param: ${text255}`]],
    async answers(sdk, method) {
      const { userId, targetId, told } = await withTarget(sdk);
      const renamed = { ...told, name: 'Renamed' };
      expect(await sdk.call(method, { userId, targetId, name: 'Renamed' })).toEqual(target(sdk, renamed));
      const moved = { identifier: freshId(sdk), providerId: 'fcm' };
      expect(await sdk.call(method, { userId, targetId, ...moved })).toEqual(
        target(sdk, { ...renamed, ...moved }),
      );
      const other = await withTarget(sdk);
      const taken = { userId, targetId, identifier: other.told.identifier };
      expect(await sdk.refusal(method, taken)).toEqual(refused('user_target_already_exists'));
      const missing = { userId, targetId: 'nothing', name: 'x' };
      expect(await sdk.refusal(method, missing)).toEqual(refused('user_target_not_found'));
    },
  },
  deleteTarget: {
    example: nothing,
    absent: 'user_not_found',
    scopes: writeUsers,
    async answers(sdk, method) {
      const { userId, targetId } = await withTarget(sdk);
      expect(await sdk.call(method, { userId, targetId })).toEqual(sdk.nothing);
      expect(await sdk.refusal(method, { userId, targetId })).toEqual(refused('user_target_not_found'));
    },
  },
};

/** A user with an account at another provider. No SDK makes one: Appwrite's own OAuth2 flow does. */
async function withIdentity(sdk: Sdk) {
  const userId = await newUser(sdk);
  const fields: Params = {
    provider: 'github',
    providerUid: userId,
    providerEmail: `${userId}@github.example`,
  };
  const made = await post(`/users/${userId}/identities`, fields);
  const identityId = textOf(made, '$id');
  return { identityId, told: { $id: identityId, userId, ...fields } };
}

const identities: Readonly<Record<string, Driver>> = {
  listIdentities: {
    example: {},
    absent: null,
    scopes: readUsers,
    invalid: [
      [
        { search: 'x'.repeat(257) },
        'Invalid `search` param: Value must be a valid string and no longer than 256 chars',
      ],
    ],
    async answers(sdk, method) {
      const { told } = await withIdentity(sdk);
      const identities = [identity(sdk, told)];
      expect(await sdk.call(method, { search: String(told.userId) })).toEqual({ total: 1, identities });
      const equal = sdk.queries.get('equal') ?? String;
      const queries = [equal('provider', 'github'), equal('providerUid', told.userId)];
      expect(await sdk.call(method, { queries })).toEqual({ total: 1, identities });
      if (sdk.takes(method, 'total'))
        expect(await sdk.call(method, { queries, total: false })).toEqual({ total: 0, identities });
      const wrong = { queries: [equal('nonsense', 1)] };
      expect(await sdk.refusal(method, wrong)).toMatchObject({ code: 400, type: 'general_argument_invalid' });
    },
  },
  deleteIdentity: {
    example: { identityId: 'nothing' },
    absent: 'user_identity_not_found',
    scopes: writeUsers,
    async answers(sdk, method) {
      const { identityId } = await withIdentity(sdk);
      expect(await sdk.call(method, { identityId })).toEqual(sdk.nothing);
      expect(await sdk.refusal(method, { identityId })).toEqual(refused('user_identity_not_found'));
    },
  },
};

/** Drivers of the methods of where users can be reached, and of what else they sign in with. */
export const targetsDrivers: Readonly<Record<string, Driver>> = { ...targets, ...identities };
