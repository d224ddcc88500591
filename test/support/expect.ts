import { expect } from 'vitest';
import { type ErrorType, messageOf, statusOf } from '../../src/http/errors';
import type { Answer } from './api';

/** Asserts a whole error answer. Without a message it must have the one that the table gives its type. */
export function expectError(
  answer: Answer,
  type: ErrorType,
  { message = messageOf(type), classic = false }: { message?: string | RegExp; classic?: boolean } = {},
): void {
  const code = statusOf(type, classic ? 'classic' : 'modern');
  expectExactly(answer.body, {
    message: typeof message === 'string' ? message : expect.stringMatching(message),
    code,
    type,
    version: '1.9.6',
  });
  expect(answer.status).toBe(code);
}

/** Asserts a 400 for one parameter, in Appwrite's words. */
export function expectInvalid(answer: Answer, name: string, rule: string | RegExp): void {
  const message = typeof rule === 'string' ? `Invalid \`${name}\` param: ${rule}` : rule;
  expectError(answer, 'general_argument_invalid', { message });
}

/** Asserts a 400 for a parameter that is not there. */
export function expectMissing(answer: Answer, name: string): void {
  expectError(answer, 'general_argument_invalid', { message: `Param "${name}" is not optional.` });
}

/** Asserts that a JSON object has these values under exactly these keys, in this order. */
export function expectExactly(actual: unknown, expected: Readonly<Record<string, unknown>>): void {
  expect(actual).toStrictEqual(expected);
  expect(Object.keys(Object(actual))).toEqual(Object.keys(expected));
}

/** Asserts an answer's status and its whole body. */
export function expectAnswer(answer: Answer, status: number, body: Readonly<Record<string, unknown>>): void {
  expect(answer.status, answer.text).toBe(status);
  expectExactly(answer.body, body);
}
