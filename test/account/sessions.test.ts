import { describe, expect, test } from 'vitest';
import { api } from '../support/api';
import { namedEndpoints, toApi, validCall } from '../support/calls';
import { expectError } from '../support/expect';
import { faultyStores, refusing } from '../support/faults';
import { everything } from '../support/rows';

const ofUsers = namedEndpoints.filter(([, { scopes }]) => scopes.includes('account'));

describe.each(ofUsers)('%s', (_, endpoint) => {
  test('sees at once that its session is revoked, though KV still has a copy, and changes nothing', async () => {
    const valid = await validCall(endpoint);
    const { stores } = faultyStores(refusing(/kv.delete/));
    await api(`DELETE /users/${valid.about}/sessions`, { env: stores });
    const headers = { ...valid.headers };
    expect((await api('GET /account/sessions/current', { headers })).status).toBe(200);
    const before = await everything();
    const [route, call] = toApi(endpoint, valid);
    expectError(await api(route, call), 'general_unauthorized_scope', {
      message: 'User (role: guests) missing scopes (["account"])',
    });
    expect(await everything()).toBe(before);
  });
});
