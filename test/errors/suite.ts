import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type ErrorType, type Generation, messageOf, toldAs, variantsOf } from '../../src/http/errors';
import { errorsOf } from '../../src/http/openapi';
import { api } from '../support/api';
import { type AppEndpoint, namedEndpoints, toApi, validCall } from '../support/calls';
import { expectError } from '../support/expect';
import { provoke } from '../support/provoke';
import { emptyStores, everything } from '../support/rows';

const VERSIONS: Readonly<Record<Generation, string>> = {
  classic: '0.15.0',
  'before1.5': '1.4.0',
  modern: '1.9.6',
};

/** Calls an endpoint so that it must answer the error, and asserts that it does and that nothing is written. */
async function check(endpoint: AppEndpoint, type: ErrorType, generation: Generation): Promise<void> {
  const valid = await validCall(endpoint);
  const { rawBody, message = messageOf(type), env, ...changes } = await provoke(type, endpoint, valid);
  const [route, call] = toApi(endpoint, { ...valid, ...changes });
  const before = await everything();
  const answer = await api(route, {
    ...call,
    headers: { 'x-appwrite-response-format': VERSIONS[generation], ...call.headers },
    ...(rawBody === undefined ? {} : { body: rawBody }),
    ...(env === undefined ? {} : { env }),
  });
  expectError(answer, toldAs(type, generation), { classic: generation === 'classic', message });
  expect(await everything()).toBe(before);
}

/** The endpoints of each file of this folder, by what their paths begin with: each file takes a part of the minutes. */
const PARTS = { users: /^\/users/, account: /^\/account/, others: /^\/(?!users|account)/ } as const;

/** The suite of one part. */
export function testErrors(part: keyof typeof PARTS): void {
  const named = namedEndpoints.filter(([, { path }]) => PARTS[part].test(path));
  beforeEach(async () => {
    await emptyStores();
    // A database that fails is told of on the console.
    vi.spyOn(console, 'error').mockReturnValue();
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  describe('Every endpoint answers every error that it declares, and writes nothing', () => {
    describe.each(named)('%s', (_, endpoint) => {
      test.each([...new Set(errorsOf(endpoint))])('%s', async (type) => {
        for (const { generation } of variantsOf(type)) await check(endpoint, type, generation);
      });
    });
  });

  test.each(named)(
    'A valid call of %s succeeds, so that its errors are due to what was changed in it',
    async (_, endpoint) => {
      const answer = await api(...toApi(endpoint, await validCall(endpoint)));
      expect(answer.status, answer.text).toBe(endpoint.status);
    },
  );

  test('An endpoint that reads a body says that a form can be wrong, whether or not it has parameters', () => {
    const silent = named.filter(
      ([, endpoint]) => endpoint.method !== 'GET' && !errorsOf(endpoint).includes('general_argument_invalid'),
    );
    expect(silent.map(([name]) => name)).toEqual([]);
  });
}
