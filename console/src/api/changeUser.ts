import { api, bodyOf } from './client';

/** What a new user is made of; what is empty is left out. */
export interface NewUser {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly password: string;
}

export async function createUser({ userId, ...given }: NewUser) {
  const { name, ...optional } = given;
  const filled = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== ''));
  return bodyOf(await api.POST('/v1/users', { body: { userId: userId || 'unique()', name, ...filled } }));
}

/** What can be done to one user, each in one call. */
export function changesOf(userId: string) {
  const params = { path: { userId } };
  return {
    name: (name: string) => api.PATCH('/v1/users/{userId}/name', { params, body: { name } }),
    email: (email: string) => api.PATCH('/v1/users/{userId}/email', { params, body: { email } }),
    phone: (number: string) => api.PATCH('/v1/users/{userId}/phone', { params, body: { number } }),
    password: (password: string) => api.PATCH('/v1/users/{userId}/password', { params, body: { password } }),
    status: (status: boolean) => api.PATCH('/v1/users/{userId}/status', { params, body: { status } }),
    emailVerification: (emailVerification: boolean) =>
      api.PATCH('/v1/users/{userId}/verification', { params, body: { emailVerification } }),
    phoneVerification: (phoneVerification: boolean) =>
      api.PATCH('/v1/users/{userId}/verification/phone', { params, body: { phoneVerification } }),
    labels: (labels: string[]) => api.PUT('/v1/users/{userId}/labels', { params, body: { labels } }),
    prefs: (prefs: Record<string, unknown>) =>
      api.PATCH('/v1/users/{userId}/prefs', { params, body: { prefs } }),
    impersonator: (impersonator: boolean) =>
      api.PATCH('/v1/users/{userId}/impersonator', { params, body: { impersonator } }),
    mfa: (mfa: boolean) => api.PATCH('/v1/users/{userId}/mfa', { params, body: { mfa } }),
    resetAuthenticator: () =>
      api.DELETE('/v1/users/{userId}/mfa/authenticators/{type}', {
        params: { path: { userId, type: 'totp' } },
      }),
    showRecoveryCodes: async () =>
      bodyOf(await api.GET('/v1/users/{userId}/mfa/recovery-codes', { params })).recoveryCodes,
    createRecoveryCodes: async () =>
      bodyOf(await api.PATCH('/v1/users/{userId}/mfa/recovery-codes', { params })).recoveryCodes,
    replaceRecoveryCodes: async () =>
      bodyOf(await api.PUT('/v1/users/{userId}/mfa/recovery-codes', { params })).recoveryCodes,
    endSession: (sessionId: string) =>
      api.DELETE('/v1/users/{userId}/sessions/{sessionId}', { params: { path: { userId, sessionId } } }),
    endSessions: () => api.DELETE('/v1/users/{userId}/sessions', { params }),
    deleteTarget: (targetId: string) =>
      api.DELETE('/v1/users/{userId}/targets/{targetId}', { params: { path: { userId, targetId } } }),
    delete: () => api.DELETE('/v1/users/{userId}', { params }),
  };
}

export const deleteIdentity = (identityId: string) =>
  api.DELETE('/v1/users/identities/{identityId}', { params: { path: { identityId } } });
