import { stringify } from 'csv-stringify/sync';
import { shieldFormula } from '../../text/formulas';
import type { ExportedUser } from './columns';
import { rowOf } from './rows';

type Pages = AsyncIterable<readonly ExportedUser[]>;

/** A JSON object a line. */
export async function* toNdjson(pages: Pages, fields: readonly string[]): AsyncGenerator<string> {
  for await (const users of pages)
    yield users.map((user) => `${JSON.stringify(pick(user, fields))}\n`).join('');
}

/** RFC 4180, with a line of names; what is no plain value is JSON, what is none an empty cell. */
export async function* toCsv(pages: Pages, fields: readonly string[]): AsyncGenerator<string> {
  // With the first page: what keeps that one from being read is an error, not half an answer.
  let head = lines([fields]);
  for await (const users of pages) {
    yield head + lines(users.map((user) => Object.values(pick(user, fields)).map(cellOf)));
    head = '';
  }
  if (head !== '') yield head;
}

const lines = (records: readonly (readonly string[])[]) =>
  stringify([...records], { record_delimiter: '\r\n' });

function cellOf(value: unknown): string {
  if (value === null) return '';
  return shieldFormula(typeof value === 'string' ? value : JSON.stringify(value));
}

function pick(user: ExportedUser, fields: readonly string[]): Record<string, unknown> {
  const row: Readonly<Record<string, unknown>> = rowOf(user);
  return Object.fromEntries(fields.map((name) => [name, row[name]]));
}
