import { clientOf } from './activity/client';
import { callerOfKey } from './auth/apiKey';
import { type Caller, describeCaller, GUEST, isAllowed } from './auth/caller';
import { configOf } from './config';
import type { Context } from './context';
import { openDatabase } from './db/database';
import type { Endpoint } from './http/endpoint';
import { ApiError } from './http/errors';
import type { ResponseParts } from './http/router';
import { formatOf } from './wire/format';

const BOOKMARK = 'X-D1-Bookmark';

/**
 * Opens the context of a request: checks the project, finds out who calls, and whether they may.
 * @throws ApiError project_not_found, user_unauthorized, project_key_expired, general_unauthorized_scope
 */
export async function openContext(
  request: Request,
  endpoint: Endpoint<Context>,
  { requestId, headers }: ResponseParts,
  env: Env,
  ctx: ExecutionContext,
): Promise<Context> {
  const now = Date.now();
  const { db, bookmark } = openDatabase(env.DB, request.headers.get(BOOKMARK));
  const defer = (work: Promise<unknown>) =>
    ctx.waitUntil(work.catch((error: unknown) => logDeferred(error, requestId)));
  // The Appwrite command line asks for the version in the name of the project `console`.
  if (endpoint.scopes.length > 0) checkProject(request, env);
  const caller = endpoint.scopes.length > 0 ? await callerOf(request, env, { db, now, defer }) : GUEST;
  if (!isAllowed(caller, endpoint.scopes)) throw missingScope(caller, endpoint, env, request);
  return {
    env,
    config: configOf(env),
    db,
    caller,
    client: clientOf(request, caller.type === 'key'),
    now,
    requestId,
    format: formatOf(request.headers.get('x-appwrite-response-format')),
    locale: request.headers.get('x-appwrite-locale') ?? 'en',
    seesHashes: isAllowed(caller, ['users.hashes.read']),
    event: endpoint.event ?? '',
    defer,
    headers,
    close() {
      const reached = bookmark();
      if (reached !== null) headers.set(BOOKMARK, reached);
    },
  };
}

function checkProject(request: Request, env: Env): void {
  const project =
    request.headers.get('x-appwrite-project') ?? new URL(request.url).searchParams.get('project');
  if (project !== null && project !== env.PROJECT_ID) throw new ApiError('project_not_found');
}

async function callerOf(
  request: Request,
  env: Env,
  { db, now, defer }: Pick<Context, 'db' | 'now' | 'defer'>,
): Promise<Caller> {
  const secret = request.headers.get('x-appwrite-key');
  if (!secret) return GUEST;
  return callerOfKey({
    secret,
    rootKey: env.ROOT_API_KEY,
    sdkName: request.headers.get('x-sdk-name'),
    db,
    now,
    defer,
  });
}

function missingScope(caller: Caller, endpoint: Endpoint<Context>, env: Env, request: Request): ApiError {
  const who = describeCaller(caller, env.PROJECT_ID, new URL(request.url).hostname);
  return new ApiError(
    'general_unauthorized_scope',
    `${who} missing scopes (${JSON.stringify(endpoint.scopes)})`,
  );
}

function logDeferred(error: unknown, requestId: string): void {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const message = cause instanceof Error ? cause.message : 'unknown';
  console.error(JSON.stringify({ level: 'error', requestId, message, during: 'work after the response' }));
}
