import { beforeAll, describe, expect, test } from 'vitest';
import { type Driver, post, textOf } from './driver';
import type { Sdk } from './generation';
import { importsDrivers } from './importsDrivers';
import { mfaDrivers } from './mfaDrivers';
import { recordsDrivers } from './recordsDrivers';
import { refused } from './refusals';
import { sessionsDrivers } from './sessionsDrivers';
import { targetsDrivers } from './targetsDrivers';
import { usersDrivers } from './usersDrivers';

const drivers: ReadonlyMap<string, Driver> = new Map(
  Object.entries({
    ...usersDrivers,
    ...importsDrivers,
    ...sessionsDrivers,
    ...recordsDrivers,
    ...targetsDrivers,
    ...mfaDrivers,
  }),
);

/** Tests every method that the SDK's class `Users` has, found by reflection: a new one fails until it is driven. */
export function describeUsers(sdk: Sdk): void {
  let scopeless = '';

  beforeAll(async () => {
    const key = { keyId: 'unique()', name: 'A key', scopes: ['keys.read'] };
    scopeless = textOf(await post('/project/keys', key), 'secret');
  });

  test('every method of the class Users is driven', () => {
    expect(sdk.methods.filter((method) => !drivers.has(method))).toEqual([]);
  });

  for (const method of sdk.methods) {
    const driver = drivers.get(method);
    if (driver === undefined) continue;
    describe(`users.${method}`, () => {
      test('is answered in the model of its time', () => driver.answers(sdk, method));

      test('is refused without its scope', async () => {
        const message = `app.default@service.localhost (role: applications) missing scopes (${JSON.stringify(driver.scopes)})`;
        expect(await sdk.refusal(method, driver.example, scopeless)).toEqual({
          code: 401,
          type: 'general_unauthorized_scope',
          message,
        });
      });

      const { absent } = driver;
      if (absent !== null) {
        test(`tells that there is none: ${absent}`, async () => {
          expect(await sdk.refusal(method, driver.example)).toEqual(refused(absent));
        });
      }

      const invalid = (driver.invalid ?? []).filter(([change]) =>
        Object.keys(change).every((name) => sdk.takes(method, name)),
      );
      if (invalid.length > 0) {
        test.each(invalid)('refuses %j', async (change, message) => {
          expect(await sdk.refusal(method, { ...driver.example, ...change })).toEqual({
            code: 400,
            type: 'general_argument_invalid',
            message,
          });
        });
      }
    });
  }

  test('a wrong key is told as one', async () => {
    const type = sdk.classic ? 'general_unauthorized_scope' : 'user_unauthorized';
    expect(await sdk.refusal('list', {}, 'wrong')).toEqual(refused(type));
  });
}
