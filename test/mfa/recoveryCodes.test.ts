import { describe, expect, test } from 'vitest';
import { keyedHash } from '../../src/secrets/seal';
import { api, ROOT_KEY } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { expectAnswer, expectError } from '../support/expect';
import { newSession, newUser, withSession } from '../support/given';
import {
  answerChallenge,
  enrol,
  newChallenge,
  newMfaUser,
  newRecoveryCodes,
  passChallenges,
} from '../support/mfa';
import { activityOf, everything, rows } from '../support/rows';

stopClock();

const MASK = '••••••••••';
const storedOf = (userId: string) =>
  rows(
    'SELECT code_hash, sealed FROM recovery_codes r JOIN users ON users.seq = r.user_seq WHERE users.id = ?',
    userId,
  );

describe('Recovery codes', () => {
  test('are six of ten hex characters, and read again by a key, in the order in which they were made', async () => {
    const user = await newUser();
    const codes = await newRecoveryCodes(user);
    expect(new Set(codes).size).toBe(6);
    for (const code of codes) expect(code).toMatch(/^[0-9a-f]{10}$/);
    expectAnswer(await api(`GET /users/${user}/mfa/recovery-codes`), 200, { recoveryCodes: codes });
    expect((await activityOf(user)).at(-1)).toMatchObject({ event: 'user.update', actor_type: 'key' });
  });

  test('are stored as keyed hashes and encrypted, and nowhere in clear', async () => {
    const user = await newUser();
    const codes = await newRecoveryCodes(user);
    const stored = await storedOf(user);
    expect(stored).toHaveLength(6);
    for (const { code_hash, sealed } of stored) {
      expect(code_hash).toMatch(/^[0-9a-f]{64}$/);
      expect(sealed).toMatch(/^v1\.[0-9a-f]{8}\.[\w-]{51}$/);
    }
    const everywhere = await everything();
    for (const code of codes) expect(everywhere).not.toContain(code);
  });

  test('are made once, however many ask at once', async () => {
    const user = await newUser();
    const route = `PATCH /users/${user}/mfa/recovery-codes`;
    const answers = await Promise.all(Array.from({ length: 5 }, () => api(route, { body: {} })));
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused).toHaveLength(4);
    for (const answer of refused) expectError(answer, 'user_recovery_codes_already_exists');
    expect(await storedOf(user)).toHaveLength(6);
  });

  test('are replaced as a whole: the old ones no longer count', async () => {
    const { userId, token } = await newMfaUser();
    const [old = ''] = await newRecoveryCodes(userId);
    const { status, body } = await api(`PUT /users/${userId}/mfa/recovery-codes`, { body: {} });
    expect([status, body.recoveryCodes.length]).toEqual([200, 6]);
    expectAnswer(await api(`GET /users/${userId}/mfa/recovery-codes`), 200, body);
    const challenge = await newChallenge(token, 'recoverycode');
    expectError(await answerChallenge(token, challenge, old), 'user_invalid_token');
    expect((await answerChallenge(token, challenge, body.recoveryCodes[0])).status).toBe(200);
  });

  test('prove a factor once each, in any case', async () => {
    const { userId, token } = await newMfaUser();
    const [code = '', ...others] = await newRecoveryCodes(userId);
    const { status, body } = await answerChallenge(
      token,
      await newChallenge(token, 'recoverycode'),
      ` ${code.toUpperCase()}`,
    );
    expect([status, body.factors]).toEqual([200, ['server', 'recoverycode']]);
    expectAnswer(await api(`GET /users/${userId}/mfa/recovery-codes`), 200, { recoveryCodes: others });
    const again = await newChallenge(token, 'recoverycode');
    expectError(await answerChallenge(token, again, code), 'user_invalid_token');
  });

  test('prove a factor for one of two sessions that show the same at once', async () => {
    const { userId, token } = await newMfaUser();
    const tokens = [token, (await newSession(userId)).token];
    const [code = '', ...others] = await newRecoveryCodes(userId);
    const shown = await Promise.all(
      tokens.map(async (each) => [each, await newChallenge(each, 'recoverycode')] as const),
    );
    const answers = await Promise.all(
      shown.map(([each, challenge]) => answerChallenge(each, challenge, code)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    expectAnswer(await api(`GET /users/${userId}/mfa/recovery-codes`), 200, { recoveryCodes: others });
  });

  test('are gone with the last one: there are none to read, and new ones can be made', async () => {
    const { userId, token } = await newMfaUser();
    const codes = await newRecoveryCodes(userId);
    for (const code of codes)
      expect((await answerChallenge(token, await newChallenge(token, 'recoverycode'), code)).status).toBe(
        200,
      );
    const route = `/users/${userId}/mfa/recovery-codes`;
    expectError(await api(`GET ${route}`), 'user_recovery_codes_not_found');
    expect((await api(`PATCH ${route}`, { body: {} })).status).toBe(200);
  });

  test('are but counted by a user that may look at others', async () => {
    const supporter = await newUser();
    await api(`PATCH /users/${supporter}/impersonator`, { body: { impersonator: true } });
    const headers = withSession((await newSession(supporter)).token);
    const user = await newUser();
    await newRecoveryCodes(user);
    const answer = await api(`GET /users/${user}/mfa/recovery-codes`, { headers });
    expectAnswer(answer, 200, { recoveryCodes: Array(6).fill(MASK) });
    const as = { ...headers, 'x-appwrite-impersonate-user-id': user };
    expectError(await api('GET /account/mfa/recovery-codes', { headers: as }), 'user_challenge_required');
  });

  test('open for their own user alone: a row that was copied is a mask', async () => {
    const [mine, theirs] = [await newUser(), await newUser()];
    const [code] = await newRecoveryCodes(theirs);
    const [own] = await newRecoveryCodes(mine);
    const seqOf = '(SELECT seq FROM users WHERE id = ?)';
    await rows(
      `UPDATE recovery_codes SET sealed = (SELECT sealed FROM recovery_codes WHERE user_seq = ${seqOf} LIMIT 1)
       WHERE user_seq = ${seqOf}`,
      theirs,
      mine,
    );
    const { text } = await api(`GET /users/${mine}/mfa/recovery-codes`);
    for (const each of [code, own]) expect(text).not.toContain(each);
    expect(JSON.parse(text)).toEqual({ recoveryCodes: Array(6).fill(MASK) });
  });

  test('are no good to another user', async () => {
    const [mine, theirs] = [await newMfaUser(), await newMfaUser()];
    const [code = ''] = await newRecoveryCodes(theirs.userId);
    await newRecoveryCodes(mine.userId);
    const challenge = await newChallenge(mine.token, 'recoverycode');
    expectError(await answerChallenge(mine.token, challenge, code), 'user_invalid_token');
  });

  test('are read and count as long as their key is listed, whatever new ones are made under', async () => {
    const { userId, token } = await newMfaUser(false);
    const codes = await newRecoveryCodes(userId);
    const NEW = 'a newer key of thirty-two letters';
    const route = `/users/${userId}/mfa/recovery-codes`;
    const use = async (code: string, ENCRYPTION_KEY: string) =>
      api('PUT /account/mfa/challenges', {
        headers: withSession(token),
        body: { challengeId: await newChallenge(token, 'recoverycode'), otp: code },
        env: { ENCRYPTION_KEY },
      });
    const both = `${NEW}, encryption-key-of-the-tests-0001`;
    expectAnswer(await api(`GET ${route}`, { env: { ENCRYPTION_KEY: both } }), 200, { recoveryCodes: codes });
    expect((await use(codes[0] ?? '', both)).status).toBe(200);
    // Without their key they are but counted.
    expectAnswer(await api(`GET ${route}`, { env: { ENCRYPTION_KEY: NEW } }), 200, {
      recoveryCodes: Array(5).fill(MASK),
    });
    expectError(await use(codes[1] ?? '', NEW), 'user_invalid_token');
    const { body } = await api(`PUT ${route}`, { body: {}, env: { ENCRYPTION_KEY: both } });
    expectAnswer(await api(`GET ${route}`, { env: { ENCRYPTION_KEY: NEW } }), 200, body);
    expect((await use(body.recoveryCodes[0], NEW)).status).toBe(200);
  });

  test.each([
    ['with', () => 'encryption-key-of-the-tests-0001'],
    ['before there was', () => ROOT_KEY],
  ])('that were made %s an encryption key, and not kept, are masks that count', async (_, keyOf) => {
    const { userId, token } = await newMfaUser();
    await rows(
      `INSERT INTO recovery_codes (user_seq, code_hash)
       SELECT seq, json_each.value FROM users, json_each(?) WHERE users.id = ?`,
      JSON.stringify(
        ['00000000aa', '00000000bb'].map((code) => keyedHash(keyOf(), `recovery code of ${userId}: ${code}`)),
      ),
      userId,
    );
    const route = `/users/${userId}/mfa/recovery-codes`;
    expectAnswer(await api(`GET ${route}`), 200, { recoveryCodes: [MASK, MASK] });
    const challenge = await newChallenge(token, 'recoverycode');
    expect((await answerChallenge(token, challenge, '00000000aa')).status).toBe(200);
    expectAnswer(await api(`GET ${route}`), 200, { recoveryCodes: [MASK] });
    const { body } = await api(`PUT ${route}`, { body: {} });
    expectAnswer(await api(`GET ${route}`), 200, body);
  });
});

describe('The user’s own recovery codes', () => {
  const ROUTE = '/account/mfa/recovery-codes';

  test('are made with 201, and read and replaced only after a recent challenge', async () => {
    const user = await newUser();
    const headers = withSession((await newSession(user)).token);
    const made = await api(`POST ${ROUTE}`, { headers });
    expect([made.status, made.body.recoveryCodes.length]).toEqual([201, 6]);
    expectError(await api(`POST ${ROUTE}`, { headers }), 'user_recovery_codes_already_exists');
    for (const method of ['GET', 'PATCH'])
      expectError(await api(`${method} ${ROUTE}`, { headers }), 'user_challenge_required');
    await passChallenges(user);
    expectAnswer(await api(`GET ${ROUTE}`, { headers }), 200, made.body);
    const replaced = await api(`PATCH ${ROUTE}`, { headers });
    expect([replaced.status, replaced.body.recoveryCodes.length]).toEqual([200, 6]);
    expect(replaced.body.recoveryCodes).not.toContain(made.body.recoveryCodes[0]);
    expect((await activityOf(user)).at(-1)).toMatchObject({ event: 'user.update', actor_type: 'user' });
  });

  test('are kept as they are by a replacement that is refused', async () => {
    const user = await newUser();
    const headers = withSession((await newSession(user)).token);
    await api(`POST ${ROUTE}`, { headers });
    const before = await storedOf(user);
    expectError(await api(`PATCH ${ROUTE}`, { headers }), 'user_challenge_required');
    expect(await storedOf(user)).toEqual(before);
  });

  test('are made at once by who just added an app, later only after a challenge', async () => {
    const user = await newUser();
    const { token } = await newSession(user);
    const headers = withSession(token);
    await enrol(token);
    passTime(300_001);
    expectError(await api(`POST ${ROUTE}`, { headers }), 'user_challenge_required');
    expect(await storedOf(user)).toEqual([]);
    passTime(-1);
    expect((await api(`POST ${ROUTE}`, { headers })).status).toBe(201);
  });

  test('are made after a challenge by who has had an app for long', async () => {
    const { userId, token } = await newMfaUser(false);
    passTime(300_001);
    await passChallenges(userId);
    const headers = withSession(token);
    expect((await api(`POST ${ROUTE}`, { headers })).status).toBe(201);
  });
});
