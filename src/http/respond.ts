import { ApiError, type Generation, messageOf, statusOf, toldAs } from './errors';
import { JsonText } from './json';
import { securityHeaders } from './security';
import { TextStream } from './stream';

/** The `;` matters: Appwrite's 0.15 PHP client decodes a body only where the content type has one. */
const JSON_TYPE = 'application/json; charset=UTF-8';

/**
 * Of an answer without a body, as Appwrite's server has it: SDKs for Python and .NET read the header of every answer, and
 * those for JavaScript would parse a body that is called JSON.
 */
const EMPTY_TYPE = 'text/html; charset=UTF-8';

/** What every answer has unless its endpoint says otherwise; made once, since making headers one by one takes time. */
const common = { https: commonHeaders(true), http: commonHeaders(false) };

function commonHeaders(isHttps: boolean): Headers {
  return new Headers({
    ...securityHeaders(isHttps),
    // Answers hold people's data, and a change must be seen at once.
    'Cache-Control': 'private, no-store',
    'Content-Type': JSON_TYPE,
    Vary: 'Origin',
  });
}

/** The headers that the answer to a request begins with. */
export function headersFor(requestId: string, isHttps: boolean): Headers {
  const headers = new Headers(isHttps ? common.https : common.http);
  headers.set('X-Request-Id', requestId);
  return headers;
}

interface Content {
  /** Of a text that is not JSON; of a stream that does not tell itself. */
  readonly contentType?: string | readonly string[] | undefined;
  /** Told of what breaks a stream off. */
  readonly onError?: (error: unknown) => void;
}

/** An answer with a JSON body, or without one. */
export function respond(
  status: number,
  body: unknown,
  headers: Headers,
  { contentType, onError = () => {} }: Content = {},
): Response {
  if (body === undefined) return empty(status, headers);
  const type = typeof contentType === 'object' ? contentType[0] : contentType;
  if (body instanceof TextStream) {
    headers.set('Content-Type', withCharset(body.contentType ?? type ?? JSON_TYPE));
    return new Response(body.open(onError), { status, headers });
  }
  if (type !== undefined) headers.set('Content-Type', withCharset(type));
  return new Response(textOf(body, type !== undefined), { status, headers });
}

function withCharset(type: string): string {
  return type === JSON_TYPE ? type : `${type}; charset=UTF-8`;
}

function textOf(body: unknown, isText: boolean): string {
  if (isText) return String(body);
  return body instanceof JsonText ? body.text : JSON.stringify(body);
}

/** The same answer without its body, for HEAD. */
export function withoutBody({ status, headers, body }: Response): Response {
  body?.cancel().catch(() => {});
  return empty(status, headers);
}

function empty(status: number, headers: Headers): Response {
  headers.set('Content-Type', EMPTY_TYPE);
  return new Response(null, { status, headers });
}

/**
 * Appwrite's error envelope, in its order of keys.
 * @param version the API version to tell
 * @param generation the client's, which some types and statuses depend on
 */
export function errorResponse(
  error: ApiError,
  version: string,
  generation: Generation,
  headers: Headers,
): Response {
  for (const [name, value] of Object.entries(error.headers)) headers.set(name, value);
  // An error is no file to save.
  headers.delete('Content-Disposition');
  const code = statusOf(error.type, generation);
  const type = toldAs(error.type, generation);
  return respond(code, { message: error.message, code, type, version }, headers);
}

/** Any error as one that may be told: an unknown one tells nothing of itself. */
export function asApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError('general_unknown', messageOf('general_unknown'));
}
