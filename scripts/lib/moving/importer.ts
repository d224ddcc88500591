import { createHash } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import * as v from 'valibot';
import { Stop } from '../stop.ts';
import type { Progressing } from './checkpoint.ts';
import { call, type Deployment } from './deployment.ts';
import type { Progress } from './progress.ts';
import type { Found, Row, Source } from './source.ts';

/** What one call takes: the API's own bounds (docs/limits.md), and something less of its bytes. */
const MOST_ROWS = 1_000;
const MOST_BYTES = 7 * 1024 * 1024;
const MOST_PASSWORDS = 50;

const line = v.looseObject({
  index: v.number(),
  status: v.picklist(['created', 'skipped', 'overwritten', 'refused']),
  type: v.optional(v.string()),
  message: v.optional(v.string()),
});

export interface ImportOptions {
  readonly onDuplicate: 'fail' | 'skip' | 'overwrite';
  readonly dryRun: boolean;
  readonly createTeams: boolean;
  /** Where rows go that were refused; null for nowhere. */
  readonly refused: string | null;
}

interface Sending {
  readonly found: Found;
  readonly text: string;
}

/**
 * Imports all of a source, call by call. Each is noted before it is sent and when it is answered, so that one that goes on
 * knows which rows may be there already.
 * @param isStopped asked between calls: whether to stop here, to go on later
 */
export async function importAll(
  source: Source,
  to: Deployment,
  options: ImportOptions,
  checkpoint: Progressing,
  progress: Progress,
  isStopped: () => boolean,
): Promise<'through' | 'stopped'> {
  const { state } = checkpoint;
  const skip = state.done;
  // What was under way when an earlier run ended may be there: those rows are no duplicates of somebody else's.
  let doubtful = state.sent;
  let batch = new Batch();
  let number = 0;
  const send = async () => {
    const isDoubtful = doubtful > 0 && options.onDuplicate === 'fail';
    state.sent = batch.size;
    if (!options.dryRun) checkpoint.save();
    await deliver(
      to,
      batch,
      { ...options, onDuplicate: isDoubtful ? 'skip' : options.onDuplicate },
      state.counts,
    );
    state.done += batch.size;
    state.sent = 0;
    doubtful = Math.max(0, doubtful - batch.size);
    if (!options.dryRun) checkpoint.save();
    batch = new Batch();
    const reached = source.progress();
    progress.update(
      reached === null || reached.total === 0 ? null : reached.done / reached.total,
      state.done,
    );
  };
  for await (const found of source.read()) {
    number += 1;
    if (number <= skip) continue;
    const sending = toSend(found, state.run, number);
    // Rows of which nobody knows are sent by themselves: only they may be skipped.
    if (batch.isFull(sending) || (doubtful > 0 && batch.size === doubtful)) {
      await send();
      if (isStopped()) return 'stopped';
    }
    batch.add(sending);
  }
  if (batch.size > 0) await send();
  return 'through';
}

/** A row gets an ID of its own here where it has none, so that it is known again when it is sent twice. */
function toSend(found: Found, run: string, number: number): Sending {
  if ('problem' in found) return { found, text: '' };
  const made = () => createHash('sha256').update(`${run} ${number}`).digest('hex').slice(0, 20);
  const { userId } = found.row;
  const row: Row =
    userId === undefined || userId === '' || userId === 'unique()'
      ? { ...found.row, userId: made() }
      : found.row;
  return { found, text: JSON.stringify(row) };
}

/** The rows of one call. */
class Batch {
  readonly sendings: Sending[] = [];
  #bytes = 0;
  #passwords = 0;

  get size(): number {
    return this.sendings.length;
  }

  isFull({ found, text }: Sending): boolean {
    const hasPassword = 'row' in found && found.row.password !== undefined;
    return (
      this.size >= MOST_ROWS ||
      (this.size > 0 && this.#bytes + Buffer.byteLength(text) > MOST_BYTES) ||
      (hasPassword && this.#passwords >= MOST_PASSWORDS)
    );
  }

  add(sending: Sending): void {
    this.sendings.push(sending);
    this.#bytes += Buffer.byteLength(sending.text) + 1;
    if ('row' in sending.found && sending.found.row.password !== undefined) this.#passwords += 1;
  }
}

async function deliver(
  to: Deployment,
  { sendings }: Batch,
  options: ImportOptions,
  counts: Progressing['state']['counts'],
): Promise<void> {
  const rows = sendings.filter(({ text }) => text !== '');
  if (rows.length > 0) await deliverRows(to, rows, options, counts);
  for (const { found } of sendings)
    if ('problem' in found)
      refuse(options, counts, { _error: { message: found.problem }, _source: found.source });
}

async function deliverRows(
  to: Deployment,
  rows: readonly Sending[],
  options: ImportOptions,
  counts: Progressing['state']['counts'],
): Promise<void> {
  const { onDuplicate, dryRun, createTeams } = options;
  const parameters = new URLSearchParams({ onDuplicate, dryRun: `${dryRun}`, createTeams: `${createTeams}` });
  const answer = await call(to, `/users/import?${parameters}`, {
    method: 'POST',
    body: rows.map(({ text }) => `${text}\n`).join(''),
    contentType: 'application/x-ndjson',
  });
  const lines = (await answer.text()).trimEnd().split('\n');
  if (lines.length !== rows.length + 1)
    throw new Stop('The answer broke off. Start again: it goes on from here.');
  const told = lines.slice(0, -1).map((text) => v.parse(line, JSON.parse(text)));
  const lost = told.find(({ type }) => type === 'general_service_unavailable');
  if (lost !== undefined) throw new Stop(`${lost.message} Start again: it goes on from here.`);
  for (const { index, status, type, message } of told) {
    const row = rows[index];
    if (status === 'refused' && row !== undefined)
      refuse(options, counts, { ...JSON.parse(row.text), _error: { type, message } });
    else counts[status] += 1;
  }
}

/** A line that can be corrected and imported again; what is no row yet has what it was in `_source`. */
function refuse(
  { refused, dryRun }: ImportOptions,
  counts: Progressing['state']['counts'],
  line: object,
): void {
  counts.refused += 1;
  if (!dryRun && refused !== null) appendFileSync(refused, `${JSON.stringify(line)}\n`);
}
