import { bareFormula } from '../../../../src/text/formulas.ts';
import { parseJson, TextFile } from '../files.ts';
import { type Found, given, type Source } from '../source.ts';

/** Rows as GET /users/export tells them, one a line; a refused one that was corrected, too. */
export function ndjson(path: string): Source {
  const file = new TextFile(path);
  async function* read(): AsyncGenerator<Found> {
    for await (const line of file.lines()) yield fromLine(line);
  }
  return { read, progress: () => file.progress(), notes: () => [] };
}

function fromLine(line: string): Found {
  const parsed = parseJson(line);
  if ('problem' in parsed) return { source: line, problem: parsed.problem };
  const { value } = parsed;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { source: line, problem: 'It is no JSON object.' };
  const { _error, _source, ...row } = Object.fromEntries(Object.entries(value));
  if (_source !== undefined) return { source: _source, problem: 'It was not corrected yet.' };
  return { source: row, row };
}

/** What stands in a cell as JSON. */
const JSON_CELLS = ['hashOptions', 'labels', 'prefs', 'targets', 'identities', 'memberships'];

/** Rows as GET /users/export?format=csv tells them: a line of names, then users; columns that are not there say nothing. */
export function csv(path: string): Source {
  const file = new TextFile(path);
  async function* read(): AsyncGenerator<Found> {
    for await (const record of file.records()) yield fromRecord(record);
  }
  return { read, progress: () => file.progress(), notes: () => [] };
}

function fromRecord(record: Readonly<Record<string, string>>): Found {
  const fields: Record<string, unknown> = {};
  for (const [name, cell] of Object.entries(record)) {
    const text = bareFormula(cell);
    if (text === '') continue;
    if (!JSON_CELLS.includes(name)) {
      fields[name] = text;
      continue;
    }
    const parsed = parseJson(text);
    if ('problem' in parsed) return { source: record, problem: `The column "${name}" is not valid JSON.` };
    fields[name] = parsed.value;
  }
  return { source: record, row: given(fields) };
}
