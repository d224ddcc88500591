import { describe, expect, test } from 'vitest';
import { api, CLASSIC } from '../support/api';
import { freshPhone } from '../support/calls';
import { passTime, stopClock } from '../support/clock';
import { expectAnswer, expectError, expectMissing } from '../support/expect';
import { freshId, newTarget, newUser } from '../support/given';
import { LATER, targetOf } from '../support/models';
import { activityOf, eventsOf, everything, rows } from '../support/rows';

stopClock();

const targetsOf = async (id: string) => (await api(`GET /users/${id}/targets`)).body.targets;

describe('The e-mail address and the phone number of a user', () => {
  test('are its targets from the start', async () => {
    const [email, phone] = [`${freshId('mail')}@example.com`, freshPhone()];
    const id = await newUser({ email, phone });
    const targets = [
      targetOf(id, 'email', { identifier: email }),
      targetOf(id, 'sms', { identifier: phone }),
    ];
    expectAnswer(await api(`GET /users/${id}/targets`), 200, { total: 2, targets });
    expect((await api(`GET /users/${id}`)).body.targets).toEqual(targets);
    const { body } = await api(`GET /users?search=${encodeURIComponent(email)}`);
    expect(body.users[0].targets).toEqual(targets);
  });

  test('move their targets along, which keep their IDs', async () => {
    const id = await newUser({ email: `${freshId('mail')}@example.com` });
    const [before] = await targetsOf(id);
    passTime(60_000);
    const email = `${freshId('mail')}@example.com`;
    await api(`PATCH /users/${id}/email`, { body: { email } });
    expect(await targetsOf(id)).toEqual([{ ...before, $updatedAt: LATER.iso, identifier: email }]);
  });

  test('take their targets with them when they are cleared', async () => {
    const id = await newUser({ email: `${freshId('mail')}@example.com`, phone: freshPhone() });
    await api(`PATCH /users/${id}/email`, { body: { email: '' } });
    expect((await targetsOf(id)).map(({ providerType }: { providerType: string }) => providerType)).toEqual([
      'sms',
    ]);
    await api(`PATCH /users/${id}/phone`, { body: { number: '' } });
    expect(await targetsOf(id)).toEqual([]);
  });

  test('get a target again when they come later, or when theirs was deleted', async () => {
    const id = await newUser();
    const [email, next] = [`${freshId('mail')}@example.com`, `${freshId('mail')}@example.com`];
    await api(`PATCH /users/${id}/email`, { body: { email } });
    const [target] = await targetsOf(id);
    expect(target).toMatchObject({ providerType: 'email', identifier: email });
    await api(`DELETE /users/${id}/targets/${target.$id}`);
    expect((await api(`GET /users/${id}`)).body).toMatchObject({ email, targets: [] });
    await api(`PATCH /users/${id}/email`, { body: { email: next } });
    expect(await targetsOf(id)).toMatchObject([{ identifier: next }]);
  });

  test('become one with a target that the user has of the new address', async () => {
    const id = await newUser({ email: `${freshId('mail')}@example.com` });
    const identifier = `${freshId('mail')}@example.com`;
    const targetId = await newTarget(id, { providerType: 'email', identifier });
    expect((await api(`PATCH /users/${id}/email`, { body: { email: identifier } })).status).toBe(200);
    expect(await targetsOf(id)).toMatchObject([{ $id: targetId, identifier }]);
  });

  test('have nothing to do with a device whose token reads like them, whosever it is', async () => {
    const device = { $id: '', providerType: 'push', identifier: '' };
    for (const owner of [await newUser(), null]) {
      const [id, email, phone] = [owner ?? (await newUser()), `${freshId('mail')}@example.com`, freshPhone()];
      device.$id = await newTarget(id, { identifier: email });
      device.identifier = email;
      const other = await newTarget(id, { identifier: phone });
      const user = owner ?? (await newUser({ email, phone }));
      for (const next of [email, `${freshId('mail')}@example.com`, email, '']) {
        expect((await api(`PATCH /users/${user}/email`, { body: { email: next } })).status).toBe(200);
        const isTarget = { providerType: 'email', identifier: next };
        if (next !== '') expect(await targetsOf(user)).toContainEqual(expect.objectContaining(isTarget));
      }
      expect((await api(`PATCH /users/${user}/phone`, { body: { number: '' } })).status).toBe(200);
      expect(await targetsOf(id)).toMatchObject([device, { $id: other, identifier: phone }]);
    }
  });

  test('are no targets to a client that knows none', async () => {
    const id = await newUser({ email: `${freshId('mail')}@example.com` });
    for (const version of ['0.15.0', '1.0.0', '1.4.0']) {
      const { body } = await api(`GET /users/${id}`, { headers: { 'x-appwrite-response-format': version } });
      expect(body).not.toHaveProperty('targets');
    }
  });
});

describe('A target', () => {
  const push = (fields = {}) => ({
    targetId: freshId('target'),
    providerType: 'push',
    identifier: freshId('device'),
    ...fields,
  });

  test('is made with an ID, a type and an identifier; name and provider are kept', async () => {
    const id = await newUser();
    const body = push({ name: 'Phone', providerId: 'fcm-1' });
    const { targetId: $id, ...fields } = body;
    expectAnswer(
      await api(`POST /users/${id}/targets`, { body }),
      201,
      targetOf(id, 'push', { $id, ...fields }),
    );
    expectAnswer(await api(`GET /users/${id}/targets/${$id}`), 200, targetOf(id, 'push', { $id, ...fields }));
    expect(await activityOf(id)).toMatchObject([
      { event: 'user.create' },
      { event: 'target.create', resource_id: $id, actor_id: 'root' },
    ]);
  });

  test('is made with an ID of ours for unique(), and an address in lower case', async () => {
    const body = push({ targetId: 'unique()', providerType: 'email', identifier: 'UPPER@Example.com' });
    const answer = await api(`POST /users/${await newUser()}/targets`, { body });
    expect(answer.body).toMatchObject({
      $id: expect.stringMatching(/^[0-9a-f]{20}$/),
      identifier: 'upper@example.com',
    });
  });

  test('needs an ID, a type and an identifier', async () => {
    const id = await newUser();
    for (const name of ['targetId', 'providerType', 'identifier'])
      expectMissing(await api(`POST /users/${id}/targets`, { body: push({ [name]: undefined }) }), name);
  });

  test('is refused for a malformed address before anybody asks for the user', async () => {
    const route = 'POST /users/nobody/targets';
    const email = push({ providerType: 'email', identifier: 'nonsense' });
    expectError(await api(route, { body: email }), 'general_invalid_email');
    const sms = push({ providerType: 'sms', identifier: '0151' });
    expectError(await api(route, { body: sms }), 'general_invalid_phone');
    expectError(await api(route, { body: push() }), 'user_not_found');
  });

  test('is one of its ID and one of its identifier, across all users', async () => {
    const [id, other] = [await newUser(), await newUser()];
    const body = push();
    await api(`POST /users/${id}/targets`, { body });
    const sameId = push({ targetId: body.targetId });
    const sameIdentifier = push({ identifier: body.identifier });
    expectError(await api(`POST /users/${other}/targets`, { body: sameId }), 'user_target_already_exists');
    expectError(
      await api(`POST /users/${other}/targets`, { body: sameIdentifier }),
      'user_target_already_exists',
    );
    expect(await eventsOf(other)).toEqual(['user.create']);
  });

  test('is changed in what is given, and only in that', async () => {
    const id = await newUser();
    const targetId = await newTarget(id, { name: 'Old', providerId: 'fcm-1' });
    const [before] = await targetsOf(id);
    passTime(60_000);
    const path = `PATCH /users/${id}/targets/${targetId}`;
    const renamed = { ...before, $updatedAt: LATER.iso, name: 'New' };
    expectAnswer(await api(path, { body: { name: 'New' } }), 200, renamed);
    const moved = { ...renamed, identifier: 'device-moved', providerId: 'fcm-2' };
    const change = { identifier: 'device-moved', providerId: 'fcm-2' };
    expectAnswer(await api(path, { body: change }), 200, moved);
    expect(await eventsOf(id)).toEqual(['user.create', 'target.create', 'target.update', 'target.update']);
  });

  test('is not changed by what it is already, its own identifier in whatever case among it', async () => {
    const id = await newUser();
    const [email, phone] = [`${freshId('mail')}@example.com`, freshPhone()];
    const named = { name: 'Work', providerId: 'smtp-1' };
    const address = await newTarget(id, { providerType: 'email', identifier: email, ...named });
    const number = await newTarget(id, { providerType: 'sms', identifier: phone });
    const [targets, before] = [await targetsOf(id), await everything()];
    passTime(60_000);
    for (const body of [{ identifier: email.toUpperCase() }, { identifier: email, ...named }, named, {}]) {
      const answer = await api(`PATCH /users/${id}/targets/${address}`, { body });
      expectAnswer(answer, 200, targets[0]);
    }
    const answer = await api(`PATCH /users/${id}/targets/${number}`, { body: { identifier: phone } });
    expectAnswer(answer, 200, targets[1]);
    expect(await everything()).toBe(before);
    const body = { identifier: email, name: 'Home' };
    const changed = await api(`PATCH /users/${id}/targets/${address}`, { body });
    expectAnswer(changed, 200, { ...targets[0], $updatedAt: LATER.iso, name: 'Home' });
  });

  test('that is expired is alive again when its identifier is told again', async () => {
    const id = await newUser();
    const identifier = freshId('device');
    const targetId = await newTarget(id, { identifier });
    await rows('UPDATE targets SET expired = 1 WHERE id = ?', targetId);
    const route = `PATCH /users/${id}/targets/${targetId}`;
    expect((await api(route, { body: { identifier } })).body).toMatchObject({ expired: false });
    expect(await eventsOf(id)).toEqual(['user.create', 'target.create', 'target.update']);
  });

  test('is one of its identifier for each type: a device may have a token that reads like an address', async () => {
    const [id, other] = [await newUser(), await newUser()];
    const identifier = `${freshId('mail')}@example.com`;
    await newTarget(id, { identifier });
    await newTarget(other, { providerType: 'email', identifier });
    for (const providerType of ['push', 'email']) {
      const body = push({ providerType, identifier });
      expectError(await api(`POST /users/${id}/targets`, { body }), 'user_target_already_exists');
    }
  });

  test('is changed to identifiers of its type only, and an address is put into lower case', async () => {
    const id = await newUser();
    const identifier = `${freshId('mail')}@example.com`;
    const targetId = await newTarget(id, { providerType: 'email', identifier });
    const path = `PATCH /users/${id}/targets/${targetId}`;
    expectError(await api(path, { body: { identifier: '+4915112345678' } }), 'general_invalid_email');
    expect((await targetsOf(id))[0].identifier).toBe(identifier);
    expect((await api(path, { body: { identifier: 'MOVED@Example.com' } })).body.identifier).toBe(
      'moved@example.com',
    );
    expect((await api(`GET /users/${id}`)).body.email).toBe('');
  });

  test('is only there under its own user', async () => {
    const [id, other] = [await newUser(), await newUser()];
    const targetId = await newTarget(id);
    for (const [method, body] of [
      ['GET', undefined],
      ['PATCH', { name: 'x' }],
      ['DELETE', {}],
    ] as const) {
      const answer = await api(`${method} /users/${other}/targets/${targetId}`, { body });
      expectError(answer, 'user_target_not_found');
    }
    expect(await targetsOf(id)).toHaveLength(1);
  });

  test('is deleted once', async () => {
    const id = await newUser();
    const targetId = await newTarget(id);
    const path = `DELETE /users/${id}/targets/${targetId}`;
    expect((await api(path, { body: {} })).status).toBe(204);
    expectError(await api(path, { body: {} }), 'user_target_not_found');
    expect(await eventsOf(id)).toEqual(['user.create', 'target.create', 'target.delete']);
  });

  test('goes with its user, and its identifier is free again', async () => {
    const id = await newUser({ email: `${freshId('mail')}@example.com` });
    const identifier = freshId('device');
    await newTarget(id, { identifier });
    await api(`DELETE /users/${id}`);
    expect(await rows('SELECT * FROM targets WHERE identifier = ?', identifier)).toEqual([]);
    await newTarget(await newUser(), { identifier });
  });

  test('is answered to a classic client in the one form that there is', async () => {
    const id = await newUser();
    const body = push();
    const answer = await api(`POST /users/${id}/targets`, { body, headers: CLASSIC });
    const { targetId: $id, identifier } = body;
    expectAnswer(answer, 201, targetOf(id, 'push', { $id, identifier }));
  });
});

test('A user with very many targets is told with the oldest hundred; the list has them all', async () => {
  const id = await newUser();
  await rows(
    `INSERT INTO targets (id, user_seq, provider_type, identifier, created_at, updated_at)
     SELECT 'many-' || value, (SELECT seq FROM users WHERE id = ?), 'push', hex(zeroblob(250)) || value, 1, 1
     FROM json_each(?)`,
    id,
    JSON.stringify([...Array(9000).keys()]),
  );
  const { status, body } = await api(`PATCH /users/${id}/status`, { body: { status: false } });
  expect([status, body.status, body.targets.length, body.targets[0].$id]).toEqual([
    200,
    false,
    100,
    'many-0',
  ]);
  const query = encodeURIComponent(JSON.stringify({ method: 'limit', values: [101] }));
  const list = await api(`GET /users/${id}/targets?queries[]=${query}`);
  expect([list.body.total, list.body.targets.length]).toEqual([5000, 101]);
});

describe('GET /users/{userId}/targets', () => {
  test('filters, orders and pages by queries', async () => {
    const id = await newUser({ email: `${freshId('mail')}@example.com` });
    const made = [await newTarget(id), await newTarget(id), await newTarget(id)];
    const ask = async (...queries: object[]) => {
      const text = queries.map((query) => `queries[]=${encodeURIComponent(JSON.stringify(query))}`).join('&');
      const { body } = await api(`GET /users/${id}/targets?${text}`);
      return [body.total, body.targets.map(({ $id }: { $id: string }) => $id)];
    };
    const isPush = { method: 'equal', attribute: 'providerType', values: ['push'] };
    expect(await ask(isPush)).toEqual([3, made]);
    expect(
      await ask(isPush, { method: 'orderDesc', attribute: '$id' }, { method: 'limit', values: [2] }),
    ).toEqual([3, made.toReversed().slice(0, 2)]);
    expect(await ask(isPush, { method: 'cursorAfter', values: [made[0]] })).toEqual([3, made.slice(1)]);
    expect(await ask({ method: 'equal', attribute: 'userId', values: [id] })).toMatchObject([
      4,
      { length: 4 },
    ]);
    expect(await ask({ method: 'equal', attribute: 'userId', values: ['other'] })).toEqual([0, []]);
    expect((await api(`GET /users/${id}/targets?total=false`)).body.total).toBe(0);
  });
});
