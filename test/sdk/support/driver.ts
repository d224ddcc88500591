import * as v from 'valibot';
import { inject } from 'vitest';
import type { Params, Sdk } from './generation';
import type { RefusalType } from './refusals';

/** How one method of the SDK's `Users` is driven, in every generation that has it. */
export interface Driver {
  /** A whole call, about nobody where it is about somebody. */
  readonly example: Params;
  /** What the example is refused with: there is nobody. Null where it needs nobody. */
  readonly absent: RefusalType | null;
  /** Any one of these lets a key call it. */
  readonly scopes: readonly string[];
  /** Changes of the example, each with the message of the 400 that refuses it. */
  readonly invalid?: readonly (readonly [change: Params, message: string])[];
  /** The method's happy path, and its conflicts. It may have several names over the generations. */
  answers(sdk: Sdk, method: string): Promise<void>;
}

export const readUsers = ['users.read'];
export const writeUsers = ['users.write'];

let users = 0;

/** Makes a user with a password; returns its ID. */
export async function newUser(sdk: Sdk, fields: Params = {}): Promise<string> {
  const userId = freshId(sdk);
  const email = `${userId}@example.com`;
  await sdk.call('create', { userId, email, password: 'long enough', ...fields });
  return userId;
}

/** An ID that nothing else of any generation's tests has. */
export function freshId({ prefix }: Sdk): string {
  users += 1;
  return `${prefix}-${users}`;
}

/** A phone number that nothing else of any generation's tests has. */
export function freshPhone({ format }: Sdk): string {
  users += 1;
  return `+49${format.replaceAll('.', '')}${String(users).padStart(6, '0')}`;
}

/** A text field of an answer, such as `$id`. */
export function textOf(answer: unknown, field: string): string {
  return v.parse(v.looseObject({ [field]: v.string() }), answer)[field] ?? '';
}

const list = v.looseObject({ users: v.array(v.looseObject({ $id: v.string() })) });

/** The IDs in a list of users. */
export function idsOf(answer: unknown): string[] {
  return v.parse(list, answer).users.map(({ $id }) => $id);
}

/** Posts what a generation of the SDK has no method for, such as sessions before 1.5; returns what is made. */
export async function post(
  path: string,
  body: Params = {},
  headers: Readonly<Record<string, string>> = { 'x-appwrite-key': inject('rootKey') },
): Promise<unknown> {
  const answer = await fetch(`${inject('endpoint')}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}
