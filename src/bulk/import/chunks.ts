import { nameOf } from './claims';
import type { Candidate, Claim } from './stored';

/** Rows of one transaction, at most, and what they may take, in characters, each six of JSON at worst: D1 takes 2 MB in one parameter. */
const CHUNK_ROWS = 500;
const CHUNK_LENGTH = 300_000;

/** How often a row waits for one that claims the same, before it is refused. */
export const MOST_WAITS = 3;

/** A row that claims what an earlier one claims: whatever becomes of that one is to be known first. */
export interface Waiting {
  readonly candidate: Candidate;
  readonly claim: Claim;
  /** The index of the earlier one. */
  readonly behind: number;
}

/** Names of fields, numbers and quotes of a row's JSON, about. */
const FRAME = 350;

/** About as many characters as a row takes as JSON. */
function lengthOf({ columns, keys: { targets, identities, memberships, ...own } }: Candidate): number {
  const lists = [targets, identities, memberships].filter((list) => list.length > 0);
  const texts = [...Object.values(columns), ...Object.values(own)].filter(
    (value) => typeof value === 'string',
  );
  const length = texts.reduce((sum, text) => sum + text.length, FRAME);
  return lists.reduce((sum, list) => sum + JSON.stringify(list).length, length);
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
    const size = lengthOf(candidate);
    if (chunk.length > 0 && length + size > CHUNK_LENGTH) break;
    queue.shift();
    const names = candidate.claims.map(nameOf);
    const claim = candidate.claims.find((_, at) => claimed.has(names[at] ?? ''));
    if (claim === undefined) {
      chunk.push(candidate);
      length += size;
    } else {
      waiting.push({ candidate, claim, behind: claimed.get(nameOf(claim)) ?? 0 });
    }
    // A row that waits keeps those behind it from overtaking.
    for (const name of names) if (!claimed.has(name)) claimed.set(name, candidate.index);
  }
  return { chunk, waiting };
}
