import * as v from 'valibot';
import { send } from './client';
import { parseCsv } from './csv';

/** A row of a file, as the API's import takes it; the API checks it. */
const row = v.record(v.string(), v.unknown());
export type ImportRow = v.InferOutput<typeof row>;

export interface Refused {
  /** The row's place in the file, from 1 on. */
  readonly line: number;
  readonly who: string;
  readonly reason: string;
}

/** Rows of a call: as many as are done in a moment, so that progress is seen. */
const AT_ONCE = 100;

/** The rows of a file, JSON lines, a JSON array or CSV with a line of names; what makes none says why. */
export function parseRows(text: string): readonly (ImportRow | string)[] {
  const trimmed = text.trim();
  if (trimmed.startsWith('[')) return asArray(trimmed).map(parseRow);
  if (trimmed.startsWith('{')) {
    const lines = trimmed.split('\n').filter((line) => line.trim() !== '');
    return lines.map((line) => parseRow(asJson(line)));
  }
  const [names = [], ...lines] = parseCsv(trimmed);
  return lines.map((cells) => parseRow(fromCells(names, cells)));
}

function asJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return 'This is no JSON.';
  }
}

function asArray(text: string): readonly unknown[] {
  const value = asJson(text);
  return Array.isArray(value) ? value : [value];
}

function parseRow(value: unknown): ImportRow | string {
  if (typeof value === 'string') return value;
  const parsed = v.safeParse(row, value);
  return parsed.success ? parsed.output : 'A row is an object.';
}

/** Fields that are no text: a cell holds their JSON, or labels with spaces between. */
const JSON_FIELDS = ['prefs', 'hashOptions', 'targets', 'identities', 'memberships'];

function fromCells(names: readonly string[], cells: readonly string[]): Record<string, unknown> {
  const filled = names
    .map((name, at) => [name.trim(), cells[at] ?? ''] as const)
    .filter(([name, cell]) => name !== '' && cell !== '');
  return Object.fromEntries(filled.map(([name, cell]) => [name, fromCell(name, cell)]));
}

function fromCell(name: string, cell: string): unknown {
  if (cell === 'true' || cell === 'false') return cell === 'true';
  if (JSON_FIELDS.includes(name) || (name === 'labels' && cell.startsWith('['))) return asJson(cell);
  return name === 'labels' ? cell.split(/[;\s,]+/).filter(Boolean) : cell;
}

const outcome = v.object({ index: v.number(), status: v.string(), message: v.optional(v.string(), '') });

/** Makes a user of each row. @param onStep told after each call how many are made, and which are refused */
export async function importUsers(
  rows: readonly (ImportRow | string)[],
  onStep: (done: number, refused: readonly Refused[]) => void,
): Promise<void> {
  const unread = rows.flatMap((given, at) =>
    typeof given === 'string' ? [{ line: at + 1, who: '', reason: given }] : [],
  );
  const numbered = rows.flatMap((given, at) => (typeof given === 'string' ? [] : [{ given, line: at + 1 }]));
  const refused: Refused[] = [...unread];
  let done = 0;
  onStep(done, refused);
  for (let at = 0; at < numbered.length; at += AT_ONCE) {
    const part = numbered.slice(at, at + AT_ONCE);
    for (const { index, status, message } of await importPart(part.map(({ given }) => given))) {
      const { given, line } = part[index] ?? { given: {}, line: 0 };
      if (status !== 'refused') done++;
      else
        refused.push({ line, who: String(given.email ?? given.userId ?? given.name ?? ''), reason: message });
    }
    onStep(done, [...refused]);
  }
}

async function importPart(rows: readonly ImportRow[]) {
  const body = rows.map((given) => JSON.stringify(given)).join('\n');
  const headers = { 'content-type': 'application/x-ndjson' };
  const response = await send(new Request('/v1/users/import', { method: 'POST', headers, body }), null);
  const lines = (await response.text()).split('\n').filter(Boolean);
  // The last line only counts.
  return lines.flatMap((line) => {
    const parsed = v.safeParse(outcome, asJson(line));
    return parsed.success ? [parsed.output] : [];
  });
}
