/** A user as the import of this service takes it (POST /users/import). */
export interface Row {
  readonly userId?: string;
  readonly [field: string]: unknown;
}

/** One record of a source: as a row, or why it can't be one. */
export type Found = { readonly source: unknown } & ({ readonly row: Row } | { readonly problem: string });

/** Where users come from. */
export interface Source {
  /** The records in their order, which is the same each time. */
  read(): AsyncIterable<Found>;
  /** How far reading has come, and how far there is to go, in any unit; null where nobody knows. */
  progress(): { readonly done: number; readonly total: number } | null;
  /** What is to be said when all is through: what could not come along. */
  notes(): readonly string[];
}

/** A row without what it says nothing of. */
export function given(fields: Readonly<Record<string, unknown>>): Row {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  );
}

/** Counts what could not come along, to tell of it once. */
export class Notes {
  readonly #counts = new Map<string, number>();

  add(note: string): void {
    this.#counts.set(note, (this.#counts.get(note) ?? 0) + 1);
  }

  all(): string[] {
    return [...this.#counts].map(([note, count]) => `${count.toLocaleString('en')} × ${note}`);
  }
}
