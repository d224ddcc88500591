import { expect } from 'vitest';
import { type Driver, freshId, freshPhone, idsOf, newUser, readUsers, textOf, writeUsers } from './driver';
import type { Sdk } from './generation';
import { never, user } from './models';
import { refused, same } from './refusals';

const nobody = { userId: 'nobody' };

const create: Driver = {
  example: { userId: 'unique()', email: 'a@b.example', password: 'long enough' },
  absent: null,
  scopes: writeUsers,
  invalid: [
    [{ email: 'nonsense' }, 'Invalid `email` param: Value must be a valid email address'],
    [
      { userId: '-' },
      "Invalid `userId` param: Parameter must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char",
    ],
    [{ password: 'short' }, 'Invalid `password` param: Password must be between 8 and 256 characters long.'],
    [
      { name: 'x'.repeat(129) },
      'Invalid `name` param: Value must be a valid string and no longer than 128 chars',
    ],
  ],
  async answers(sdk, method) {
    const userId = freshId(sdk);
    const fields = { email: `${userId}@Example.com`, password: 'long enough', name: 'Ünïcode 👩‍🚀' };
    const phone = sdk.takes(method, 'phone') ? { phone: freshPhone(sdk) } : {};
    const stored = { email: `${userId}@example.com`, name: fields.name, ...phone };
    expect(await sdk.call(method, { userId, ...fields, ...phone })).toEqual(
      user(sdk, { $id: userId, ...stored }),
    );
    const again = { ...fields, email: 'other@example.com' };
    expect(await sdk.refusal(method, { userId, ...again })).toEqual(refused('user_already_exists', same.id));
    expect(await sdk.refusal(method, { userId: freshId(sdk), ...fields })).toEqual(
      refused('user_already_exists', same.email),
    );
    const made = await sdk.call(method, { userId: 'unique()', ...fields, email: `${userId}@two.example` });
    expect(textOf(made, '$id')).toMatch(/^[0-9a-f]{20}$/);
    if (phone.phone === undefined) return;
    const taken = { userId: freshId(sdk), ...phone };
    expect(await sdk.refusal(method, taken)).toEqual(refused('user_already_exists', same.phone));
    const bare = freshId(sdk);
    const none = { $id: bare, password: null, hashOptions: null, passwordUpdate: never(sdk) };
    expect(await sdk.call(method, { userId: bare })).toEqual(user(sdk, none));
  },
};

const get: Driver = {
  example: nobody,
  absent: 'user_not_found',
  scopes: readUsers,
  async answers(sdk, method) {
    const userId = await newUser(sdk, { name: 'Ada' });
    const whole = user(sdk, { $id: userId, name: 'Ada', email: `${userId}@example.com` });
    expect(await sdk.call(method, { userId })).toEqual(whole);
  },
};

const list: Driver = {
  example: { search: 'nobody there' },
  absent: null,
  scopes: readUsers,
  invalid: [
    [
      { search: 'x'.repeat(257) },
      'Invalid `search` param: Value must be a valid string and no longer than 256 chars',
    ],
  ],
  async answers(sdk, method) {
    const name = freshId(sdk);
    const [one, two] = [await newUser(sdk, { name }), await newUser(sdk, { name })];
    const expected = [one, two].map(($id) => user(sdk, { $id, name, email: `${$id}@example.com` }));
    expect(await sdk.call(method, { search: name })).toEqual({ total: 2, users: expected });
    expect(await sdk.call(method, { search: 'nobody there' })).toEqual({ total: 0, users: [] });
    expect(idsOf(await sdk.call(method)).length).toBeGreaterThan(1);
    if (!sdk.takes(method, 'total')) return;
    expect(await sdk.call(method, { search: name, total: false })).toEqual({ total: 0, users: expected });
  },
};

const remove: Driver = {
  example: nobody,
  absent: 'user_not_found',
  scopes: writeUsers,
  async answers(sdk, method) {
    const userId = await newUser(sdk);
    expect(await sdk.call(method, { userId })).toEqual(sdk.nothing);
    expect(await sdk.refusal(method, { userId })).toEqual(refused('user_not_found'));
    const email = `${userId}@example.com`;
    const again = await sdk.call('create', { userId, email, password: 'long enough' });
    expect(textOf(again, '$id'), 'ID and e-mail are free again').toBe(userId);
  },
};

/** A method that changes one field of a user. */
function change(
  valid: Readonly<Record<string, unknown>>,
  answered: Readonly<Record<string, unknown>>,
  invalid: Driver['invalid'] & object,
  also: (sdk: Sdk, method: string, userId: string) => Promise<void> = async () => {},
): Driver {
  return {
    example: { ...nobody, ...valid },
    absent: 'user_not_found',
    scopes: writeUsers,
    invalid,
    async answers(sdk, method) {
      const userId = await newUser(sdk);
      const whole = user(sdk, { $id: userId, email: `${userId}@example.com`, ...answered });
      expect(await sdk.call(method, { userId, ...valid })).toEqual(whole);
      expect(await sdk.call('get', { userId })).toEqual(whole);
      await also(sdk, method, userId);
    },
  };
}

const notBoolean = (name: string) => `Invalid \`${name}\` param: Value must be a valid boolean`;

/** Drivers of the methods that make, read and change users. */
export const usersDrivers: Readonly<Record<string, Driver>> = {
  list,
  create,
  get,
  delete: remove,
  updateName: change({ name: 'Renamed' }, { name: 'Renamed' }, [
    [
      { name: 'x'.repeat(129) },
      'Invalid `name` param: Value must be a valid string and no longer than 128 chars',
    ],
  ]),
  updatePassword: change(
    { password: 'longer than before' },
    {},
    [
      [
        { password: 'short' },
        'Invalid `password` param: Password must be between 8 and 256 characters long.',
      ],
    ],
    async (sdk, method, userId) => {
      const none = { $id: userId, email: `${userId}@example.com` };
      const hash = sdk.classic ? {} : { password: null, hashOptions: null };
      expect(await sdk.call(method, { userId, password: '' })).toEqual(user(sdk, { ...none, ...hash }));
    },
  ),
  updateStatus: change({ status: false }, { status: false }, [[{ status: 'maybe' }, notBoolean('status')]]),
  updateEmailVerification: change({ emailVerification: true }, { emailVerification: true }, [
    [{ emailVerification: 'maybe' }, notBoolean('emailVerification')],
  ]),
  updatePhoneVerification: change({ phoneVerification: true }, { phoneVerification: true }, [
    [{ phoneVerification: 'maybe' }, notBoolean('phoneVerification')],
  ]),
  updateLabels: change({ labels: ['vip', 'Beta2', 'vip'] }, { labels: ['vip', 'Beta2'] }, [
    [
      { labels: ['not a label'] },
      'Invalid `labels` param: Value must be an array of at most 1000 labels, each of 1 to 36 letters and digits',
    ],
  ]),
  updateImpersonator: change({ impersonator: true }, { impersonator: true }, [
    [{ impersonator: 'maybe' }, notBoolean('impersonator')],
  ]),
  updateEmail: {
    ...change({ email: 'Someone@else.example' }, {}, [
      [{ email: 'nonsense' }, 'Invalid `email` param: Value must be a valid email address'],
    ]),
    async answers(sdk, method) {
      const [userId, other] = [await newUser(sdk), await newUser(sdk)];
      await sdk.call('updateEmailVerification', { userId, emailVerification: true });
      const whole = user(sdk, { $id: userId, email: `${userId}@two.example`, emailVerification: false });
      expect(await sdk.call(method, { userId, email: `${userId}@TWO.example` })).toEqual(whole);
      const verified = await sdk.call('updateEmailVerification', { userId, emailVerification: true });
      expect(await sdk.call(method, { userId, email: `${userId}@Two.example` }), 'no change').toEqual(
        verified,
      );
      const type = sdk.since('1.5.0') ? 'user_target_already_exists' : 'user_email_already_exists';
      expect(await sdk.refusal(method, { userId, email: `${other}@example.com` })).toEqual(
        refused(type, same.email),
      );
    },
  },
  updatePhone: {
    ...change({ number: '+4912345678' }, {}, [
      [
        { number: '123' },
        "Invalid `number` param: Phone number must start with a '+' and have 7 to 15 digits, the first not zero",
      ],
    ]),
    async answers(sdk, method) {
      const [userId, other] = [await newUser(sdk), await newUser(sdk)];
      const phone = freshPhone(sdk);
      const whole = user(sdk, { $id: userId, email: `${userId}@example.com`, phone });
      expect(await sdk.call(method, { userId, number: phone })).toEqual(whole);
      const earlier = sdk.classic ? 'user_email_already_exists' : 'user_phone_already_exists';
      const type = sdk.since('1.5.0') ? 'user_target_already_exists' : earlier;
      expect(await sdk.refusal(method, { userId: other, number: phone })).toEqual(refused(type, same.phone));
    },
  },
};
