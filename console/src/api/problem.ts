import * as v from 'valibot';

const told = v.object({ message: v.string(), type: v.string() });

/** What the API refused, in its own words. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    message: string,
    /** 0: there was no answer. */
    readonly status: number,
    /** The error's type, such as `user_not_found`. */
    readonly type: string,
    /** What the service's log calls the call; empty where nothing answered. */
    readonly requestId: string,
  ) {
    super(message);
  }

  static unreachable(cause: unknown): ApiProblem {
    const isSlow = cause instanceof DOMException && cause.name === 'TimeoutError';
    const message = isSlow
      ? 'The service did not answer within 30 seconds.'
      : 'The service could not be reached. Check your connection.';
    return new ApiProblem(message, 0, 'unreachable', '');
  }

  /** Whether the key that was shown is none any more. */
  get hasKeyEnded(): boolean {
    return this.status === 401 && ['project_key_expired', 'user_unauthorized'].includes(this.type);
  }

  /** Whether another try may do better. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** What an answer that is no 2xx says. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const body = v.safeParse(told, await response.json().catch(() => null));
  const { message, type } = body.success
    ? body.output
    : { message: `The service answered ${response.status}.`, type: 'unknown' };
  return new ApiProblem(message, response.status, type, response.headers.get('x-request-id') ?? '');
}
