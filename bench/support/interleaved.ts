import { type Cpu, cpuOfWorkerd } from './cpu.ts';

/** Runs something so many times, one after the other; resolves to the milliseconds of one. */
export type Block = (runs: number) => Promise<number>;

/** What one of several takes. */
export interface Measured {
  /** The middle one of all rounds. */
  readonly ms: number;
  /** How many times as long as the last one of them: the middle one of the ratios of each round. */
  readonly ratio: number;
  /** The same of the CPU time; null where the system does not tell it. */
  readonly cpuRatio: number | null;
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
  cpu?: Cpu | null,
): Promise<{ [at in keyof Blocks]: Measured }>;
export async function interleaved(
  blocks: readonly Block[],
  cpu: Cpu | null = cpuOfWorkerd(),
): Promise<Measured[]> {
  const counts: number[] = [];
  for (const block of blocks) counts.push(await warmUp(block));
  const [rounds, cpuRounds]: [number[][], number[][]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    const [times, cpuTimes]: [number[], number[]] = [[], []];
    for (const [at, block] of blocks.entries()) {
      const [count, before] = [counts[at] ?? 1, cpu?.() ?? 0];
      times.push(await block(count));
      cpuTimes.push(((cpu?.() ?? 0) - before) / count);
    }
    rounds.push(times);
    cpuRounds.push(cpuTimes);
  }
  return blocks.map((_, at) => ({
    ms: middle(rounds.map((times) => times[at] ?? Number.NaN)),
    ratio: ratioOf(rounds, at),
    cpuRatio: cpu === null ? null : ratioOf(cpuRounds, at),
  }));
}

function ratioOf(rounds: readonly (readonly number[])[], at: number): number {
  return middle(rounds.map((times) => (times[at] ?? Number.NaN) / (times.at(-1) ?? Number.NaN)));
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
