import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import * as v from 'valibot';

const schema = v.object({
  /** What is imported from where to where: another import has nothing to go on from here. */
  of: v.string(),
  /** Makes the IDs of rows that tell none, the same ones when it goes on. */
  run: v.string(),
  /** Records that are through. */
  done: v.number(),
  /** Records that were sent behind them, of which nobody knows. */
  sent: v.number(),
  counts: v.object({
    created: v.number(),
    skipped: v.number(),
    overwritten: v.number(),
    refused: v.number(),
  }),
});

export type Progressed = v.InferOutput<typeof schema>;

/** How far an import has come, and how that is kept. */
export interface Progressing {
  readonly state: Progressed;
  save(): void;
}

/** Of an import that nobody goes on with. */
export function newProgress(of: string): Progressing {
  const counts = { created: 0, skipped: 0, overwritten: 0, refused: 0 };
  const state = { of, run: randomBytes(8).toString('hex'), done: 0, sent: 0, counts };
  return { state, save() {} };
}

/** How far an import has come, in a file beside what it reads, so that it goes on there after whatever ended it. */
export class Checkpoint implements Progressing {
  readonly #path: string;
  readonly state: Progressed;
  /** Whether it goes on from an earlier run. */
  readonly goesOn: boolean;

  constructor(path: string, of: string) {
    this.#path = path;
    const earlier = existsSync(path)
      ? v.safeParse(v.pipe(v.string(), v.parseJson(), schema), readFileSync(path, 'utf8'))
      : null;
    this.goesOn = earlier?.success === true && earlier.output.of === of;
    this.state =
      earlier?.success === true && earlier.output.of === of ? earlier.output : newProgress(of).state;
  }

  /** Writes it in one step: whoever reads it finds the old one or the new one. */
  save(): void {
    writeFileSync(`${this.#path}.new`, JSON.stringify(this.state));
    renameSync(`${this.#path}.new`, this.#path);
  }

  remove(): void {
    rmSync(this.#path, { force: true });
  }
}
