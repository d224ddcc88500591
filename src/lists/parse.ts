import { ApiError } from '../http/errors';
import { parseJson } from './parseJson';
import { parseString } from './parseString';
import { naming, QueryProblem, shown } from './problem';
import type { Query } from './query';

/** Appwrite's limits: `APP_LIMIT_ARRAY_PARAMS_SIZE` and `APP_LIMIT_ARRAY_ELEMENT_SIZE`. */
export const MAX_QUERIES = 100;
export const MAX_QUERY_LENGTH = 4096;

/** All queries of a request, in bytes of UTF-8: their values are read before the first row is. */
const MAX_QUERIES_BYTES = 64 * 1024;

/**
 * Reads the `queries[]` of a request, in either syntax and in any mixture: each text's first character tells, since
 * the command line sends whatever its user typed, under any version.
 * @throws ApiError `general_argument_invalid`, naming the query by its index
 */
export function parseQueries(texts: readonly string[]): Query[] {
  if (texts.length > MAX_QUERIES) {
    throw new ApiError(
      'general_argument_invalid',
      `Invalid \`queries\` param: at most ${MAX_QUERIES} queries are allowed, there are ${texts.length}.`,
    );
  }
  let bytes = 0;
  return texts.map((text, index) =>
    naming(index, shown(text), () => {
      bytes += new TextEncoder().encode(text).length;
      if (bytes > MAX_QUERIES_BYTES) {
        throw new QueryProblem("All queries together can't be longer than 64 kB.");
      }
      return parseQuery(text);
    }),
  );
}

function parseQuery(text: string): Query {
  // Code points, but counted only where the cheaper count leaves a doubt.
  if (text.length > MAX_QUERY_LENGTH && [...text].length > MAX_QUERY_LENGTH) {
    throw new QueryProblem(`A query can't be longer than ${MAX_QUERY_LENGTH} characters.`);
  }
  const [first = ''] = text.trimStart();
  if (first === '') throw new QueryProblem('Syntax error: it is empty.');
  return /[A-Za-z]/.test(first) ? parseString(text) : parseJson(text);
}
