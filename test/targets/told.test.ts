import { env } from 'cloudflare:test';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { api } from '../support/api';
import { freshPhone } from '../support/calls';
import { passTime, stopClock } from '../support/clock';
import { expectError } from '../support/expect';
import { freshId, newTarget, newUser } from '../support/given';
import { LATER, targetOf } from '../support/models';
import { emptyStores, eventsOf, row, rows } from '../support/rows';

/*
 * The target of a user's own address is told from the user's row until it differs from that. Nobody can tell: the last test
 * does the same with users whose targets are all stored, as they were by earlier versions.
 */

stopClock();

interface Target {
  readonly $id: string;
  readonly identifier: string;
}

const targetsOf = async (user: string): Promise<Target[]> =>
  (await api(`GET /users/${user}/targets`)).body.targets;
const storedOf = (user: string) =>
  rows('SELECT * FROM targets WHERE user_seq = (SELECT seq FROM users WHERE id = ?)', user);
const newAddress = () => `${freshId('mail')}@example.com`;

describe('The target of a user’s own address', () => {
  test('takes no row, and has an ID that stays when it comes to take one', async () => {
    const [email, phone] = [newAddress(), freshPhone()];
    const user = await newUser({ email, phone });
    const [mail, sms] = await targetsOf(user);
    expect([mail?.identifier, sms?.identifier, await storedOf(user)]).toEqual([email, phone, []]);
    expect((await api(`GET /users/${user}/targets/${mail?.$id}`)).body).toEqual(mail);
    passTime(60_000);
    const next = newAddress();
    await api(`PATCH /users/${user}/email`, { body: { email: next } });
    const moved = { ...mail, identifier: next, $updatedAt: LATER.iso };
    expect(await targetsOf(user)).toEqual([moved, sms]);
    expect(await storedOf(user)).toMatchObject([{ id: mail?.$id, identifier: next }]);
  });

  test('is stored by a change of its own, and stays before those that were made since', async () => {
    const user = await newUser({ email: newAddress(), phone: freshPhone() });
    const device = await newTarget(user);
    const [mail, sms] = await targetsOf(user);
    passTime(60_000);
    const route = `PATCH /users/${user}/targets/${sms?.$id}`;
    const named = { ...sms, name: 'Mine', $updatedAt: LATER.iso };
    expect((await api(route, { body: { name: 'Mine' } })).body).toEqual(named);
    const told = await targetsOf(user);
    expect(told.slice(0, 2)).toEqual([mail, named]);
    expect(told[2]?.$id).toBe(device);
    expect((await api(`GET /users/${user}`)).body.targets).toEqual(told);
    expect(await eventsOf(user)).toEqual(['user.create', 'target.create', 'target.update']);
  });

  test('is not stored, nor in the log, by a change to what it is already, or to what is none of its type', async () => {
    const email = newAddress();
    const user = await newUser({ email });
    const [mail] = await targetsOf(user);
    const route = `PATCH /users/${user}/targets/${mail?.$id}`;
    for (const body of [{}, { name: '' }, { identifier: email.toUpperCase() }])
      expect((await api(route, { body })).body).toEqual(mail);
    expectError(await api(route, { body: { identifier: 'nonsense' } }), 'general_invalid_email');
    expect([await storedOf(user), await eventsOf(user)]).toEqual([[], ['user.create']]);
  });

  test('goes once, and is not told again', async () => {
    const user = await newUser({ email: newAddress(), phone: freshPhone() });
    const [mail, sms] = await targetsOf(user);
    const route = `/users/${user}/targets/${mail?.$id}`;
    expect((await api(`DELETE ${route}`, { body: {} })).status).toBe(204);
    for (const method of ['DELETE', 'GET', 'PATCH'])
      expectError(
        await api(`${method} ${route}`, { body: method === 'GET' ? undefined : {} }),
        'user_target_not_found',
      );
    expect(await targetsOf(user)).toEqual([sms]);
    await api(`PATCH /users/${user}/name`, { body: { name: 'Still without' } });
    expect((await api(`GET /users/${user}`)).body.targets).toEqual([sms]);
    expect((await eventsOf(user)).filter((event) => event === 'target.delete')).toHaveLength(1);
  });

  test('is taken for every target, and free once it is gone', async () => {
    const email = newAddress();
    const [owner, other] = [await newUser({ email }), await newUser()];
    const body = { targetId: freshId('target'), providerType: 'email', identifier: email };
    for (const user of [owner, other])
      expectError(await api(`POST /users/${user}/targets`, { body }), 'user_target_already_exists');
    const id = await newTarget(other, { providerType: 'email', identifier: newAddress() });
    const moved = await api(`PATCH /users/${other}/targets/${id}`, { body: { identifier: email } });
    expectError(moved, 'user_target_already_exists');
    const [mail] = await targetsOf(owner);
    await api(`DELETE /users/${owner}/targets/${mail?.$id}`, { body: {} });
    expect((await api(`POST /users/${other}/targets`, { body })).status).toBe(201);
  });

  test('has an ID that no other target gets, before or after', async () => {
    const first = await newUser({ email: newAddress() });
    const [mail] = await targetsOf(first);
    const push = (targetId: unknown) => ({
      body: { targetId, providerType: 'push', identifier: freshId('device') },
    });
    const taken = await api(`POST /users/${await newUser()}/targets`, push(mail?.$id));
    expectError(taken, 'user_target_already_exists');

    const { seq } = await row("SELECT seq FROM sqlite_sequence WHERE name = 'users'");
    const [ofMail, ofPhone] = ['e', 'f'].map((letter) => letter + String(Number(seq) + 1).padStart(19, '0'));
    await newTarget(first, { targetId: ofPhone });
    const [email, phone] = [newAddress(), freshPhone()];
    const next = await newUser({ email, phone });
    const targets = await targetsOf(next);
    expect(targets).toEqual([
      targetOf(next, 'email', { identifier: email }),
      targetOf(next, 'sms', { identifier: phone }),
    ]);
    expect(targets.map(({ $id }) => $id)).not.toContain(ofPhone);
    expect(targets.map(({ $id }) => $id)).not.toContain(ofMail);
  });

  test('is found, ordered and counted among the others', async () => {
    const email = newAddress();
    const user = await newUser({ email, phone: freshPhone() });
    const devices = [await newTarget(user), await newTarget(user)];
    const [mail, sms] = await targetsOf(user);
    const ids = [mail?.$id, sms?.$id, ...devices];
    const ask = async (...queries: object[]) => {
      const text = queries.map((query) => `queries[]=${encodeURIComponent(JSON.stringify(query))}`).join('&');
      const { body } = await api(`GET /users/${user}/targets?${text}`);
      return [body.total, body.targets.map(({ $id }: Target) => $id)];
    };
    expect(await ask({ method: 'limit', values: [1] })).toEqual([4, ids.slice(0, 1)]);
    expect(await ask({ method: 'cursorAfter', values: [mail?.$id] })).toEqual([4, ids.slice(1)]);
    expect(await ask({ method: 'cursorBefore', values: [devices[0]] })).toEqual([4, ids.slice(0, 2)]);
    expect(await ask({ method: 'orderDesc', attribute: '' })).toEqual([4, ids.toReversed()]);
    expect(await ask({ method: 'equal', attribute: 'identifier', values: [email] })).toEqual([
      1,
      [mail?.$id],
    ]);
    expect(await ask({ method: 'isNull', attribute: 'providerId' })).toEqual([4, ids]);
    expect(
      await ask({ method: 'orderDesc', attribute: 'providerType' }, { method: 'limit', values: [1] }),
    ).toEqual([4, [sms?.$id]]);
  });

  test('of a user that an earlier version makes is stored', async () => {
    const email = newAddress();
    await rows("INSERT INTO users (id, email, created_at, updated_at) VALUES ('earlier', ?, 1, 1)", email);
    expect(await storedOf('earlier')).toMatchObject([{ identifier: email, provider_type: 'email' }]);
    expect(await targetsOf('earlier')).toMatchObject([{ identifier: email }]);
  });
});

const WORLDS = ['told', 'stored'] as const;
type World = (typeof WORLDS)[number];

const emailIn = (world: World, i: number) => (i === 0 ? '' : `own${i}@${world}.example`);
const phoneIn = (world: World, i: number) => (i === 0 ? '' : `+49151${WORLDS.indexOf(world)}000000${i}`);
const identifierIn = (world: World, type: string, i: number) =>
  type === 'email' ? emailIn(world, i) : type === 'sms' ? phoneIn(world, i) : `device${i}@${world}.example`;

const user = fc.integer({ min: 0, max: 1 });
const address = fc.integer({ min: 0, max: 3 });
const taken = fc.integer({ min: 1, max: 3 });
const place = fc.integer({ min: 0, max: 3 });
const type = fc.constantFrom('email', 'sms', 'push');
const step = fc.oneof(
  fc.record({ do: fc.constant('make'), user, email: address, phone: address }),
  fc.record({ do: fc.constant('email'), user, to: address }),
  fc.record({ do: fc.constant('phone'), user, to: address }),
  fc.record({ do: fc.constant('add'), user, type, to: taken }),
  fc.record({ do: fc.constant('name'), user, place }),
  fc.record({ do: fc.constant('move'), user, place, to: taken }),
  fc.record({ do: fc.constant('remove'), user, place }),
  fc.record({ do: fc.constant('expire'), user, place }),
  fc.record({ do: fc.constant('delete'), user }),
);
type Step = Partial<Record<'email' | 'phone' | 'to' | 'place', number>> & {
  readonly do: string;
  readonly user: number;
  readonly type?: string;
};

/** Stores the targets that are told of a new user, as earlier versions did. */
const store = (id: string) =>
  env.DB.batch([
    env.DB.prepare('UPDATE users SET stored_targets = 3 WHERE id = ?').bind(id),
    env.DB.prepare(
      `INSERT INTO targets (id, user_seq, provider_type, identifier, created_at, updated_at)
       SELECT lower(hex(randomblob(10))), seq, 'email', email, created_at, created_at FROM users WHERE id = ?1 AND email IS NOT NULL
       UNION ALL SELECT lower(hex(randomblob(10))), seq, 'sms', phone, created_at, created_at FROM users WHERE id = ?1 AND phone IS NOT NULL`,
    ).bind(id),
  ]);

async function perform(world: World, { do: what, user, type = '', ...step }: Step, name: string) {
  const id = `${world}${user}`;
  const { email = 0, phone = 0, to = 0, place = 0 } = step;
  const target = (await targetsOf(id))?.at(place);
  const path = `/users/${id}/targets/${target?.$id ?? 'nothing'}`;
  switch (what) {
    case 'make': {
      const body = {
        userId: id,
        ...(email ? { email: emailIn(world, email) } : {}),
        ...(phone ? { phone: phoneIn(world, phone) } : {}),
      };
      const answer = await api('POST /users', { body });
      if (answer.status === 201 && world === 'stored') await store(id);
      return answer;
    }
    case 'email':
      return api(`PATCH /users/${id}/email`, { body: { email: emailIn(world, to) } });
    case 'phone':
      return api(`PATCH /users/${id}/phone`, { body: { number: phoneIn(world, to) } });
    case 'add': {
      const identifier = identifierIn(world, type, to);
      return api(`POST /users/${id}/targets`, {
        body: { targetId: name + world, providerType: type, identifier },
      });
    }
    case 'name':
      return api(`PATCH ${path}`, { body: { name, providerId: 'provider' } });
    case 'move':
      return api(`PATCH ${path}`, {
        body: { identifier: identifierIn(world, target ? await typeOf(path) : '', to) },
      });
    case 'remove':
      return api(`DELETE ${path}`, { body: {} });
    case 'expire':
      // Nothing of ours does; it is for whoever sends messages, to targets that are stored.
      if (target) await api(`PATCH ${path}`, { body: { name } });
      await rows('UPDATE targets SET expired = 1 WHERE id = ?', target?.$id ?? '');
      return api(`GET /users/${id}/targets`);
    default:
      return api(`DELETE /users/${id}`);
  }
}

const typeOf = async (path: string) => (await api(`GET ${path}`)).body.providerType;

/** What a world tells of itself, without what differs by what the worlds are: names, and IDs, which are told by order. */
function plain(text: string): string {
  const ids = new Map<string, string>();
  return text
    .replaceAll(/told|stored/g, 'world')
    .replaceAll(/\+49151[01]/g, '+')
    .replaceAll(/[0-9a-f]{20}/g, (id) => ids.get(id) ?? ids.set(id, `id${ids.size}`).get(id) ?? '');
}

async function tell(world: World): Promise<string> {
  const routes = [0, 1].flatMap((user) => [
    `GET /users/${world}${user}`,
    `GET /users/${world}${user}/targets`,
    `GET /users/${world}${user}/targets?queries[]=${encodeURIComponent('{"method":"orderDesc","attribute":"$updatedAt"}')}`,
  ]);
  const texts = [];
  for (const route of routes) texts.push((await api(route)).text);
  const events = await rows("SELECT event FROM activity WHERE user_id LIKE ? || '_' ORDER BY seq", world);
  return plain(JSON.stringify([texts, events]));
}

test('Targets that are told cannot be told from those that are stored, whatever is done', {
  timeout: 240_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      await emptyStores();
      const begun: Step[] = [
        { do: 'make', user: 0, email: 1, phone: 1 },
        { do: 'make', user: 1, email: 2, phone: 2 },
      ];
      for (const [i, one] of [...begun, ...steps].entries()) {
        const [told, stored] = [
          await perform('told', one, `name${i}`),
          await perform('stored', one, `name${i}`),
        ];
        expect([told.status, plain(told.text)], JSON.stringify(one)).toEqual([
          stored.status,
          plain(stored.text),
        ]);
        expect(await tell('told'), JSON.stringify(one)).toBe(await tell('stored'));
        passTime(1000);
      }
    }),
    { numRuns: 12 },
  );
});
