import * as v from 'valibot';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import type { Driver } from './driver';
import type { Sdk } from './generation';
import { recordsDrivers } from './recordsDrivers';
import { refused } from './refusals';
import { sessionsDrivers } from './sessionsDrivers';
import { usersDrivers } from './usersDrivers';

const drivers: ReadonlyMap<string, Driver> = new Map(
  Object.entries({ ...usersDrivers, ...sessionsDrivers, ...recordsDrivers }),
);

/** Tests every method that the SDK's class `Users` has, found by reflection: a new one fails until it is driven. */
export function describeUsers(sdk: Sdk): void {
  let scopeless = '';

  beforeAll(async () => {
    scopeless = await newKey(['keys.read']);
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
    expect(await sdk.refusal('list', {}, 'wrong')).toEqual(refused('user_unauthorized'));
  });
}

/** The secret of a new API key. */
async function newKey(scopes: readonly string[]): Promise<string> {
  const answer = await fetch(`${inject('endpoint')}/project/keys`, {
    method: 'POST',
    headers: { 'x-appwrite-key': inject('rootKey'), 'content-type': 'application/json' },
    body: JSON.stringify({ keyId: 'unique()', name: 'A key', scopes }),
  });
  return v.parse(v.looseObject({ secret: v.string() }), await answer.json()).secret;
}
