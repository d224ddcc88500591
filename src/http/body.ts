import qs from 'qs';
import { ApiError } from './errors';
import { isObject, parseOrderedJson } from './json';
import { bareForm, shieldName } from './order';

/** The largest request body that is read, in bytes: prefs may hold 64 kB, nothing else comes near it. */
/** The longest body of a request. */
export const MAX_BODY_BYTES = 256 * 1024;

/** A bound on what one query string or form may make us parse. */
const LIMITS = { depth: 8, parameterLimit: 1000, arrayLimit: 1000 } as const;

/**
 * Parses a query string or an URL-encoded form; `queries[]=a`, `queries[0]=a` and `prefs[key]=a` nest as in PHP, which
 * is how every SDK writes lists.
 * @throws ApiError general_argument_invalid beyond the limits, where qs would drop what is too much without a word, and for
 *   what is not UTF-8, which it would keep encoded
 */
export function parseForm(text: string): Record<string, unknown> {
  const { parameterLimit, depth } = LIMITS;
  if (text.split('&', parameterLimit + 1).length > parameterLimit)
    throw new ApiError('general_argument_invalid', `At most ${parameterLimit} parameters are allowed.`);
  try {
    const form = qs.parse(text.split('&').map(shield).join('&'), {
      ...LIMITS,
      decoder: decodeText,
      plainObjects: true,
      strictDepth: true,
    });
    return Object.fromEntries(Object.entries(form).map(([name, value]) => [name, bareForm(value)]));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ApiError('general_argument_invalid', `Parameters can't be nested more than ${depth} deep.`);
  }
}

/** A name or value as it was before it was encoded; a `%` that encodes nothing stays, as in PHP. */
function decodeText(text: string): string {
  return text.replaceAll('+', ' ').replace(/(?:%[\da-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      throw new ApiError('general_argument_invalid', 'Parameters must be valid UTF-8.');
    }
  });
}

/** A pair is split at its first `=`, as in PHP; qs alone would split `search=a]=b` behind the bracket. */
function shield(pair: string): string {
  const [name = '', ...value] = pair.split('=');
  return value.length === 0 ? shieldName(name) : `${shieldName(name)}=${value.join('%3D')}`;
}

/**
 * The parameters in a request's body. SDKs send `{}`, `[]` (an empty PHP array), `null` or nothing where there are
 * none.
 * @throws ApiError general_payload_too_large, general_content_type_unsupported, general_bad_request
 */
export async function readBody(request: Request): Promise<Record<string, unknown>> {
  checkEncoding(request.headers.get('content-encoding') ?? '');
  const bytes = await readBytes(request);
  if (bytes.byteLength === 0) return {};
  const mediaType = mediaTypeOf(request);
  if (mediaType === '' || mediaType === 'application/json' || mediaType.endsWith('+json')) {
    return parseJsonBody(decodeUtf8(bytes));
  }
  if (mediaType === 'application/x-www-form-urlencoded') return parseUrlEncodedBody(decodeUtf8(bytes));
  if (mediaType === 'multipart/form-data')
    return parseMultipartBody(bytes, request.headers.get('content-type') ?? '');
  throw new ApiError('general_content_type_unsupported');
}

/** The media type that a request says its body is of, without parameters; empty where it says none. */
export function mediaTypeOf(request: Request): string {
  const [mediaType = ''] = (request.headers.get('content-type') ?? '').split(';');
  return mediaType.trim().toLowerCase();
}

/** A body is read as it comes: nothing is unpacked, since a few bytes could become many. */
export function checkEncoding(header: string): void {
  const encodings = header.split(',').map((encoding) => encoding.trim());
  const foreign = encodings.find((encoding) => encoding !== '' && encoding.toLowerCase() !== 'identity');
  if (foreign === undefined) return;
  throw new ApiError(
    'general_content_type_unsupported',
    `Unsupported content encoding "${foreign.slice(0, 64).toWellFormed()}". Send the body as it is.`,
  );
}

async function readBytes(request: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunksOf(request, MAX_BODY_BYTES)) {
    length += chunk.byteLength;
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

/** @throws ApiError general_payload_too_large */
async function* chunksOf(request: Request, most: number, message?: string): AsyncGenerator<Uint8Array> {
  const tooLarge = () => new ApiError('general_payload_too_large', message);
  if (Number(request.headers.get('content-length') ?? 0) > most) throw tooLarge();
  let length = 0;
  // Counted as it streams in, because a chunked body announces no length.
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength;
    if (length > most) throw tooLarge();
    yield chunk;
  }
}

const NO_UTF8 = 'The request body is not valid UTF-8.';

/**
 * A body's text as it streams in, a character never cut in two. A byte order mark is none of it.
 * @param most bytes
 * @throws ApiError general_payload_too_large with the message; general_bad_request for what is not UTF-8
 */
export async function* decodeUtf8Stream(
  request: Request,
  most: number,
  message: string,
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });
  const decode = (chunk?: Uint8Array) => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      throw new ApiError('general_bad_request', NO_UTF8);
    }
  };
  for await (const chunk of chunksOf(request, most, message)) {
    const text = decode(chunk);
    // UTF-16 without a mark is UTF-8 with a NUL behind every letter.
    if (text.includes('\0')) throw new ApiError('general_bad_request', NO_UTF8);
    yield text;
  }
  yield decode();
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw new ApiError('general_bad_request', NO_UTF8);
  }
}

function parseJsonBody(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = parseOrderedJson(text);
  } catch (error) {
    const why = error instanceof RangeError ? 'it is nested too deeply' : 'check its syntax';
    throw new ApiError('general_bad_request', `The request body is not valid JSON: ${why}.`);
  }
  if (value === null || (Array.isArray(value) && value.length === 0)) return {};
  if (!isObject(value)) throw new ApiError('general_bad_request', 'The request body must be a JSON object.');
  return value;
}

function parseUrlEncodedBody(text: string): Record<string, unknown> {
  if (text.trimStart().startsWith('{')) {
    throw new ApiError(
      'general_bad_request',
      'The request body looks like JSON but was sent as a form: add the header Content-Type: application/json.',
    );
  }
  return parseForm(text);
}

async function parseMultipartBody(bytes: Uint8Array, contentType: string): Promise<Record<string, unknown>> {
  // What is none would come out of `formData` as signs of replacement, without a word.
  decodeUtf8(bytes);
  let form: FormData;
  try {
    form = await new Response(bytes, { headers: { 'content-type': contentType } }).formData();
  } catch {
    throw new ApiError('general_bad_request', 'The request body is not valid multipart/form-data.');
  }
  const pairs = [...form].flatMap(([name, value]) =>
    typeof value === 'string' ? [`${encodeURIComponent(name)}=${encodeURIComponent(value)}`] : [],
  );
  return parseForm(pairs.join('&'));
}
