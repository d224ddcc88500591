import { beforeEach, describe, expect, test } from 'vitest';
import { api } from '../support/api';
import { expectError, expectInvalid } from '../support/expect';
import { freshId, newIdentity, newSession, newTarget, newTeam, newUser, withSession } from '../support/given';
import { importBody, importRoute, knownHash } from '../support/imports';
import { emptyStores, everything } from '../support/rows';

beforeEach(emptyStores);

/** Addresses whose lower case, by Unicode's rules, is an ASCII one or looks like it. */
const FOREIGN = ['\u212Aelvin@example.com', 'kelvin@\u212A.example.com', '\u017Fam@example.com'];
const KELVIN = 'kelvin@example.com';
const RULE = 'Value must be a valid email address';

const imports = (['argon2', 'bcrypt', 'md5', 'phpass', 'sha', 'scrypt', 'scryptMod'] as const).map(
  (algorithm) => [importRoute(algorithm), importBody(knownHash(algorithm))] as const,
);

describe.each(FOREIGN)('The address %j is judged as it was sent, and refused', (address) => {
  test('wherever one is a parameter; nothing is written', async () => {
    const [user, team] = [await newUser({ email: KELVIN, password: 'correct horse' }), await newTeam()];
    const before = await everything();
    for (const [route, body, name = 'email'] of [
      ['POST /users', { userId: freshId(), email: address }],
      ...imports.map(([route, hash]) => [route, { ...hash, userId: freshId(), email: address }] as const),
      [`PATCH /users/${user}/email`, { email: address }],
      ['POST /account/sessions/email', { email: address, password: 'correct horse' }],
      ['POST /account/sessions', { email: address, password: 'correct horse' }],
      [`POST /teams/${team}/memberships`, { email: address, roles: [] }],
      [
        `POST /users/${user}/identities`,
        { provider: 'github', providerUid: 'x', providerEmail: address },
        'providerEmail',
      ],
    ] as const) {
      expectInvalid(await api(route, { body }), name, RULE);
    }
    expect(await everything()).toBe(before);
  });

  test('as the identifier of a target, new or changed', async () => {
    const user = await newUser();
    const target = await newTarget(user, { providerType: 'email', identifier: KELVIN });
    const before = await everything();
    const body = { targetId: freshId(), providerType: 'email', identifier: address };
    expectError(await api(`POST /users/${user}/targets`, { body }), 'general_invalid_email');
    const changed = { identifier: address, name: 'Changed' };
    const answer = await api(`PATCH /users/${user}/targets/${target}`, { body: changed });
    expectError(answer, 'general_invalid_email');
    expect(await everything()).toBe(before);
  });

  test('as that of the user to act as', async () => {
    await newUser({ email: KELVIN });
    const actor = await newUser();
    const { token } = await newSession(actor);
    await api(`PATCH /users/${actor}/impersonator`, { body: { impersonator: true } });
    const ask = (email: string) =>
      api(`GET /account?impersonateEmail=${encodeURIComponent(email)}`, { headers: withSession(token) });
    expect((await ask(KELVIN.toUpperCase())).body.email).toBe(KELVIN);
    expectError(await ask(address), 'user_unauthorized', {
      message: 'The user to act as could not be found.',
    });
  });

  test('and as the value of a query it finds nobody', async () => {
    const user = await newUser({ email: KELVIN });
    await newIdentity(user, { providerEmail: KELVIN });
    const ask = async (path: string, attribute: string, value: string) => {
      const query = JSON.stringify({ method: 'equal', attribute, values: [value] });
      return (await api(`GET ${path}?queries[]=${encodeURIComponent(query)}`)).body.total;
    };
    for (const [path, attribute] of [
      ['/users', 'email'],
      ['/users/identities', 'providerEmail'],
    ] as const) {
      expect(await ask(path, attribute, KELVIN.toUpperCase())).toBe(1);
      expect(await ask(path, attribute, address)).toBe(0);
    }
  });
});
