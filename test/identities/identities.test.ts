import { createExecutionContext, env, waitOnExecutionContext } from 'cloudflare:test';
import { describe, expect, test } from 'vitest';
import worker from '../../src/index';
import { api, requestOf } from '../support/api';
import { stopClock } from '../support/clock';
import { expectAnswer, expectError, expectInvalid, expectMissing } from '../support/expect';
import { freshId, newIdentity, newUser } from '../support/given';
import { NOW } from '../support/models';
import { recordingD1 } from '../support/recordingD1';
import { activityOf, eventsOf, rows } from '../support/rows';

stopClock();

const mail = () => `${freshId('mail')}@example.com`;

const identityOf = (userId: string, fields: Readonly<Record<string, unknown>>) => ({
  $id: expect.stringMatching(/^[0-9a-f]{20}$/),
  $createdAt: NOW.iso,
  $updatedAt: NOW.iso,
  userId,
  provider: 'github',
  providerUid: '',
  providerEmail: '',
  providerAccessToken: '',
  providerAccessTokenExpiry: '',
  providerRefreshToken: '',
  ...fields,
});

const list = async (query: string) => (await api(`GET /users/identities?${query}`)).body;
const queries = (...all: object[]) =>
  all.map((query) => `queries[]=${encodeURIComponent(JSON.stringify(query))}`).join('&');

describe('POST /users/{userId}/identities', () => {
  test('records an account at another provider, its address in lower case', async () => {
    const id = await newUser();
    const body = { provider: 'google', providerUid: freshId('uid'), providerEmail: 'Upper.Case@Example.com' };
    const answer = await api(`POST /users/${id}/identities`, { body });
    expectAnswer(answer, 201, identityOf(id, { ...body, providerEmail: 'upper.case@example.com' }));
    expect(await activityOf(id)).toMatchObject([
      { event: 'user.create' },
      { event: 'identity.create', resource_id: answer.body.$id, actor_id: 'root' },
    ]);
  });

  test('needs a provider and the ID there', async () => {
    const route = `POST /users/${await newUser()}/identities`;
    expectMissing(await api(route, { body: { providerUid: 'x' } }), 'provider');
    expectMissing(await api(route, { body: { provider: 'github' } }), 'providerUid');
    expectInvalid(
      await api(route, { body: { provider: 'Git Hub', providerUid: 'x' } }),
      'provider',
      /name of a provider/,
    );
  });

  test('of a user that is not there is a 404, even with the ID of an identity that is', async () => {
    const identityId = await newIdentity(await newUser());
    const body = { identityId, provider: 'gitlab', providerUid: freshId('uid') };
    expectError(await api('POST /users/nobody/identities', { body }), 'user_not_found');
  });

  test('takes one ID of a provider once, and the same one of another provider', async () => {
    const [id, other] = [await newUser(), await newUser()];
    const body = { provider: 'github', providerUid: freshId('uid') };
    expect((await api(`POST /users/${id}/identities`, { body })).status).toBe(201);
    expectError(await api(`POST /users/${other}/identities`, { body }), 'user_identity_already_exists');
    const elsewhere = { ...body, provider: 'gitlab' };
    expect((await api(`POST /users/${other}/identities`, { body: elsewhere })).status).toBe(201);
  });
});

describe('The address of an identity', () => {
  test('is its user’s: no other user can have it, be made with it, or have an identity of it', async () => {
    const [id, other] = [await newUser(), await newUser()];
    const email = mail();
    await newIdentity(id, { providerEmail: email });
    expectError(
      await api('POST /users', { body: { userId: freshId(), email } }),
      'user_email_already_exists',
    );
    expectError(await api(`PATCH /users/${other}/email`, { body: { email } }), 'user_email_already_exists');
    const body = { provider: 'gitlab', providerUid: freshId('uid'), providerEmail: email };
    expectError(await api(`POST /users/${other}/identities`, { body }), 'user_email_already_exists');
    expect((await api(`PATCH /users/${id}/email`, { body: { email } })).status).toBe(200);
    expect((await api(`POST /users/${id}/identities`, { body })).status).toBe(201);
  });

  test('is refused where it is another user’s own', async () => {
    const email = mail();
    await newUser({ email });
    const body = { provider: 'github', providerUid: freshId('uid'), providerEmail: email };
    expectError(
      await api(`POST /users/${await newUser()}/identities`, { body }),
      'user_email_already_exists',
    );
  });

  test('is free once the identity, or the user, is deleted', async () => {
    const id = await newUser();
    const [email, next] = [mail(), mail()];
    const identity = await newIdentity(id, { providerEmail: email });
    await newIdentity(id, { providerEmail: next });
    await api(`DELETE /users/identities/${identity}`);
    await newUser({ email });
    await api(`DELETE /users/${id}`);
    await newUser({ email: next });
  });
});

describe('GET /users/identities', () => {
  test('lists the identities of all users, or of one, of a provider, of an address', async () => {
    const [id, other] = [await newUser(), await newUser()];
    const providerEmail = mail();
    const first = await newIdentity(id, { provider: 'lister', providerEmail });
    const second = await newIdentity(id);
    const third = await newIdentity(other, { provider: 'lister' });
    const ids = async (query: string) =>
      (await list(query)).identities.map(({ $id }: { $id: string }) => $id);
    expect(await ids(queries({ method: 'equal', attribute: 'provider', values: ['lister'] }))).toEqual([
      first,
      third,
    ]);
    expect(await ids(queries({ method: 'equal', attribute: 'userId', values: [id] }))).toEqual([
      first,
      second,
    ]);
    const ofAddress = { method: 'equal', attribute: 'providerEmail', values: [providerEmail.toUpperCase()] };
    expect(await ids(queries(ofAddress))).toEqual([first]);
    expect(await ids(queries({ method: 'cursorAfter', values: [second] }))).toEqual([third]);
    expect(await ids(`search=${providerEmail.slice(2, 9)}`)).toEqual([first]);
    expect((await list('total=false')).total).toBe(0);
  });
});

describe('A page in the order of an attribute', () => {
  test.each([
    'provider',
    'providerUid',
    'providerEmail',
    'providerAccessTokenExpiry',
    '$id',
    '$createdAt',
    '$updatedAt',
  ])('%s is found by an index: nothing is sorted but the page', async (attribute) => {
    const query = queries({ method: 'orderDesc', attribute }, { method: 'limit', values: [10] });
    const { binding, trips, roundsOf } = recordingD1();
    const ctx = createExecutionContext();
    const request = requestOf(`GET /users/identities?${query}&total=false`, {});
    const answer = worker.fetch(request, { ...env, DB: binding }, ctx);
    await roundsOf(answer);
    expect((await answer).status).toBe(200);
    await waitOnExecutionContext(ctx);
    const index = /USING (COVERING )?INDEX (identities_by_|identities_id_)/;
    const plans = trips
      .flat()
      .filter(({ query }) => query.includes('"identities"'))
      .map(async ({ query, values }) => rows(`EXPLAIN QUERY PLAN ${query}`, ...values));
    const lines = (await Promise.all(plans)).flat().map(({ detail }) => String(detail));
    expect(
      lines.some((line) => index.test(line)),
      lines.join('\n'),
    ).toBe(true);
  });
});

describe('DELETE /users/identities/{identityId}', () => {
  test('takes the identity away, once, and leaves the user', async () => {
    const id = await newUser();
    const identity = await newIdentity(id);
    expect((await api(`DELETE /users/identities/${identity}`, { body: {} })).status).toBe(204);
    expectError(await api(`DELETE /users/identities/${identity}`, { body: {} }), 'user_identity_not_found');
    expect(await eventsOf(id)).toEqual(['user.create', 'identity.create', 'identity.delete']);
  });
});
