import { setTimeout as sleep } from 'node:timers/promises';
import * as v from 'valibot';
import { Stop } from '../stop.ts';

/** A service that speaks this API, and with which key it is called. */
export interface Deployment {
  /** Up to `/v1`. */
  readonly endpoint: string;
  readonly project: string;
  readonly key: string;
}

const refusal = v.looseObject({ message: v.string(), type: v.optional(v.string()) });

/** How often a call is tried that failed by no fault of its own. */
const TRIES = 6;

export interface Call {
  readonly method?: string;
  readonly body?: string;
  readonly contentType?: string;
  readonly signal?: AbortSignal;
}

/**
 * Calls a deployment; waits and tries again where it is busy or out of reach.
 * @throws Stop with its own words where it refuses
 */
export async function call(
  { endpoint, project, key }: Deployment,
  path: string,
  asked: Call = {},
): Promise<Response> {
  const { method = 'GET', body, contentType = 'application/json', signal } = asked;
  for (let attempt = 1; ; attempt++) {
    const answer = await fetch(`${endpoint}${path}`, {
      method,
      headers: {
        'x-appwrite-project': project,
        'x-appwrite-key': key,
        'x-appwrite-response-format': '1.9.0',
        ...(body === undefined ? {} : { 'content-type': contentType }),
      },
      ...(body === undefined ? {} : { body }),
      ...(signal === undefined ? {} : { signal }),
    }).catch((error: unknown) => {
      if (signal?.aborted || attempt >= TRIES) throw unreachable(endpoint, error);
      return null;
    });
    if (answer?.ok) return answer;
    const mayHelp = answer === null || answer.status === 429 || answer.status === 503;
    if (!mayHelp || attempt >= TRIES) throw new Stop(`${endpoint}: ${await reasonOf(answer)}`);
    const told = Number(answer?.headers.get('retry-after'));
    await sleep(told > 0 ? Math.min(told, 60) * 1000 : 250 * 2 ** attempt);
  }
}

/** The answer as JSON, as a schema reads it. */
export async function read<Schema extends v.GenericSchema>(
  deployment: Deployment,
  path: string,
  schema: Schema,
): Promise<v.InferOutput<Schema>> {
  const answer = await call(deployment, path);
  const checked = v.safeParse(schema, await answer.json());
  if (checked.success) return checked.output;
  throw new Stop(`${deployment.endpoint}${path} answered something else than Appwrite's API does.`);
}

async function reasonOf(answer: Response | null): Promise<string> {
  if (answer === null) return 'out of reach';
  const text = await answer.text();
  const checked = v.safeParse(v.pipe(v.string(), v.parseJson(), refusal), text);
  return checked.success ? checked.output.message : `HTTP ${answer.status}`;
}

function unreachable(endpoint: string, error: unknown): Stop {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return new Stop(`${endpoint} is out of reach: ${cause instanceof Error ? cause.message : cause}`);
}
