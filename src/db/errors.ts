/*
 * D1 tells what went wrong in the text of an error, inside the error that Drizzle throws. These functions read it.
 */

/** The database could not tell, for whatever reason; the same question may be answered later. */
export class UnavailableError extends Error {
  override readonly name = 'UnavailableError';
}

/** The innermost message of an error; Drizzle's own one repeats the statement's parameters, so it is never used. */
export function causeOf(error: unknown): string {
  let cause = error;
  while (cause instanceof Error && cause.cause !== undefined) cause = cause.cause;
  return cause instanceof Error ? cause.message : '';
}

/** The column, as `table.column`, whose UNIQUE index refused a write, the first of several; null for any other error. */
export function violatedUnique(error: unknown): string | null {
  return violatedColumns(error)[0] ?? null;
}

/** All columns of the UNIQUE index, or of the trigger that speaks like one, which refused a write. */
export function violatedColumns(error: unknown): readonly string[] {
  const columns = /UNIQUE constraint failed: (\w+\.\w+(?:, \w+\.\w+)*)/.exec(causeOf(error))?.[1];
  return columns?.split(', ') ?? [];
}

/** Whether a user has spent its budget of writes, which a trigger keeps, so that all of a batch was undone. */
export function isOverBudget(error: unknown): boolean {
  return causeOf(error).includes('budget of the user exceeded');
}

/**
 * Whether the database could not be reached or was too busy, so that the same request may succeed later.
 * @see https://developers.cloudflare.com/d1/observability/debug-d1/
 */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof UnavailableError) return true;
  return /Network connection lost|storage caused object to be reset|reset because its code was updated|is overloaded|starting up D1 DB|Cannot resolve D1 DB|D1 DB is|internal error|connection closed|timed? ?out/i.test(
    causeOf(error),
  );
}
