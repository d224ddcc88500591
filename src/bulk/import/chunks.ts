import { nameOf } from './claims';
import type { Candidate, Claim } from './stored';

/** Rows of one transaction, at most, and what they may take as JSON, in characters: D1 takes 2 MB in one parameter. */
const CHUNK_ROWS = 250;
const CHUNK_LENGTH = 500_000;

/** How often a row waits for one that claims the same, before it is refused. */
export const MOST_WAITS = 3;

/** A row that claims what an earlier one claims: whatever becomes of that one is to be known first. */
export interface Waiting {
  readonly candidate: Candidate;
  readonly claim: Claim;
  /** The index of the earlier one. */
  readonly behind: number;
}

/**
 * The next rows that one transaction can write, taken off the queue; no two of them claim the same. Those that would are
 * told besides.
 */
export function nextChunk(queue: Candidate[]): { chunk: Candidate[]; waiting: Waiting[] } {
  const chunk: Candidate[] = [];
  const waiting: Waiting[] = [];
  const claimed = new Map<string, number>();
  let length = 0;
  while (queue.length > 0 && chunk.length < CHUNK_ROWS) {
    const [candidate] = queue;
    if (candidate === undefined) break;
    const size = JSON.stringify(candidate.columns).length + JSON.stringify(candidate.keys).length;
    if (chunk.length > 0 && length + size > CHUNK_LENGTH) break;
    queue.shift();
    const claim = candidate.claims.find((one) => claimed.has(nameOf(one)));
    if (claim === undefined) {
      chunk.push(candidate);
      length += size;
    } else {
      waiting.push({ candidate, claim, behind: claimed.get(nameOf(claim)) ?? 0 });
    }
    // A row that waits keeps those behind it from overtaking.
    for (const one of candidate.claims) {
      const name = nameOf(one);
      if (!claimed.has(name)) claimed.set(name, candidate.index);
    }
  }
  return { chunk, waiting };
}
