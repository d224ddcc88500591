import { ApiError } from '../http/errors';
import type { Query } from './query';

/** Why one query can't be answered. Thrown where the reason is known; `naming` adds which query it is. */
export class QueryProblem extends Error {
  override readonly name = 'QueryProblem';
}

const shownCharacters = 64;

/** A text from the caller, short enough for a message and never half a character. */
export function shown(text: string): string {
  const characters = [...text.slice(0, 2 * shownCharacters + 2)];
  const short = characters.slice(0, shownCharacters).join('');
  return (short.length < text.length ? `${short}…` : short).toWellFormed();
}

/** `equal("name")`, `limit`: how an error names a query that was understood. */
export function nameOf(query: Query): string {
  return 'attribute' in query ? `${query.method}("${shown(query.attribute)}")` : query.method;
}

/**
 * Runs `work` for the query at `index` and turns its `QueryProblem` into a 400: Appwrite's words first, since programs
 * look for them, and behind them which query it is.
 * @throws ApiError `general_argument_invalid`
 */
export function naming<T>(index: number, label: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof QueryProblem)) throw error;
    throw new ApiError(
      'general_argument_invalid',
      `Invalid \`queries\` param: Invalid query: ${error.message} (queries[${index}]: ${label})`,
    );
  }
}
