import { describe, expect, test } from 'vitest';
import { foldText } from '../../src/text/fold';
import { api } from '../support/api';
import { namedEndpoints, toApi, validCall } from '../support/calls';
import { rows } from '../support/rows';

/** A name that SQL can't fold: had an endpoint forgotten its key, a trigger would have noted the row. */
const NAME = 'ÉVE Ünal';

const changes = namedEndpoints.filter(([name]) => !name.startsWith('GET '));

describe.each(changes)('%s', (_, endpoint) => {
  test('writes no name without its key', async () => {
    const call = await validCall(endpoint);
    const names = ['name', 'providerUid'].filter((name) => Object.hasOwn(endpoint.body ?? {}, name));
    const body = { ...call.body, ...Object.fromEntries(names.map((name) => [name, NAME])) };
    const [route, sent] = toApi(endpoint, { ...call, ...(names.length > 0 ? { body } : {}) });
    expect((await api(route, sent)).status).toBe(endpoint.status);
    const written = await rows(
      `SELECT name, name_key FROM users UNION ALL SELECT name, name_key FROM teams UNION ALL SELECT name, name_key FROM keys
       UNION ALL SELECT provider_uid, provider_uid_key FROM identities`,
    );
    for (const { name, name_key } of written) expect(name_key).toBe(foldText(String(name)));
    expect(await rows('SELECT * FROM stale_keys')).toEqual([]);
  });
});
