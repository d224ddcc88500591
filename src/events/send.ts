import { causeOf } from '../db/errors';
import { isPublicHost } from '../http/publicHost';
import { retryAfterOf } from './backoff';
import { appwriteSignature, standardSignature } from './sign';

/** How long a receiver may take, milliseconds: connection, answer and body. */
export const TIMEOUT = 15_000;

/** How much of an answer is read. */
const MOST_READ = 65_536;

/** How much of it is told in the logs of a webhook. */
const MOST_TOLD = 256;

/** One request to a receiver. */
export interface Sending {
  readonly url: string;
  /** Unique for an event, and the same at every try. */
  readonly id: string;
  readonly webhookId: string;
  readonly webhookName: string;
  readonly projectId: string;
  /** All names of the event. */
  readonly names: readonly string[];
  readonly actorId: string;
  readonly sequence: number;
  readonly body: string;
  /** The secret, and the one before it while that one counts. */
  readonly secrets: readonly [string, ...string[]];
  readonly auth: { readonly username: string; readonly password: string };
}

/** What came of it. */
export interface Outcome {
  readonly isDelivered: boolean;
  /** The answer's status; 0 where there was none. */
  readonly status: number;
  /** Milliseconds. */
  readonly duration: number;
  /** What was wrong, in words. */
  readonly error: string;
  /** What the receiver asks for, milliseconds. */
  readonly retryAfter: number;
}

interface Rules {
  /** Whether hosts within a network are sent to: on a developer's machine. */
  readonly anyHost: boolean;
  readonly timeout?: number;
}

/** Sends an event. Whatever goes wrong is an outcome, no error. */
export async function send(sending: Sending, { anyHost, timeout = TIMEOUT }: Rules): Promise<Outcome> {
  const begun = Date.now();
  const failed = (error: string, status = 0, retryAfter = 0): Outcome => ({
    isDelivered: false,
    ...{ status, duration: Date.now() - begun, error, retryAfter },
  });
  const url = URL.parse(sending.url);
  if (url === null || (!anyHost && !isPublicHost(url)))
    return failed('The address is not one of the public internet: nothing was sent.');
  try {
    const signal = AbortSignal.timeout(timeout);
    // A redirect leads where nobody has checked the address, and nothing was signed for.
    const init = { method: 'POST', headers: headersOf(sending), body: sending.body, signal } as const;
    const answer = await fetch(url, { ...init, redirect: 'manual' });
    const { status } = answer;
    const text = await beginningOf(answer, signal);
    if (status >= 200 && status < 300)
      return { isDelivered: true, status, duration: Date.now() - begun, error: '', retryAfter: 0 };
    const retryAfter = retryAfterOf(answer.headers.get('retry-after'), Date.now());
    return failed(`The receiver answered ${status}${text === '' ? '.' : `: ${text}`}`, status, retryAfter);
  } catch (error) {
    const isTimeout = error instanceof Error && error.name === 'TimeoutError';
    return failed(
      isTimeout
        ? `The receiver did not answer within ${timeout / 1000} seconds.`
        : `Nothing was answered: ${causeOf(error)}`,
    );
  }
}

/** Reads the answer, as far as it is read at all, so that its connection can be used again; tells its beginning. */
async function beginningOf(answer: Response, signal: AbortSignal): Promise<string> {
  if (answer.body === null) return '';
  const reader = answer.body.getReader();
  const stopped = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
  );
  stopped.catch(() => {});
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length < MOST_READ) {
    const { done, value } = await Promise.race([reader.read(), stopped]);
    if (done) break;
    chunks.push(value);
    length += value.length;
  }
  reader.cancel().catch(() => {});
  const text = new TextDecoder().decode(await new Blob(chunks).slice(0, MOST_TOLD).arrayBuffer());
  return text.replaceAll('\0', '').trim();
}

function headersOf(sending: Sending): Headers {
  const timestamp = Math.floor(Date.now() / 1000);
  const { id, url, body, auth } = sending;
  const [secret, previous] = sending.secrets;
  const headers = new Headers({
    'Content-Type': 'application/json; charset=utf-8',
    'User-Agent': 'edge-users webhooks',
    'X-Appwrite-Webhook-Id': sending.webhookId,
    'X-Appwrite-Webhook-Events': sending.names.join(','),
    'X-Appwrite-Webhook-Name': inHeader(sending.webhookName),
    'X-Appwrite-Webhook-User-Id': sending.actorId,
    'X-Appwrite-Webhook-Project-Id': sending.projectId,
    'X-Appwrite-Webhook-Signature': appwriteSignature(secret, url, body),
    'X-Appwrite-Webhook-Sequence': String(sending.sequence),
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': standardSignature(sending.secrets, id, timestamp, body),
  });
  // Upstream's header holds one signature, and its receivers compare all of it.
  if (previous !== undefined)
    headers.set('X-Appwrite-Webhook-Previous-Signature', appwriteSignature(previous, url, body));
  if (auth.username !== '' || auth.password !== '')
    headers.set('Authorization', `Basic ${toBase64(`${auth.username}:${auth.password}`)}`);
  return headers;
}

const toBase64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

/** A header holds ASCII. */
const inHeader = (text: string) => (/^[ -~]*$/.test(text) ? text : encodeURIComponent(text));
