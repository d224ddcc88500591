import { type IRequestStrict, IttyRouter } from 'itty-router';
import { parseForm, readBody } from './body';
import { checkOrigin, corsHeaders } from './cors';
import type { Endpoint } from './endpoint';
import { ApiError, type Generation } from './errors';
import { BASE_PATH } from './openapi';
import { asApiError, errorResponse, respond, withoutBody } from './respond';

/** What the router must be told about the service that it routes for. */
export interface RouterOptions<Context> {
  readonly endpoints: readonly Endpoint<Context>[];
  /** The API version that errors tell. */
  readonly version: string;
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
  /** Called after the handler: the last chance to add headers. */
  close(context: Context): void;
}

export interface ResponseParts {
  readonly requestId: string;
  readonly headers: Headers;
}

type Args = [parts: ResponseParts, env: Env, ctx: ExecutionContext];

/**
 * The `fetch` of a Worker: routes a request to its endpoint and answers, whatever happens, in Appwrite's form.
 */
export function createRouter<Context>(options: RouterOptions<Context>) {
  const router = IttyRouter<IRequestStrict, Args>();
  for (const endpoint of staticFirst(options.endpoints)) {
    const handle = (request: IRequestStrict, ...args: Args) => serve(options, endpoint, request, ...args);
    router[methodName(endpoint.method)](`${BASE_PATH}${endpoint.path}`, handle);
  }
  const findAllowed = (path: string) =>
    router.routes.filter(([, pattern]) => pattern.test(path)).map(([method]) => method);

  return async function fetch(request: Request, env: Env, ctx: ExecutionContext): Promise<Response> {
    const parts = {
      requestId: requestIdOf(request),
      headers: new Headers(corsHeaders(request, env.ALLOWED_ORIGINS)),
    };
    parts.headers.set('X-Request-Id', parts.requestId);
    if (request.method === 'OPTIONS') return respond(204, undefined, parts.headers);
    const isHead = request.method === 'HEAD';
    try {
      checkOrigin(request, env.ALLOWED_ORIGINS);
      const response = await router.fetch(
        isHead ? new Request(request, { method: 'GET' }) : request,
        parts,
        env,
        ctx,
      );
      if (response === undefined) throw unrouted(findAllowed(new URL(request.url).pathname));
      return isHead ? withoutBody(response) : response;
    } catch (error) {
      const told = asApiError(options.translate(error));
      if (told.type === 'general_unknown') logUnknown(error, parts.requestId);
      const response = errorResponse(told, options.version, options.generationOf(request), parts.headers);
      return isHead ? withoutBody(response) : response;
    }
  };
}

async function serve<Context>(
  options: RouterOptions<Context>,
  endpoint: Endpoint<Context>,
  request: IRequestStrict,
  parts: ResponseParts,
  env: Env,
  ctx: ExecutionContext,
): Promise<Response> {
  const context = await options.open(request, endpoint, parts, env, ctx);
  const isGet = endpoint.method === 'GET';
  const body = await endpoint.run(
    {
      params: decodeParams(request.params),
      query:
        isGet && Object.keys(endpoint.query).length > 0
          ? parseForm(new URL(request.url).search.slice(1))
          : {},
      // Some SDKs put a content type and `null` on a GET: its body is never read.
      body: isGet ? {} : await readBody(request),
    },
    context,
  );
  options.close(context);
  return respond(endpoint.status, body, parts.headers, endpoint.model?.contentType);
}

/** Fixed paths win over parameters: `/users/usage` is not the user `usage`. */
function staticFirst<Context>(endpoints: readonly Endpoint<Context>[]): Endpoint<Context>[] {
  return [...endpoints].sort((a, b) => (a.path.replaceAll(':', '~') < b.path.replaceAll(':', '~') ? -1 : 1));
}

function decodeParams(params: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, decodeOrKeep(value)]));
}

function decodeOrKeep(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function unrouted(allowed: string[]): ApiError {
  if (allowed.length === 0) return new ApiError('general_route_not_found');
  const methods = [...new Set(allowed.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))];
  return new ApiError('general_method_not_allowed', undefined, { Allow: methods.join(', ') });
}

/** Cloudflare's own ID where there is one, so that a user's report can be found in its logs. */
function requestIdOf(request: Request): string {
  return request.headers.get('cf-ray') ?? crypto.randomUUID();
}

function logUnknown(error: unknown, requestId: string): void {
  // Only the innermost message: Drizzle's outer one holds the statement's parameters, hashes among them.
  let cause = error;
  while (cause instanceof Error && cause.cause !== undefined) cause = cause.cause;
  const { message, stack } = cause instanceof Error ? cause : new Error('not an Error');
  console.error(JSON.stringify({ level: 'error', requestId, message, stack }));
}

function methodName(method: Endpoint<unknown>['method']) {
  return ({ GET: 'get', POST: 'post', PUT: 'put', PATCH: 'patch', DELETE: 'delete' } as const)[method];
}
