/** Runs something so many times, one after the other; resolves to the milliseconds of one. */
export type Block = (runs: number) => Promise<number>;

/** What one of several takes. */
export interface Measured {
  /** The middle one of all rounds. */
  readonly ms: number;
  /** How many times as long as the last one of them: the middle one of the ratios of each round. */
  readonly ratio: number;
}

/** Long enough for a clock that tells milliseconds, short enough that what disturbs the machine disturbs few blocks. */
const BLOCK_MS = 60;
const WARM_UP_MS = 600;
const ROUNDS = 15;

/**
 * Measures several in turns, after each was run until it is quick: what disturbs the machine disturbs them all, and their
 * ratios are of the same moment.
 */
export async function interleaved<const Blocks extends readonly Block[]>(
  blocks: Blocks,
): Promise<{ [at in keyof Blocks]: Measured }>;
export async function interleaved(blocks: readonly Block[]): Promise<Measured[]> {
  const counts: number[] = [];
  for (const block of blocks) counts.push(await warmUp(block));
  const rounds: number[][] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const times: number[] = [];
    for (const [at, block] of blocks.entries()) times.push(await block(counts[at] ?? 1));
    rounds.push(times);
  }
  const last = blocks.length - 1;
  return blocks.map((_, at) => ({
    ms: middle(rounds.map((times) => times[at] ?? Number.NaN)),
    ratio: middle(rounds.map((times) => (times[at] ?? Number.NaN) / (times[last] ?? Number.NaN))),
  }));
}

/** Runs it until it is quick; how often it runs in a block then. */
async function warmUp(block: Block): Promise<number> {
  const start = performance.now();
  let ms = await block(5);
  while (performance.now() - start < WARM_UP_MS) ms = await block(Math.ceil(BLOCK_MS / Math.max(ms, 0.02)));
  return Math.ceil(BLOCK_MS / Math.max(ms, 0.02));
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
