import { count } from '../activity/counted';
import { recordImpersonatedRead } from '../activity/recurring';
import { type Config, ConfigError, configOf } from '../config';
import { openDatabase } from '../db/database';
import { causeOf } from '../db/errors';
import type { Endpoint } from '../http/endpoint';
import { ApiError } from '../http/errors';
import type { ResponseParts } from '../http/router';
import { noteUse } from '../sessionStore';
import { formatOf } from '../wire/dialect/format';
import { ACCOUNT, describeCaller, isAllowed } from './caller';
import { clientOf } from './client';
import type { Context } from './context';
import { siteOf } from './cookies';
import { identify } from './identify';
import { impersonatedRead } from './impersonate';

const BOOKMARK = 'X-D1-Bookmark';

/**
 * Opens the context of a request: checks the project, finds out who calls, and whether they may.
 * @throws ApiError project_not_found, project_key_unknown, project_key_expired, user_unauthorized,
 *   general_unauthorized_scope, user_blocked, user_more_factors_required, general_rate_limit_exceeded
 */
export async function openContext(
  request: Request,
  endpoint: Endpoint<Context>,
  { requestId, headers }: ResponseParts,
  env: Env,
  ctx: ExecutionContext,
): Promise<Context> {
  const config = configFor(endpoint, env);
  const now = Date.now();
  const defer = deferTo(ctx, requestId);
  // Who calls is always asked of the primary: a replica may not know yet that a session or a key has ended.
  const { db: primary } = openDatabase(env.DB, null);
  // The Appwrite command line asks for the version in the name of the project `console`.
  if (endpoint.scopes.length > 0) checkProject(request, config.PROJECT_ID);
  const { caller, shown, lacksFactor, isBlocked, use } = await identify(request, endpoint.scopes, {
    env,
    config,
    db: primary,
    now,
    defer,
  });
  if (!isAllowed(caller, endpoint.scopes)) {
    const who = describeCaller(caller, config.PROJECT_ID, new URL(request.url).hostname);
    const message = `${who} missing scopes (${JSON.stringify(endpoint.scopes)})`;
    throw new ApiError('general_unauthorized_scope', message);
  }
  if (isBlocked) throw new ApiError('user_blocked');
  if (lacksFactor && endpoint.scopes.includes(ACCOUNT) && !endpoint.beforeMfa)
    throw new ApiError('user_more_factors_required');
  const client = clientOf(request, caller.type === 'key');
  const { db, bookmark } = openDatabase(env.DB, caller.type === 'key' ? bookmarkOf(request) : null);
  return {
    env,
    config,
    db,
    caller,
    shown,
    beforeMfa: endpoint.beforeMfa,
    site: siteOf(request, config.PROJECT_ID),
    client,
    now,
    requestId,
    format: formatOf(request.headers.get('x-appwrite-response-format')),
    locale: request.headers.get('x-appwrite-locale') ?? 'en',
    seesUsers: isAllowed(caller, ['users.read']),
    seesHashes: caller.type === 'key' && isAllowed(caller, ['users.hashes.read']),
    event: endpoint.event ?? '',
    attribute: endpoint.attribute,
    defer,
    headers,
    close() {
      const reached = bookmark();
      if (reached !== null) headers.set(BOOKMARK, reached);
      // Half a sign-in is no use of the account yet.
      if (use !== null && !lacksFactor) noteUse({ config, db: primary, now, defer }, use);
      if (endpoint.method === 'GET' && endpoint.scopes.includes('users.read'))
        count('user.read', { db, now, defer });
      const read = impersonatedRead(caller, endpoint.path, request);
      if (read !== null) {
        const actor = { db, caller, client, requestId, now };
        defer(recordImpersonatedRead(actor, read.actorId, read.targetId));
      }
    },
  };
}

/** The bookmark that a caller sends; text that D1 never gave anybody counts as none. */
function bookmarkOf(request: Request): string | null {
  const bookmark = request.headers.get(BOOKMARK);
  return bookmark !== null && /^[\w-]{1,128}$/.test(bookmark) ? bookmark : null;
}

/** A wrong variable stops everything; its name is for whoever looks after the deployment, which asks for its health. */
function configFor({ tellsMisconfiguration }: Endpoint<Context>, env: Env): Config {
  try {
    return configOf(env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const message = tellsMisconfiguration
      ? error.message
      : 'This deployment is not set up correctly: GET /v1/health tells which of its variables is wrong.';
    throw new ApiError('general_service_unavailable', message);
  }
}

/** Work after the response: it may fail, which is logged, but no caller ever waits for it. */
export function deferTo(ctx: Pick<ExecutionContext, 'waitUntil'>, requestId: string): Context['defer'] {
  return (work) =>
    ctx.waitUntil(
      Promise.resolve(work).catch((error: unknown) => {
        const line = {
          level: 'error',
          requestId,
          message: causeOf(error),
          during: 'work after the response',
        };
        console.error(JSON.stringify(line));
      }),
    );
}

function checkProject(request: Request, projectId: string): void {
  const header = request.headers.get('x-appwrite-project');
  const { url } = request;
  const project = header ?? (url.includes('?') ? new URL(url).searchParams.get('project') : null);
  if (project !== null && project !== projectId) throw new ApiError('project_not_found');
}
