/** What travels through the queue: that a webhook has something to be sent. What it is, D1 knows. */
export interface Wake {
  readonly webhook: number;
}

/** Messages that a queue takes at once. */
const MOST_AT_ONCE = 100;

/** The longest that a queue holds a message back, seconds. */
const MOST_DELAY = 12 * 60 * 60;

/** The queue that wakes delivery up; null where none is bound, and the cron trigger alone delivers. */
export function queueOf(env: Env): Queue<Wake> | null {
  const queue: Queue<Wake> | undefined = env.EVENTS;
  return queue ?? null;
}

/**
 * Wakes up the delivery of webhooks.
 * @param delay milliseconds
 */
export async function wake(queue: Queue<Wake>, webhooks: Iterable<number>, delay = 0): Promise<void> {
  const delaySeconds = Math.min(Math.ceil(delay / 1000), MOST_DELAY);
  const messages = [...new Set(webhooks)].map((webhook) => ({ body: { webhook }, delaySeconds }));
  for (let at = 0; at < messages.length; at += MOST_AT_ONCE)
    await queue.sendBatch(messages.slice(at, at + MOST_AT_ONCE));
}

/** The same after the response, where there is a queue: the cron trigger finds what a lost wake-up left. */
export function wakeLater(
  { env, defer }: { readonly env: Env; defer(work: PromiseLike<unknown>): void },
  webhooks: Iterable<number>,
): void {
  const queue = queueOf(env);
  const woken = new Set(webhooks);
  if (queue !== null && woken.size > 0) defer(wake(queue, woken));
}
