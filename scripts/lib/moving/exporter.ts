import { createWriteStream, type WriteStream } from 'node:fs';
import { truncate } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';
import * as v from 'valibot';
import { shieldFormula } from '../../../src/text/formulas.ts';
import { Stop } from '../stop.ts';
import { call, type Deployment } from './deployment.ts';
import type { Progress } from './progress.ts';

export interface ExportOptions {
  readonly file: string;
  readonly format: 'ndjson' | 'csv';
  /** As `queries[]` and `search` of GET /users/export. */
  readonly queries: readonly string[];
  readonly search: string | undefined;
}

/** How far an export has come: behind which user, and how long the file is then. */
export interface Reached {
  cursor: string | undefined;
  bytes: number;
  users: number;
}

const row = v.looseObject({ userId: v.string() });

/** How often a stream that breaks off is taken up again, with nothing new in between. */
const TRIES = 5;

/** How many users go by between two notes of how far it has come. */
const NOTED_EVERY = 1_000;

/**
 * Streams the directory into a file, row by row; takes a stream up again where it broke off.
 * @param save notes how far it has come
 */
export async function exportAll(
  from: Deployment,
  options: ExportOptions,
  reached: Reached,
  save: () => void,
  total: number,
  progress: Progress,
  isStopped: () => boolean,
): Promise<'through' | 'stopped'> {
  if (reached.bytes > 0) await truncate(options.file, reached.bytes);
  const file = createWriteStream(options.file, { flags: reached.bytes > 0 ? 'a' : 'w' });
  const failed = new Promise<never>((_, reject) => file.once('error', reject));
  failed.catch(() => {});
  try {
    for (let tries = 0; ; tries++) {
      const before = reached.users;
      try {
        const end = await Promise.race([
          stream(
            from,
            options,
            reached,
            file,
            save,
            (users) => progress.update(total === 0 ? null : Math.min(1, users / total), users),
            isStopped,
          ),
          failed,
        ]);
        return end;
      } catch (error) {
        if (reached.users > before) tries = 0;
        if (error instanceof Stop || tries >= TRIES || file.errored !== null) throw error;
      }
    }
  } finally {
    await new Promise<void>((resolve) => file.end(() => resolve()));
    save();
  }
}

async function stream(
  from: Deployment,
  { format, queries, search }: ExportOptions,
  reached: Reached,
  file: WriteStream,
  save: () => void,
  onUsers: (users: number) => void,
  isStopped: () => boolean,
): Promise<'through' | 'stopped'> {
  const asked = new URLSearchParams(search === undefined ? {} : { search });
  const cursor =
    reached.cursor === undefined ? [] : [JSON.stringify({ method: 'cursorAfter', values: [reached.cursor] })];
  for (const query of [...queries, ...cursor]) asked.append('queries[]', query);
  const answer = await call(from, `/users/export?${asked}`);
  for await (const line of linesOf(answer)) {
    const { userId } = v.parse(row, JSON.parse(line));
    const text = format === 'csv' ? csvLine(line, reached.bytes === 0) : `${line}\n`;
    if (!file.write(text)) await new Promise<void>((resolve) => file.once('drain', () => resolve()));
    reached.cursor = userId;
    reached.bytes += Buffer.byteLength(text);
    reached.users += 1;
    if (reached.users % NOTED_EVERY === 0) {
      save();
      onUsers(reached.users);
      if (isStopped()) return 'stopped';
    }
  }
  return 'through';
}

async function* linesOf(answer: Response): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of answer.body ?? []) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') throw new Error('The export broke off.');
}

/** As the service itself writes it. */
function csvLine(line: string, withNames: boolean): string {
  const record: Record<string, unknown> = JSON.parse(line);
  const cells = Object.values(record).map((value) => {
    if (value === null) return '';
    return shieldFormula(typeof value === 'string' ? value : JSON.stringify(value));
  });
  return stringify(withNames ? [Object.keys(record), cells] : [cells], { record_delimiter: '\r\n' });
}
