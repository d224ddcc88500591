import { beforeEach, describe, expect, test } from 'vitest';
import { api } from '../support/api';
import { freshPhone } from '../support/calls';
import { expectError } from '../support/expect';
import { freshId, newIdentity, newTarget, newTeam, newUser } from '../support/given';
import { importBody, importRoute, knownHash } from '../support/imports';
import { emptyStores, everything } from '../support/rows';

beforeEach(emptyStores);

type Body = Readonly<Record<string, unknown>>;

const as = (version: string) => ({ 'x-appwrite-response-format': version });

const SAME = {
  id: 'A user with the same ID already exists in the current project.',
  email: 'A user with the same email already exists in the current project.',
  phone: 'A user with the same phone number already exists in the current project.',
  emailTarget: 'A target of another user with the same email already exists in the current project.',
  phoneTarget: 'A target of another user with the same phone number already exists in the current project.',
};

/** Every call that makes a user: its body beside the ID, and whether it takes a phone number. */
const makers: [route: string, body: Body, takesPhone: boolean][] = [
  ['POST /users', {}, true],
  ...(['argon2', 'bcrypt', 'md5', 'phpass', 'sha', 'scrypt', 'scryptMod'] as const).map(
    (algorithm): [string, Body, boolean] => [importRoute(algorithm), importBody(knownHash(algorithm)), false],
  ),
];

describe.each(['0.15.0', '1.4.0', '1.9.6'])('To a client of %s', (version) => {
  const headers = as(version);
  const classic = version === '0.15.0';

  test.each(makers)(
    '%s tells by one type whatever is taken, and names it',
    async (route, body, takesPhone) => {
      const [email, phone, targeted] = [`${freshId('mail')}@example.com`, freshPhone(), freshPhone()];
      const target = `${freshId('mail')}@example.com`;
      const userId = await newUser({ email, phone });
      await newTarget(userId, { providerType: 'email', identifier: target });
      await newTarget(userId, { providerType: 'sms', identifier: targeted });
      const fresh = () => ({ ...body, userId: freshId(), email: `${freshId('mail')}@example.com` });
      const before = await everything();
      for (const [taken, message] of [
        [{ userId }, SAME.id],
        [{ userId, email }, /same (ID|email)/],
        [{ email: email.toUpperCase() }, SAME.email],
        [{ email: target.toUpperCase() }, SAME.emailTarget],
        ...(takesPhone
          ? ([
              [{ phone }, SAME.phone],
              [{ phone: targeted }, SAME.phoneTarget],
            ] as const)
          : []),
      ] as const) {
        const answer = await api(route, { body: { ...fresh(), ...taken }, headers });
        expectError(answer, 'user_already_exists', { message, classic });
      }
      expect(await everything()).toBe(before);
    },
  );

  test('so does a call that adds a newcomer to a team', async () => {
    const [team, phone, identifier] = [await newTeam(), freshPhone(), `${freshId('mail')}@example.com`];
    await newTarget(await newUser({ phone }), { providerType: 'email', identifier });
    const before = await everything();
    for (const [named, message] of [
      [{ email: `${freshId('mail')}@example.com`, phone }, SAME.phone],
      [{ email: identifier }, SAME.emailTarget],
    ] as const) {
      const answer = await api(`POST /teams/${team}/memberships`, { body: { ...named, roles: [] }, headers });
      expectError(answer, 'user_already_exists', { message, classic });
    }
    expect(await everything()).toBe(before);
  });

  test('the address of an identity alone keeps the type that Appwrite has for it', async () => {
    const email = `${freshId('mail')}@example.com`;
    const [userId, other, team] = [await newUser(), await newUser(), await newTeam()];
    await newIdentity(userId, { providerEmail: email });
    const before = await everything();
    const identity = { provider: 'gitlab', providerUid: freshId('uid'), providerEmail: email };
    for (const [route, body] of [
      ['POST /users', { userId: freshId(), email }],
      [`PATCH /users/${other}/email`, { email }],
      [`POST /users/${other}/identities`, identity],
      [`POST /teams/${team}/memberships`, { email, roles: [] }],
    ] as const) {
      expectError(await api(route, { body, headers }), 'user_email_already_exists', { classic });
    }
    expect(await everything()).toBe(before);
    // What is the user's own besides is told as that.
    await api(`PATCH /users/${userId}/email`, { body: { email } });
    const again = { userId: freshId(), email };
    const answer = await api('POST /users', { body: again, headers });
    expectError(answer, 'user_already_exists', { message: SAME.email, classic });
  });
});

describe('A change to what is taken is told by the type of the client’s generation', () => {
  test.each([
    ['0.15.0', 'user_email_already_exists', 'user_email_already_exists'],
    ['1.0.0', 'user_email_already_exists', 'user_phone_already_exists'],
    ['1.4.0', 'user_email_already_exists', 'user_phone_already_exists'],
    ['1.5.0', 'user_target_already_exists', 'user_target_already_exists'],
    ['1.9.6', 'user_target_already_exists', 'user_target_already_exists'],
  ] as const)('%s: %s for an address, %s for a number', async (version, ofEmail, ofPhone) => {
    const [email, identifier] = [`${freshId('mail')}@example.com`, `${freshId('mail')}@example.com`];
    const [phone, number] = [freshPhone(), freshPhone()];
    const [id, other] = [await newUser(), await newUser({ email, phone })];
    await newTarget(other, { providerType: 'email', identifier });
    await newTarget(other, { providerType: 'sms', identifier: number });
    const before = await everything();
    for (const [field, body, type, message] of [
      ['email', { email: email.toUpperCase() }, ofEmail, SAME.email],
      ['email', { email: identifier.toUpperCase() }, ofEmail, SAME.emailTarget],
      ['phone', { number: phone }, ofPhone, SAME.phone],
      ['phone', { number }, ofPhone, SAME.phoneTarget],
    ] as const) {
      const answer = await api(`PATCH /users/${id}/${field}`, { body, headers: as(version) });
      expectError(answer, type, { message });
    }
    expect(await everything()).toBe(before);
  });
});
