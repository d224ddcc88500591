import { elementsOf, NoArray } from '../../text/elements';
import { checkEncoding, decodeUtf8Stream, mediaTypeOf } from '../body';
import type { RawRow, RowsSpec } from '../endpoint';
import { ApiError } from '../errors';
import { isObject, parseOrderedJson } from '../json';

/** The media types of a row a line. */
export const NDJSON = 'application/x-ndjson';
const LINES: ReadonlySet<string> = new Set([
  NDJSON,
  'application/ndjson',
  'application/jsonl',
  'application/x-jsonlines',
]);

/** The longest row, in bytes. */
export const MAX_ROW_BYTES = 1024 * 1024;

/**
 * The rows of a body, parsed as they stream in: NDJSON (a JSON object a line; LF or CRLF, blank lines do not count), or a
 * JSON array. A line that is no JSON object is a problem of that row alone; an array that is no JSON is one of the whole.
 * @throws ApiError general_payload_too_large, general_content_type_unsupported, general_bad_request,
 *   general_argument_invalid for more rows than there may be
 */
export async function* readRows(request: Request, { most, bytes }: RowsSpec): AsyncGenerator<RawRow> {
  checkEncoding(request.headers.get('content-encoding') ?? '');
  const isArray = isArrayOf(mediaTypeOf(request));
  const text = decodeUtf8Stream(request, bytes, `The request body is larger than ${bytes / 2 ** 20} MB.`);
  let index = 0;
  for await (const row of isArray ? arrayOf(text) : linesOf(text)) {
    if (index >= most) {
      throw new ApiError(
        'general_argument_invalid',
        `At most ${most.toLocaleString('en')} rows are allowed in one call.`,
      );
    }
    yield { index, ...parseRow(row, isArray) };
    index += 1;
  }
}

function isArrayOf(mediaType: string): boolean {
  if (mediaType === 'application/json' || mediaType.endsWith('+json')) return true;
  if (mediaType === '' || LINES.has(mediaType)) return false;
  throw new ApiError(
    'general_content_type_unsupported',
    `Unsupported content type. Send ${NDJSON} or application/json.`,
  );
}

/** @throws ApiError general_bad_request for what is no JSON array */
async function* arrayOf(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  try {
    yield* elementsOf(chunks);
  } catch (error) {
    if (!(error instanceof NoArray)) throw error;
    throw new ApiError(
      'general_bad_request',
      error.isOther
        ? 'The request body must be a JSON array of rows, or rows as NDJSON.'
        : 'The request body is not valid JSON: check its syntax.',
    );
  }
}

/** Lines without their ends, as soon as they are whole; blank ones are none. */
async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of chunks) {
    const [first = '', ...more] = chunk.split('\n');
    rest += first;
    for (const line of more) {
      if (rest.trim() !== '') yield rest;
      rest = line;
    }
  }
  if (rest.trim() !== '') yield rest;
}

type Parsed = { readonly given: Record<string, unknown> } | { readonly problem: ApiError };

function parseRow(text: string, isArray: boolean): Parsed {
  // A character takes three bytes at most.
  if (text.length * 3 > MAX_ROW_BYTES && new TextEncoder().encode(text).byteLength > MAX_ROW_BYTES)
    return { problem: new ApiError('general_payload_too_large', 'The row is larger than 1 MB.') };
  let given: unknown;
  try {
    given = parseOrderedJson(text);
  } catch (error) {
    const why = error instanceof RangeError ? 'it is nested too deeply' : 'check its syntax';
    if (isArray) throw new ApiError('general_bad_request', `The request body is not valid JSON: ${why}.`);
    return { problem: new ApiError('general_bad_request', `The line is not valid JSON: ${why}.`) };
  }
  if (isObject(given)) return { given };
  return { problem: new ApiError('general_bad_request', 'A row must be a JSON object.') };
}
