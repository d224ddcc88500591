/*
 * What a deployment may ask of new passwords beyond their length, each with Appwrite's meaning. The rules see the
 * password in clear; imported hashes are not asked.
 */
import { hasLine } from '../../text/sortedLines';
import commonPasswords from './commonPasswords.txt';

/** Whether it is one of the 10,000 most common passwords of 8 characters and more, in any case. */
export function isCommonPassword(plain: string): boolean {
  return hasLine(commonPasswords, plain.toLowerCase());
}

/** What a password must not hold of its user. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
}

/** Anything shorter is in too many passwords by chance. */
const SHORTEST_PART = 3;

/**
 * Whether a password holds the user's ID, name, e-mail address, what is before its `@`, or phone number (without the
 * `+`), in any case.
 */
export function holdsPersonalData(plain: string, { id, name, email, phone }: Person): boolean {
  const password = plain.toLowerCase();
  return [id, name, email ?? '', email?.split('@')[0], phone?.slice(1)]
    .map((part = '') => part.trim().toLowerCase())
    .some((part) => part.length >= SHORTEST_PART && password.includes(part));
}
