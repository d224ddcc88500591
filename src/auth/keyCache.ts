/** What a request needs to know of an API key. */
export interface KnownKey {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  /** Milliseconds; null: never. */
  readonly expire: number | null;
  accessedAt: number | null;
  sdks: string[];
}

interface Entry {
  readonly key: KnownKey | null;
  readonly readAt: number;
}

/** Served without asking D1 at all. */
const FRESH_MS = 20_000;
/** Served, but read again after the response. Past this a request waits for D1, so that a deleted key ends in time. */
const STALE_MS = 50_000;
/** Bounds the memory that made-up keys can take. */
const MAX_ENTRIES = 1_000;

/**
 * API keys as this isolate last read them, so that a warm key costs no round trip. A deleted key is refused everywhere
 * within 50 seconds, since no entry is served for longer. Unknown keys are remembered too: no key is ever made with a
 * secret that somebody tried before.
 */
const entries = new Map<string, Entry>();

/**
 * Finds a key by the hash of its secret.
 * @param read asks D1
 * @param defer runs a promise after the response
 * @param now milliseconds
 */
export async function findKey(
  secretHash: string,
  read: () => Promise<KnownKey | null>,
  defer: (work: Promise<unknown>) => void,
  now: number,
): Promise<KnownKey | null> {
  const entry = entries.get(secretHash);
  const age = entry === undefined ? Number.POSITIVE_INFINITY : now - entry.readAt;
  if (entry === undefined || age > STALE_MS) return remember(secretHash, await read(), now);
  if (age > FRESH_MS) defer(read().then((key) => remember(secretHash, key, now)));
  return entry.key;
}

/** Takes a key out at once in this isolate, after it was changed or deleted here. */
export function forgetKeys(): void {
  entries.clear();
}

function remember(secretHash: string, key: KnownKey | null, readAt: number): KnownKey | null {
  entries.delete(secretHash);
  entries.set(secretHash, { key, readAt });
  if (entries.size > MAX_ENTRIES) {
    const oldest = entries.keys().next();
    if (!oldest.done) entries.delete(oldest.value);
  }
  return key;
}
