import * as v from 'valibot';
import { expect, inject } from 'vitest';
import { type Driver, newUser, post, readUsers, textOf, writeUsers } from './driver';
import type { Sdk } from './generation';
import { session, token } from './models';
import { refused } from './refusals';

const nobody = { userId: 'nobody' };
const readSessions = [...readUsers, 'sessions.read'];
const writeSessions = [...writeUsers, 'sessions.write'];

const sessionMissing = refused('user_session_not_found');

/** A user with a session, made over HTTP: the SDKs before 1.5 can't make one. */
async function signedIn(sdk: Sdk): Promise<{ userId: string; sessionId: string }> {
  const userId = await newUser(sdk);
  return { userId, sessionId: textOf(await post(`/users/${userId}/sessions`), '$id') };
}

/** How many sessions the user has, by whatever name the generation asks. */
async function countSessions(sdk: Sdk, userId: string): Promise<number> {
  const method = sdk.methods.includes('listSessions') ? 'listSessions' : 'getSessions';
  return v.parse(v.looseObject({ total: v.number() }), await sdk.call(method, { userId })).total;
}

const list: Driver = {
  example: nobody,
  absent: 'user_not_found',
  scopes: readSessions,
  async answers(sdk, method) {
    const { userId, sessionId } = await signedIn(sdk);
    const sessions = [session(sdk, { $id: sessionId, userId })];
    expect(await sdk.call(method, { userId })).toEqual({ total: 1, sessions });
    if (sdk.takes(method, 'total'))
      expect(await sdk.call(method, { userId, total: false })).toEqual({ total: 0, sessions });
  },
};

/** Drivers of the methods of sessions, and of what sessions are made of. */
export const sessionsDrivers: Readonly<Record<string, Driver>> = {
  getSessions: list,
  listSessions: list,
  createSession: {
    example: nobody,
    absent: 'user_not_found',
    scopes: writeSessions,
    async answers(sdk, method) {
      const userId = await newUser(sdk);
      const made = await sdk.call(method, { userId });
      expect(made).toEqual(session(sdk, { userId, secret: expect.stringMatching(/^[\w+/=-]{40,}$/) }));
      const account = await fetch(`${inject('endpoint')}/account`, {
        headers: { 'x-appwrite-session': textOf(made, 'secret') },
      });
      expect(textOf(await account.json(), '$id'), 'whose secret it is').toBe(userId);
      await sdk.call('updateStatus', { userId, status: false });
      expect(await sdk.refusal(method, { userId })).toEqual(refused('user_blocked'));
    },
  },
  deleteSession: {
    example: { ...nobody, sessionId: 'nothing' },
    absent: 'user_not_found',
    scopes: writeSessions,
    async answers(sdk, method) {
      const [{ userId, sessionId }, other] = [await signedIn(sdk), await newUser(sdk)];
      const elsewhere = { userId: other, sessionId };
      expect(await sdk.refusal(method, elsewhere), 'under another user').toEqual(sessionMissing);
      expect(await sdk.call(method, { userId, sessionId })).toEqual(sdk.nothing);
      expect(await countSessions(sdk, userId)).toBe(0);
      expect(await sdk.refusal(method, { userId, sessionId })).toEqual(sessionMissing);
    },
  },
  deleteSessions: {
    example: nobody,
    absent: 'user_not_found',
    scopes: writeSessions,
    async answers(sdk, method) {
      const { userId } = await signedIn(sdk);
      await post(`/users/${userId}/sessions`);
      expect(await countSessions(sdk, userId)).toBe(2);
      expect(await sdk.call(method, { userId })).toEqual(sdk.nothing);
      expect(await countSessions(sdk, userId)).toBe(0);
    },
  },
  createToken: {
    example: nobody,
    absent: 'user_not_found',
    scopes: writeUsers,
    invalid: [
      [{ length: 3 }, 'Invalid `length` param: Value must be a valid range between 4 and 128'],
      [{ expire: 59 }, 'Invalid `expire` param: Value must be a valid range between 60 and 31,536,000'],
    ],
    async answers(sdk, method) {
      const userId = await newUser(sdk);
      const secret = expect.stringMatching(/^[0-9a-f]{6}$/);
      expect(await sdk.call(method, { userId })).toEqual(token(sdk, { userId, secret }));
      const long = { userId, secret: expect.stringMatching(/^[0-9a-f]{128}$/) };
      expect(await sdk.call(method, { userId, length: 128, expire: 60 })).toEqual(token(sdk, long));
    },
  },
  createJWT: {
    example: nobody,
    absent: 'user_not_found',
    scopes: writeUsers,
    invalid: [
      [{ duration: 3601 }, 'Invalid `duration` param: Value must be a valid range between 0 and 3,600'],
    ],
    async answers(sdk, method) {
      const { userId, sessionId } = await signedIn(sdk);
      for (const more of [{}, { sessionId }, { sessionId: 'recent', duration: 60 }]) {
        const made = await sdk.call(method, { userId, ...more });
        expect(made).toEqual({ jwt: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) });
        const headers = { 'x-appwrite-jwt': textOf(made, 'jwt') };
        const account = await fetch(`${inject('endpoint')}/account`, { headers });
        expect(textOf(await account.json(), '$id')).toBe(userId);
      }
      expect(await sdk.refusal(method, { userId, sessionId: 'nothing' })).toEqual(sessionMissing);
    },
  },
};
