import createClient from 'openapi-fetch';
import { ApiProblem, problemOf } from './problem';
import type { paths } from './schema';

/** How long a call may take before we say that it failed, milliseconds. */
const TIMEOUT_MS = 30_000;

let key: string | null = null;
let onEnded: () => void = () => {};

/** Sets the ephemeral key that all calls show; null: none. */
export function showKey(secret: string | null): void {
  key = secret;
}

/** Has a function called when the API says that our key has ended. */
export function whenKeyEnds(listener: () => void): void {
  onEnded = listener;
}

/**
 * Sends a request with our key.
 * @param timeout milliseconds; null: as long as it takes
 * @throws ApiProblem where there is no answer, or none that is a success
 */
export async function send(request: Request, timeout: number | null = TIMEOUT_MS): Promise<Response> {
  const isOwn = !request.headers.has('x-appwrite-key');
  if (key !== null && isOwn) request.headers.set('x-appwrite-key', key);
  const limits = timeout === null ? [] : [AbortSignal.timeout(timeout)];
  const signal = AbortSignal.any([request.signal, ...limits]);
  const response = await fetch(request, { signal }).catch((error: unknown) => {
    if (request.signal.aborted) throw error;
    throw ApiProblem.unreachable(error);
  });
  if (response.ok) return response;
  const problem = await problemOf(response);
  if (isOwn && problem.hasKeyEnded) onEnded();
  throw problem;
}

/** The API, typed by its own description. A call that fails throws an `ApiProblem`. */
export const api = createClient<paths>({
  baseUrl: location.origin,
  fetch: (request) => send(request),
  querySerializer: serializeQuery,
});

/** Lists as PHP writes them, `queries[]=…`; what is not given is left out. */
function serializeQuery(query: Readonly<Record<string, unknown>>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (Array.isArray(value)) for (const item of value) params.append(`${name}[]`, String(item));
    else if (value !== undefined && value !== '') params.append(name, String(value));
  }
  return params.toString();
}

/** The body of an answer that has one. */
export function bodyOf<Data>({ data }: { data?: Data }): Data {
  if (data === undefined) throw ApiProblem.unreachable(new Error('The answer has no body'));
  return data;
}
