import { expect } from 'vitest';
import { type Answer, api, type Call } from './api';

/** A row, or the text of a line that is none. */
export type Row = Readonly<Record<string, unknown>> | string;

export const toLines = (rows: readonly Row[]) =>
  rows.map((row) => `${typeof row === 'string' ? row : JSON.stringify(row)}\n`).join('');

/** Imports what a body holds, as NDJSON unless told otherwise. @param parameters such as `onDuplicate=skip` */
export const importBody = (
  body: unknown,
  parameters = '',
  { headers, ...call }: Call = {},
): Promise<Answer> =>
  api(`POST /users/import?${parameters}`, {
    ...call,
    body,
    headers: { 'content-type': 'application/x-ndjson', ...headers },
  });

// biome-ignore lint/suspicious/noExplicitAny: a test asserts on it as a client without types would.
type Line = any;

/** Imports rows, and returns the lines of the answer: one for each row, and the counts. */
export async function importRows(
  rows: readonly Row[],
  parameters = '',
  call: Call = {},
): Promise<{ lines: Line[]; counts: Line }> {
  const answer = await importBody(toLines(rows), parameters, call);
  expect(answer.status, answer.text).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/x-ndjson; charset=UTF-8');
  const lines = answer.text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const counts = lines.pop();
  expect(lines.map(({ index }) => index)).toEqual(rows.map((_, i) => i));
  expect(counts.total).toBe(rows.length);
  return { lines, counts };
}

/** What became of rows: `created`, or why not. */
export const fates = async (...args: Parameters<typeof importRows>) =>
  (await importRows(...args)).lines.map(({ status, type, message }) =>
    status === 'refused' ? `${type}: ${message}` : status,
  );
