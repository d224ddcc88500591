import * as v from 'valibot';
import { changesOf } from './changeUser';
import { api, bodyOf } from './client';
import { ApiProblem } from './problem';

const flag = v.optional(v.boolean());

/** A row of a file: the fields of a new user, in the API's names. */
const row = v.looseObject({
  userId: v.optional(v.string(), 'unique()'),
  name: v.optional(v.string(), ''),
  email: v.optional(v.string()),
  phone: v.optional(v.string()),
  password: v.optional(v.string()),
  labels: v.optional(v.array(v.string())),
  prefs: v.optional(v.record(v.string(), v.unknown())),
  status: flag,
  emailVerification: flag,
  phoneVerification: flag,
});
export type ImportRow = v.InferOutput<typeof row>;

export interface Refused {
  /** The row's place in the file, from 1 on. */
  readonly line: number;
  readonly who: string;
  readonly reason: string;
}

/** Rows that may be under way at a time. */
const AT_ONCE = 4;

/** The rows of a file, JSON lines, a JSON array or CSV with a line of names; what makes none says why. */
export function parseRows(text: string): readonly (ImportRow | string)[] {
  const trimmed = text.trim();
  if (trimmed.startsWith('[')) return asArray(trimmed).map(parseRow);
  if (trimmed.startsWith('{'))
    return trimmed
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => parseRow(asJson(line)));
  const [names = [], ...lines] = parseCsv(trimmed);
  return lines.map((cells) => parseRow(fromCells(names, cells)));
}

function asJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return 'This line is no JSON.';
  }
}

function asArray(text: string): readonly unknown[] {
  const value = asJson(text);
  return Array.isArray(value) ? value : [value];
}

function parseRow(value: unknown): ImportRow | string {
  if (typeof value === 'string') return value;
  const parsed = v.safeParse(row, value);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  return `${v.getDotPath(issue) ?? 'The row'}: ${issue.message}`;
}

/** A cell is text; what the API has as something else is read as that. */
function fromCells(names: readonly string[], cells: readonly string[]): Record<string, unknown> {
  const filled = names
    .map((name, at) => [name.trim(), cells[at] ?? ''] as const)
    .filter(([name, cell]) => name !== '' && cell !== '');
  return Object.fromEntries(
    filled.map(([name, cell]) => {
      if (cell === 'true' || cell === 'false') return [name, cell === 'true'];
      if (name === 'labels') return [name, cell.split(/[;\s,]+/).filter(Boolean)];
      return [name, name === 'prefs' ? asJson(cell) : cell];
    }),
  );
}

/** CSV as RFC 4180 has it: quotes around a cell, doubled within. */
function parseCsv(text: string): string[][] {
  const lines: string[][] = [[]];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    lines.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '') break;
    if (end !== ',') lines.push([]);
  }
  return lines.filter((cells) => cells.some((cell) => cell !== ''));
}

/** Makes a user of each row. @param onStep told after each one how many are made, and which are refused */
export async function importUsers(
  rows: readonly (ImportRow | string)[],
  onStep: (done: number, refused: readonly Refused[]) => void,
): Promise<void> {
  const waiting = rows.map((given, at) => [given, at + 1] as const);
  const refused: Refused[] = [];
  let done = 0;
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [given, line] = next;
      const reason = typeof given === 'string' ? given : await importOne(given);
      if (reason === null) done++;
      else
        refused.push({
          line,
          who: typeof given === 'string' ? '' : (given.email ?? given.name ?? ''),
          reason,
        });
      onStep(done, [...refused]);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** Why a row was refused; null where it was not. */
async function importOne({
  labels,
  prefs,
  status,
  emailVerification,
  phoneVerification,
  ...given
}: ImportRow): Promise<string | null> {
  const { userId, name, email, phone, password } = given;
  const reached = { ...(email && { email }), ...(phone && { phone }), ...(password && { password }) };
  try {
    const { $id } = bodyOf(await api.POST('/v1/users', { body: { userId, name, ...reached } }));
    const user = changesOf($id);
    if (labels?.length) await user.labels(labels);
    if (prefs) await user.prefs(prefs);
    if (emailVerification) await user.emailVerification(true);
    if (phoneVerification) await user.phoneVerification(true);
    if (status === false) await user.status(false);
    return null;
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.hasKeyEnded) throw error;
    return error.message;
  }
}
