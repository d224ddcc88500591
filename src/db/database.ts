import { type DrizzleD1Database, drizzle } from 'drizzle-orm/d1';

export type Database = DrizzleD1Database & { readonly $client: D1Database };

/** A database for one request, and where it stood after the last query, if the caller asked to know. */
export interface OpenDatabase {
  readonly db: Database;
  bookmark(): string | null;
}

const primaries = new WeakMap<D1Database, Database>();

/** Made once a binding: it holds nothing of a request. */
function primaryOf(binding: D1Database): Database {
  const known = primaries.get(binding) ?? drizzle(binding);
  primaries.set(binding, known);
  return known;
}

/**
 * Opens D1 for one request.
 *
 * Without a bookmark every query goes to the primary, so that an unmodified SDK reads its own writes. A caller that
 * sends a bookmark (`first-unconstrained` to begin with) opts in to the nearest read replica that is at least as new.
 * @see https://developers.cloudflare.com/d1/best-practices/read-replication/
 */
export function openDatabase(binding: D1Database, bookmark: string | null): OpenDatabase {
  if (bookmark === null) return { db: primaryOf(binding), bookmark: () => null };
  const session = binding.withSession(bookmark);
  // Drizzle only ever calls `prepare` and `batch`; a session has both, but none of the rest of a D1Database.
  const client = {
    prepare: (query: string) => session.prepare(query),
    batch: <T>(statements: D1PreparedStatement[]) => session.batch<T>(statements),
    exec: (query: string) => binding.exec(query),
    dump: () => binding.dump(),
    withSession: (constraint?: string) => binding.withSession(constraint),
  } satisfies D1Database;
  return { db: drizzle(client), bookmark: () => session.getBookmark() };
}
