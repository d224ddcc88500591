import { parseForm, readBody } from './body';
import { checkOrigin, corsHeaders } from './cors';
import type { Endpoint, RawRow } from './endpoint';
import { ApiError, type Generation } from './errors';
import type { AllowedOrigins } from './origins';
import { fixedParts, refuseFixedParts } from './paths';
import { asApiError, errorResponse, headersFor, respond, withoutBody } from './respond';
import { type Found, type Routes, routesOf } from './routes';
import { readRows } from './rows/read';
import { TextStream } from './stream';

/** What the router must be told about the service that it routes for. */
export interface RouterOptions<Context> {
  readonly endpoints: readonly Endpoint<Context>[];
  /** The API version that errors tell. */
  readonly version: string;
  /** Which origins may call from a browser; null where that can't be told, and nothing will be served. */
  allowedOrigins(env: Env): AllowedOrigins | null;
  /** What the client expects of an error. */
  generationOf(request: Request): Generation;
  /** Turns an error of a lower layer, such as the database's, into one of the table. */
  translate(error: unknown): unknown;
  /** Identifies and authorises the caller, and makes the context of the request. Throws ApiError to refuse. */
  open(
    request: Request,
    endpoint: Endpoint<Context>,
    response: ResponseParts,
    env: Env,
    ctx: ExecutionContext,
  ): Promise<Context>;
  /** What is served where no endpoint has the path, such as pages; null for nothing. */
  pages(request: Request, env: Env): Promise<Response | null>;
  /** Called after the handler: the last chance to add headers. */
  close(context: Context): void;
}

export interface ResponseParts {
  readonly requestId: string;
  readonly headers: Headers;
}

/** What all requests are served with. */
interface Service<Context> {
  readonly options: RouterOptions<Context>;
  readonly routes: Routes<Context>;
  readonly fixed: ReturnType<typeof fixedParts>;
}

/**
 * The `fetch` of a Worker: routes a request to its endpoint and answers in Appwrite's form, whatever happens: all that
 * looks at the request is inside one error boundary.
 */
export function createRouter<Context>(options: RouterOptions<Context>) {
  const { endpoints } = options;
  const service = { options, routes: routesOf(endpoints), fixed: fixedParts(endpoints) };
  return async function fetch(request: Request, env: Env, ctx: ExecutionContext): Promise<Response> {
    const requestId = attempt(() => rayOf(request), null) ?? crypto.randomUUID();
    const isHttps = attempt(() => request.url.startsWith('https:'), false);
    const parts = { requestId, headers: headersFor(requestId, isHttps) };
    let response: Response;
    try {
      response = await answer(service, request, parts, env, ctx);
    } catch (error) {
      response = refuse(options, request, parts, error);
    }
    return attempt(() => request.method === 'HEAD', false) ? withoutBody(response) : response;
  };
}

async function answer<Context>(
  service: Service<Context>,
  request: Request,
  parts: ResponseParts,
  env: Env,
  ctx: ExecutionContext,
): Promise<Response> {
  const { options, routes } = service;
  const allowed = options.allowedOrigins(env);
  const url = urlOf(request);
  const { method } = request;
  addAll(parts.headers, corsHeaders(request, allowed ?? []));
  // A browser that asks first is answered for any path, so that its page then sees the answer itself.
  if (method === 'OPTIONS' && request.headers.has('access-control-request-method'))
    return respond(204, undefined, parts.headers);
  const isHead = method === 'HEAD';
  const found = routes.find(isHead ? 'GET' : method, url.pathname);
  if (found === undefined)
    return (await options.pages(request, env)) ?? withoutEndpoint(service, request, url, parts, allowed);
  if (allowed !== null) checkOrigin(request, allowed);
  return serve(service, found, url, isHead ? asGet(request) : request, parts, env, ctx);
}

/**
 * What is answered where a path has no endpoint for the method: which methods it has, or that it is none.
 * @throws ApiError general_route_not_found, general_method_not_allowed, general_unknown_origin
 */
function withoutEndpoint<Context>(
  { routes }: Service<Context>,
  request: Request,
  { pathname }: URL,
  { headers }: ResponseParts,
  allowed: AllowedOrigins | null,
): Response {
  const methods = routes.methodsOf(pathname).join(', ');
  if (methods === '') throw new ApiError('general_route_not_found');
  if (request.method === 'OPTIONS') {
    headers.set('Allow', methods);
    return respond(204, undefined, headers);
  }
  if (allowed !== null) checkOrigin(request, allowed);
  throw new ApiError('general_method_not_allowed', undefined, { Allow: methods });
}

/** An error as an answer. Nothing in here may throw again: there is nobody left to catch it. */
function refuse<Context>(
  options: RouterOptions<Context>,
  request: Request,
  { requestId, headers }: ResponseParts,
  error: unknown,
): Response {
  const told = attempt(() => asApiError(options.translate(error)), asApiError(error));
  if (told.type === 'general_unknown') attempt(() => logUnknown(error, requestId), undefined);
  const generation = attempt<Generation>(() => options.generationOf(request), 'modern');
  return errorResponse(told, options.version, generation, headers);
}

function addAll(headers: Headers, added: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(added)) headers.set(name, value);
}

function attempt<Result>(work: () => Result, otherwise: Result): Result {
  try {
    return work();
  } catch {
    return otherwise;
  }
}

/** A HEAD is answered as a GET; its body, which no GET may have, is left behind. */
function asGet({ url, headers, cf }: Request): Request {
  return new Request(url, { method: 'GET', headers, ...(cf === undefined ? {} : { cf }) });
}

/**
 * The address of a request, which a client may have put together of anything.
 * @throws ApiError general_bad_request
 */
function urlOf(request: Request): URL {
  const url = URL.parse(request.url);
  if (url === null)
    throw new ApiError('general_bad_request', "The request's address or Host header is invalid.");
  return url;
}

async function serve<Context>(
  { options, fixed }: Service<Context>,
  { endpoint, params }: Found<Context>,
  url: URL,
  request: Request,
  parts: ResponseParts,
  env: Env,
  ctx: ExecutionContext,
): Promise<Response> {
  const context = await options.open(request, endpoint, parts, env, ctx);
  const isGet = endpoint.method === 'GET';
  const hasQuery = (isGet || endpoint.rows !== null) && Object.keys(endpoint.query).length > 0;
  const query = hasQuery && url.search !== '' ? parseForm(url.search.slice(1)) : {};
  const rows =
    endpoint.rows === null ? null : reachable(readRows(request, endpoint.rows), endpoint.rows, fixed);
  // Some SDKs put a content type and `null` on a GET: its body is never read.
  const body = isGet || rows !== null ? {} : await readBody(request);
  refuseFixedParts(endpoint.body, body, fixed);
  const answered = await endpoint.run({ params: decodeParams(params), query, body, rows }, context);
  if (answered instanceof TextStream) await answered.begin();
  options.close(context);
  const onError = (error: unknown) => attempt(() => logUnknown(error, parts.requestId), undefined);
  return respond(endpoint.status, answered, parts.headers, {
    contentType: endpoint.model?.contentType,
    onError,
  });
}

/** Rows whose IDs for something new a path could reach; the others with what is wrong with them. */
async function* reachable(
  rows: AsyncIterable<RawRow>,
  { row: entries }: NonNullable<Endpoint<unknown>['rows']>,
  fixed: ReturnType<typeof fixedParts>,
): AsyncGenerator<RawRow> {
  for await (const row of rows) {
    try {
      if ('given' in row) refuseFixedParts(entries, row.given, fixed);
      yield row;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      yield { index: row.index, problem: error };
    }
  }
}

function decodeParams(params: Readonly<Record<string, string>>): Record<string, string> {
  const decoded: Record<string, string> = {};
  for (const name in params) decoded[name] = decodeOrKeep(params[name] ?? '');
  return decoded;
}

function decodeOrKeep(value: string): string {
  if (!value.includes('%')) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** Cloudflare's own ID where there is one, so that a user's report can be found in its logs. */
function rayOf(request: Request): string | null {
  const ray = request.headers.get('cf-ray');
  return ray !== null && /^[\w-]{16,64}$/.test(ray) ? ray : null;
}

function logUnknown(error: unknown, requestId: string): void {
  // Only the innermost message: Drizzle's outer one holds the statement's parameters, hashes among them.
  let cause = error;
  while (cause instanceof Error && cause.cause !== undefined) cause = cause.cause;
  const { message, stack } = cause instanceof Error ? cause : new Error('not an Error');
  console.error(JSON.stringify({ level: 'error', requestId, message, stack }));
}
