import { type Answer, api } from './api';
import { rows } from './rows';

/** The headers of somebody without a key or session, at an address; nobody knows which without one. */
export const guestAt = (ip: string | null = null) => ({ 'x-appwrite-key': null, 'cf-connecting-ip': ip });

/** Signs in with a password, as a guest at an address. */
export const signInAt = (ip: string | null, email: string, password: string) =>
  api('POST /account/sessions/email', { body: { email, password }, headers: guestAt(ip) });

/** Signs in with a one-time token, as a guest at an address. */
export const signInWithTokenAt = (ip: string | null, userId: string, secret: string) =>
  api('POST /account/sessions/token', { body: { userId, secret }, headers: guestAt(ip) });

/** A one-time token of a user, too long to be guessed unless said otherwise. */
export const newToken = async (userId: string, length = 64): Promise<string> =>
  (await api(`POST /users/${userId}/tokens`, { body: { length } })).body.secret;

/** Tries so many times in vain, one after the other; the statuses that are answered. */
export async function tryInVain(times: number, attempt: () => Promise<Answer>): Promise<number[]> {
  const statuses = [];
  for (let n = 0; n < times; n++) statuses.push((await attempt()).status);
  return statuses;
}

/** So many times the same. */
export const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

/** What is stored of failed tries. */
export const failures = () => rows('SELECT * FROM failures');
