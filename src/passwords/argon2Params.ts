import { maxArgon2Work, maxMemoryBytes } from './limits';

/** argon2id's cost, under the names of `hashOptions`. */
export type Argon2Params = {
  /** KiB */
  memoryCost: number;
  /** Passes over the memory. */
  timeCost: number;
  /** Lanes. They add no speed here: a Worker has one thread. */
  threads: number;
};

export const defaultArgon2Params: Argon2Params = { memoryCost: 19_456, timeCost: 2, threads: 1 };

/** OWASP's equally strong settings (Password Storage Cheat Sheet, argon2id): memory in KiB and passes, at least. */
const owaspMinimums = [
  [47_104, 1],
  [19_456, 2],
  [12_288, 3],
  [9_216, 4],
  [7_168, 5],
] as const;

const maxThreads = 16;

/**
 * Reads a deployment's setting, such as `m=19456,t=2,p=1`; nothing or an empty text means that default.
 * @throws if it is no such text, weaker than OWASP's minimum, or more than a Worker can do
 */
export function parseArgon2Params(text: string | undefined): Argon2Params {
  const setting = text?.trim();
  if (!setting) return defaultArgon2Params;
  const fields = /^m=(\d{1,9}),t=(\d{1,9}),p=(\d{1,9})$/.exec(setting);
  if (!fields) throw new Error(`argon2 parameters must look like "m=19456,t=2,p=1", not "${setting}"`);
  const params = { memoryCost: Number(fields[1]), timeCost: Number(fields[2]), threads: Number(fields[3]) };
  const problem = findProblem(params);
  if (problem) throw new Error(`argon2 parameters "${setting}": ${problem}`);
  return params;
}

function findProblem({ memoryCost, timeCost, threads }: Argon2Params): string | undefined {
  if (threads < 1 || threads > maxThreads) return `p must be 1 to ${maxThreads}`;
  if (!owaspMinimums.some(([m, t]) => memoryCost >= m && timeCost >= t)) {
    const minimums = owaspMinimums.map(([m, t]) => `m=${m},t=${t}`).join(' or ');
    return `weaker than OWASP's minimum, which is ${minimums}`;
  }
  return findExcess(memoryCost, timeCost);
}

/** Says what about a cost is more than one verification may use; undefined if nothing is. */
export function findExcess(memoryKib: number, passes: number): string | undefined {
  const maxKib = maxMemoryBytes / 1024;
  if (memoryKib > maxKib) return `m must be at most ${maxKib} (KiB), half of the memory that a Worker has`;
  if (memoryKib * passes > maxArgon2Work) {
    return `m times t must be at most ${maxArgon2Work}, more than a second of a Worker's time`;
  }
  return undefined;
}
