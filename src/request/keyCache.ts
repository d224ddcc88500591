/** What a request needs to know of an API key. */
export interface KnownKey {
  readonly seq: number;
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  /** Milliseconds; null: never. */
  readonly expire: number | null;
  accessedAt: number | null;
  sdks: string[];
}

interface Entry<Key> {
  readonly key: Key;
  readonly readAt: number;
}

/** Served without asking D1 at all. */
const FRESH_MS = 20_000;
/** Served, but read again after the response. Past this a request waits for D1, so that a deleted key ends in time. */
const STALE_MS = 50_000;
/** Bounds the memory that keys can take, those that there are and those that there are not each for themselves. */
const MAX_ENTRIES = 1_000;

/**
 * API keys as this isolate last read them, so that a warm key costs no round trip. A deleted key is refused everywhere
 * within 50 seconds, since no entry is served for longer.
 */
const known = new Map<string, Entry<KnownKey>>();

/**
 * Unknown keys are remembered too: no key is ever made with a secret that somebody tried before. In a place of their own,
 * so that no number of them puts a real one out.
 */
const unknown = new Map<string, Entry<null>>();

export interface KeyLookup {
  /** Asks D1. */
  read(): Promise<KnownKey | null>;
  /** Called before a request waits for D1: refuses by throwing. */
  admit(): void;
  /** Runs a promise after the response. */
  defer(work: Promise<unknown>): void;
  /** Milliseconds. */
  readonly now: number;
}

/** Finds a key by the hash of its secret, or by its row where a signature names that; null where there is none. */
export async function findKey(
  secretHash: string,
  { read, admit, defer, now }: KeyLookup,
): Promise<KnownKey | null> {
  const entry = known.get(secretHash) ?? unknown.get(secretHash);
  const age = entry === undefined ? Number.POSITIVE_INFINITY : now - entry.readAt;
  if (entry === undefined || age > STALE_MS) {
    admit();
    return remember(secretHash, await read(), now);
  }
  if (age > FRESH_MS && entry.key !== null) defer(read().then((key) => remember(secretHash, key, now)));
  return entry.key;
}

/** Takes a key out at once in this isolate, after it was changed or deleted here. */
export function forgetKeys(): void {
  known.clear();
  unknown.clear();
}

function remember(secretHash: string, key: KnownKey | null, readAt: number): KnownKey | null {
  known.delete(secretHash);
  unknown.delete(secretHash);
  if (key === null) put(unknown, secretHash, { key, readAt });
  else put(known, secretHash, { key, readAt });
  return key;
}

function put<Value>(entries: Map<string, Value>, secretHash: string, value: Value): void {
  entries.set(secretHash, value);
  if (entries.size <= MAX_ENTRIES) return;
  const oldest = entries.keys().next();
  if (!oldest.done) entries.delete(oldest.value);
}
