import { ApiError, messageOf, statusOf } from './errors';
import { JsonText } from './json';

/** The `;` matters: Appwrite's 0.15 PHP client decodes a body only where the content type has one. */
const JSON_TYPE = 'application/json; charset=UTF-8';

const COMMON_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  // Answers hold people's data, and a change must be seen at once.
  'Cache-Control': 'private, no-store',
};

/**
 * An answer with a JSON body, or without one (and then without a content type, which today's SDKs need).
 * @param contentType for a text that is not JSON
 */
export function respond(status: number, body: unknown, headers: Headers, contentType?: string): Response {
  for (const [name, value] of Object.entries(COMMON_HEADERS)) {
    if (!headers.has(name)) headers.set(name, value);
  }
  if (body === undefined) return new Response(null, { status, headers });
  headers.set('Content-Type', contentType === undefined ? JSON_TYPE : `${contentType}; charset=UTF-8`);
  return new Response(textOf(body, contentType), { status, headers });
}

function textOf(body: unknown, contentType: string | undefined): string {
  if (contentType !== undefined) return String(body);
  return body instanceof JsonText ? body.text : JSON.stringify(body);
}

/**
 * Appwrite's error envelope, in its order of keys.
 * @param version the API version to tell
 * @param classic whether the client is older than 1.0, which expects some statuses to differ
 */
export function errorResponse(
  error: ApiError,
  version: string,
  classic: boolean,
  headers: Headers,
): Response {
  for (const [name, value] of Object.entries(error.headers)) headers.set(name, value);
  const code = statusOf(error.type, classic);
  return respond(code, { message: error.message, code, type: error.type, version }, headers);
}

/** Any error as one that may be told: an unknown one tells nothing of itself. */
export function asApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError('general_unknown', messageOf('general_unknown'));
}
