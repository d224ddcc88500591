import { beforeEach, describe, expect, test } from 'vitest';
import { forgetKeys } from '../../src/request/keyCache';
import { SCOPES } from '../../src/request/scopes';
import { api } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { expectError } from '../support/expect';
import { newKey } from '../support/given';
import { NOW } from '../support/models';
import { emptyStores, everything, row, rows } from '../support/rows';

stopClock();
beforeEach(async () => {
  await emptyStores();
  forgetKeys();
});

/** A key that manages keys; its last use is noted already. */
async function newManager(...more: string[]) {
  const { id, secret } = await newKey(['keys.write', ...more], { accessedAt: NOW.ms });
  return { id, headers: { 'x-appwrite-key': secret } };
}

const lacking = (...scopes: string[]) => ({
  message: `A key can neither give scopes that it lacks nor change a key that has them: ${JSON.stringify(scopes)}`,
});

describe('A key that makes keys', () => {
  test('gives scopes of its own, and none that it lacks', async () => {
    const { headers } = await newManager('users.read');
    const make = (scopes: readonly string[]) =>
      api('POST /project/keys', { headers, body: { keyId: 'unique()', name: 'Made', scopes } });
    expect((await make(['users.read', 'keys.write'])).status).toBe(201);
    expect((await make([])).status).toBe(201);
    const before = await everything();
    expectError(
      await make(['users.read', 'users.write', 'keys.read']),
      'general_unauthorized_scope',
      lacking('users.write', 'keys.read'),
    );
    expect(await everything()).toBe(before);
  });

  test('makes with the root key whatever there is', async () => {
    const body = { keyId: 'all', name: 'All', scopes: SCOPES };
    expect((await api('POST /project/keys', { body })).body.scopes).toEqual(SCOPES);
  });

  test('can not call it as the activity log calls the root key', async () => {
    const body = { keyId: 'root', name: 'Root key', scopes: [] };
    expectError(await api('POST /project/keys', { body }), 'key_already_exists');
  });
});

describe('A key that is gone, or has fewer scopes, while an instance still remembers it', () => {
  const ENDS = {
    deleted: 'DELETE FROM keys WHERE id = ?',
    'without a scope': `UPDATE keys SET scopes = '["keys.write"]' WHERE id = ?`,
    expired: 'UPDATE keys SET expire = 1 WHERE id = ?',
  };
  test.each(Object.entries(ENDS))('leaves no key behind, and changes none: %s', async (_, end) => {
    const { id, headers } = await newManager('users.read', 'keys.read');
    const other = (await newKey(['users.read'])).id;
    expect((await api('GET /project/keys', { headers })).status).toBe(200);
    // As another instance does, of which this one knows nothing.
    await rows(end, id);
    const before = await everything();
    const body = { name: 'Outlives it', scopes: ['users.read'] };
    for (const [route, more] of [
      ['POST /project/keys', { keyId: 'new' }],
      ['POST /project/keys', { keyId: other }],
      [`PUT /project/keys/${other}`, {}],
      [`DELETE /project/keys/${other}`, {}],
    ] as const) {
      expectError(await api(route, { headers, body: { ...body, ...more } }), 'user_unauthorized');
    }
    expect(await everything()).toBe(before);
  });
});

describe('A key that changes keys', () => {
  test('gives no other one a scope that it lacks, nor itself', async () => {
    const { id, headers } = await newManager();
    for (const keyId of [id, (await newKey([])).id]) {
      const body = { name: 'More', scopes: ['keys.write', 'users.read'] };
      const answer = await api(`PUT /project/keys/${keyId}`, { headers, body });
      expectError(answer, 'general_unauthorized_scope', lacking('users.read'));
    }
  });

  test('lets none last longer that has a scope which it lacks, nor takes from it, nor deletes it', async () => {
    const { headers } = await newManager('users.read');
    const strong = await newKey(['users.read', 'teams.write'], { expire: NOW.ms + 60_000 });
    const before = await everything();
    for (const scopes of [['users.read', 'teams.write'], ['users.read'], []]) {
      const body = { name: 'Taken', scopes, expire: '' };
      const answer = await api(`PUT /project/keys/${strong.id}`, { headers, body });
      expectError(answer, 'general_unauthorized_scope', lacking('teams.write'));
    }
    const answer = await api(`DELETE /project/keys/${strong.id}`, { headers });
    expectError(answer, 'general_unauthorized_scope', lacking('teams.write'));
    expect(await everything()).toBe(before);
  });

  test('changes and deletes those that can do no more than itself, and itself', async () => {
    const manager = await newManager('users.read');
    const { headers } = manager;
    const weak = await newKey(['users.read']);
    const body = { name: 'Changed', scopes: ['keys.write'] };
    expect((await api(`PUT /project/keys/${weak.id}`, { headers, body })).status).toBe(200);
    expect((await api(`DELETE /project/keys/${weak.id}`, { headers })).status).toBe(204);
    expect((await api(`DELETE /project/keys/${manager.id}`, { headers })).status).toBe(204);
  });

  test('is the root key for one with scopes that no version of this service knows', async () => {
    const { id } = await newKey(['functions.read']);
    expect((await api(`DELETE /project/keys/${id}`)).status).toBe(204);
  });

  test('is told of a key that is not there as anybody', async () => {
    const { headers } = await newManager();
    expectError(await api('DELETE /project/keys/nothing', { headers }), 'key_not_found');
  });
});

describe('The activity log', () => {
  test('tells of keys that are made, changed and deleted, and by whom', async () => {
    const { id, headers } = await newManager('users.read');
    const at = '/project/keys/logged';
    const from = { ...headers, 'cf-connecting-ip': '203.0.113.7' };
    const body = { name: 'Logged', scopes: ['users.read'] };
    await api('POST /project/keys', { headers: from, body: { keyId: 'logged', ...body } });
    await api(`PUT ${at}`, { headers: from, body });
    await api(`DELETE ${at}`, { headers: from });
    const line = {
      resource_id: 'logged',
      user_seq: 0,
      user_id: '',
      team_seq: null,
      actor_type: 'key',
      actor_id: id,
      ip: '203.0.113.7',
      time: NOW.ms,
      count: 1,
    };
    expect(await rows('SELECT * FROM activity ORDER BY seq')).toMatchObject([
      { event: 'key.create', ...line },
      { event: 'key.update', ...line },
      { event: 'key.delete', ...line },
    ]);
    expect(JSON.stringify(await rows('SELECT * FROM activity'))).not.toContain('standard_');
  });

  test('tells of none that is refused', async () => {
    const { headers } = await newManager();
    const body = { keyId: 'unique()', name: 'x', scopes: ['users.read'] };
    await api('POST /project/keys', { headers, body });
    await api('PUT /project/keys/nothing', { body });
    await api('DELETE /project/keys/nothing');
    const { id } = await newKey([]);
    await api('POST /project/keys', { body: { ...body, keyId: id } });
    expect(await rows('SELECT event FROM activity')).toEqual([]);
  });
});

test('Keys that are none are counted, without a row each', async () => {
  await rows('DELETE FROM usage');
  passTime(60_000);
  const total = () => row("SELECT sum(value) AS total FROM usage WHERE metric = 'key.unknown'");
  for (let i = 0; i < 50; i++) {
    const headers = { 'x-appwrite-key': i % 2 ? `standard_unknown-${i}` : `guess-${i}` };
    expectError(await api('GET /users', { headers }), 'user_unauthorized');
  }
  // Of the flood the first was written; the rest is with what comes ten seconds later.
  expect(await total()).toEqual({ total: 1 });
  passTime(10_000);
  await api('GET /users');
  expect(await total()).toEqual({ total: 50 });
  expect(await rows('SELECT 1 FROM activity')).toEqual([]);
});
