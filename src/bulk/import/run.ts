import { isUnavailable } from '../../db/errors';
import type { CheckedRow } from '../../http/endpoint';
import { ApiError, toldAs } from '../../http/errors';
import type { Context } from '../../request/context';
import { generationOf } from '../../wire/dialect/format';
import type { ImportCounts, ImportLine } from '../../wire/import';
import { candidateOf } from './candidate';
import { MOST_WAITS, nextChunk, type Waiting } from './chunks';
import { nameOf } from './claims';
import type { Verdict } from './judge';
import { hashed, hashesOf, MOST_HASHES, ownersOf, tooManyHashes } from './plain';
import { alreadyThere, claimedBefore, errorOf, waitedInVain } from './refuse';
import type { importRow } from './row';
import type { Candidate, Claim } from './stored';
import { write } from './write';

export interface ImportOptions {
  readonly onDuplicate: 'fail' | 'skip' | 'overwrite';
  readonly dryRun: boolean;
  readonly createTeams: boolean;
}

/** What became of a row. */
type Outcome =
  | {
      readonly status: 'created' | 'skipped' | 'overwritten';
      readonly userId: string;
      readonly by?: Verdict['by'];
    }
  | {
      readonly status: 'refused';
      readonly userId: string | null;
      readonly error: ApiError;
      readonly by?: Verdict['by'];
    };

/**
 * Imports rows, one transaction after another, each with its activity rows; the lines of the answer come in the order of
 * the rows, as soon as they are known, and then the counts. What a caller sees of a row is done, whatever becomes of the
 * rest.
 */
export async function* importLines(
  context: Context,
  rows: readonly CheckedRow<typeof importRow>[],
  options: ImportOptions,
): AsyncGenerator<string> {
  const run = new Run(context, options);
  const queue = rows.flatMap((row) => run.prepare(row));
  // Nothing is told before the first transaction: what fails in that one fails the call.
  while (queue.length > 0) {
    const waiting = await run.take(queue);
    queue.push(...run.settle(waiting));
    queue.sort((one, other) => one.index - other.index);
    yield* run.lines();
  }
  yield* run.lines();
  yield `${JSON.stringify(run.counts())}\n`;
}

/** What is decided of a row of which nothing is told. */
const MADE = { problem: null, by: null, userId: null } as const;

class Run {
  readonly #context: Context;
  readonly #options: ImportOptions;
  readonly #outcomes: Outcome[] = [];
  readonly #waits = new Map<number, number>();
  /** What rows have claimed that a dry run would have written: no statement sees it. */
  readonly #settled = new Map<string, { readonly claim: Claim; readonly userId: string }>();
  readonly #again: Candidate[] = [];
  #told = 0;
  #hashes = 0;
  #isDown = false;
  #hasWritten = false;

  constructor(context: Context, options: ImportOptions) {
    this.#context = context;
    this.#options = options;
  }

  /** A row as a candidate; none where it is refused at once. */
  prepare(row: CheckedRow<typeof importRow>): Candidate[] {
    const { index } = row;
    if (row.problem !== undefined) {
      this.#refuse(index, row.id, row.problem);
      return [];
    }
    try {
      if (row.value.password !== undefined) {
        this.#hashes += hashesOf(this.#context, this.#options.onDuplicate === 'overwrite');
        if (this.#hashes > MOST_HASHES) throw tooManyHashes();
      }
      return [candidateOf(index, row.value, this.#context.caller)];
    } catch (error) {
      this.#refuse(index, row.value.userId ?? null, error);
      return [];
    }
  }

  /** Writes the next rows of the queue; returns those that have to wait for them. */
  async take(queue: Candidate[]): Promise<readonly Waiting[]> {
    const { chunk, waiting } = nextChunk(queue);
    const ready = (await this.#hash(chunk)).filter((candidate) => !this.#isSettled(candidate));
    if (ready.length > 0) await this.#write(ready);
    // Rows about a user that an earlier one of the transaction is about come in the next one.
    queue.push(...this.#again.splice(0));
    return waiting;
  }

  /** Decides on rows that have waited, where what they waited for decides; returns the others. */
  settle(waiting: readonly Waiting[]): Candidate[] {
    return waiting.flatMap(({ candidate, claim, behind }) => {
      const earlier = this.#outcomes[behind];
      const same = earlier === undefined ? undefined : this.#sameFate(claim, earlier);
      if (same !== undefined) {
        this.#outcomes[candidate.index] = same;
        return [];
      }
      if (this.#mayWait(candidate)) return [candidate];
      this.#refuse(candidate.index, candidate.keys.id, waitedInVain(behind, claim));
      return [];
    });
  }

  #mayWait({ index }: Candidate): boolean {
    const waits = (this.#waits.get(index) ?? 0) + 1;
    this.#waits.set(index, waits);
    return waits <= MOST_WAITS;
  }

  /** The lines of rows that are known and not told yet, up to the first that is not. */
  *lines(): Generator<string> {
    const lines: string[] = [];
    for (
      let outcome = this.#outcomes[this.#told];
      outcome !== undefined;
      outcome = this.#outcomes[this.#told]
    ) {
      lines.push(`${JSON.stringify(this.#lineOf(this.#told, outcome))}\n`);
      this.#told += 1;
    }
    if (lines.length > 0) yield lines.join('');
  }

  counts(): ImportCounts {
    const count = (status: ImportLine['status']) =>
      this.#outcomes.filter((outcome) => outcome.status === status).length;
    return {
      total: this.#outcomes.length,
      created: count('created'),
      skipped: count('skipped'),
      overwritten: count('overwritten'),
      refused: count('refused'),
    };
  }

  #lineOf(index: number, outcome: Outcome): ImportLine {
    const { status, userId } = outcome;
    if (outcome.status !== 'refused') return { index, userId, status };
    const type = toldAs(outcome.error.type, generationOf(this.#context.format));
    return { index, userId, status, type, message: outcome.error.message };
  }

  #refuse(index: number, userId: string | null, error: unknown): void {
    if (!(error instanceof ApiError)) throw error;
    this.#outcomes[index] = { status: 'refused', userId, error };
  }

  async #hash(chunk: readonly Candidate[]): Promise<Candidate[]> {
    const ownerOf =
      this.#options.onDuplicate === 'overwrite' ? await ownersOf(this.#context, chunk) : () => undefined;
    const ready: Candidate[] = [];
    for (const candidate of chunk) {
      try {
        ready.push(await hashed(this.#context, candidate, ownerOf(candidate), this.#options.dryRun));
      } catch (error) {
        this.#refuse(candidate.index, candidate.keys.id, error);
      }
    }
    return ready;
  }

  async #write(candidates: readonly Candidate[]): Promise<void> {
    const { onDuplicate, ...options } = this.#options;
    if (this.#isDown) return this.#lost(candidates);
    try {
      const verdicts = await write(this.#context, candidates, {
        ...options,
        overwrites: onDuplicate === 'overwrite',
      });
      this.#hasWritten = true;
      const told = new Map(verdicts.map((verdict) => [verdict.i, verdict]));
      for (const [i, candidate] of candidates.entries())
        this.#decide(candidate, told.get(i) ?? { ...MADE, i });
    } catch (error) {
      if (!this.#hasWritten || !isUnavailable(error)) throw error;
      this.#isDown = true;
      this.#lost(candidates);
    }
  }

  /** Rows that nobody knows of whether they were written: the database could not be reached any more. */
  #lost(candidates: readonly Candidate[]): void {
    const message = 'The database could not be reached. Send the row again, with onDuplicate=skip.';
    for (const { index, keys } of candidates)
      this.#refuse(index, keys.id, new ApiError('general_service_unavailable', message));
  }

  #decide(candidate: Candidate, { problem, by, userId }: Verdict): void {
    const { index, keys, claims } = candidate;
    const { onDuplicate, dryRun } = this.#options;
    const overwrites = onDuplicate === 'overwrite';
    if (by !== null && userId !== null && !overwrites) {
      this.#outcomes[index] =
        onDuplicate === 'skip'
          ? { status: 'skipped', userId, by }
          : { status: 'refused', userId: keys.id, error: alreadyThere(by), by };
    } else if (problem === 'again' && this.#mayWait(candidate)) {
      // Hashed already: it is not hashed again.
      this.#again.push({ ...candidate, plain: undefined });
    } else if (problem !== null) {
      this.#refuse(index, userId ?? keys.id, errorOf(problem, by === null));
    } else {
      const done = { status: by === null ? 'created' : 'overwritten', userId: userId ?? keys.id } as const;
      this.#outcomes[index] = done;
      if (dryRun)
        for (const claim of claims) this.#settled.set(nameOf(claim), { claim, userId: done.userId });
    }
  }

  /** In a dry run: whether a row would meet what an earlier one of the call has written. */
  #isSettled({ index, keys, claims }: Candidate): boolean {
    if (this.#settled.size === 0) return false;
    for (const claim of claims) {
      const met = this.#settled.get(nameOf(claim));
      if (met === undefined) continue;
      const isSame = claim.isOwn && met.claim.isOwn;
      if (isSame && this.#options.onDuplicate !== 'fail') {
        const status = this.#options.onDuplicate === 'skip' ? 'skipped' : 'overwritten';
        this.#outcomes[index] = { status, userId: met.userId };
      } else {
        this.#refuse(index, keys.id, claimedBefore(claim));
      }
      return true;
    }
    return false;
  }

  /** What becomes of a row that claims what decided on an earlier one; undefined where that has to be asked. */
  #sameFate(claim: Claim, earlier: Outcome): Outcome | undefined {
    if (this.#options.onDuplicate === 'overwrite' || !claim.isOwn) return undefined;
    if (earlier.by !== claim.kind) return undefined;
    return earlier;
  }
}
