import { createExecutionContext, createMessageBatch, env, getQueueResult } from 'cloudflare:test';
import worker from '../../src/index';
import type { Wake } from '../../src/webhooks';
import type { Call } from './api';

const NOTHING = { metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } };

type Bindings = NonNullable<Call['env']>;

/** A queue that keeps what it is sent, for the test to bring or to lose. */
export function keptQueue() {
  const sent: { webhook: number; delaySeconds: number }[] = [];
  const queue: Queue<Wake> = {
    async send({ webhook }, options) {
      sent.push({ webhook, delaySeconds: options?.delaySeconds ?? 0 });
      return NOTHING;
    },
    async sendBatch(messages) {
      for (const { body, delaySeconds = 0 } of messages) sent.push({ ...body, delaySeconds });
      return NOTHING;
    },
    async metrics() {
      return { backlogCount: 0, backlogBytes: 0 };
    },
  };
  return { sent, env: { EVENTS: queue } satisfies Bindings };
}

/** A deployment without a queue. */
export const NO_QUEUE: Bindings = JSON.parse('{"EVENTS":null}');

/** A queue that takes nothing. */
export function refusingQueue(): Bindings {
  const refuse = () => Promise.reject(new Error('Queue is unavailable'));
  return { EVENTS: { send: refuse, sendBatch: refuse, metrics: refuse } };
}

let messages = 0;

/** Brings messages to the Worker as the queue does. */
export async function bring(bodies: readonly unknown[], bindings: Bindings = {}) {
  const batch = createMessageBatch(
    'edge-users-events',
    bodies.map((body) => ({ id: String(++messages), timestamp: new Date(), attempts: 1, body })),
  );
  const ctx = createExecutionContext();
  await worker.queue(batch, { ...env, ...bindings });
  return getQueueResult(batch, ctx);
}

/** Lets a kept queue bring what it was sent, and what that sends, until only delayed messages are left. */
export async function drain(kept: ReturnType<typeof keptQueue>, bindings: Bindings = {}): Promise<void> {
  for (;;) {
    const at = kept.sent.findIndex(({ delaySeconds }) => delaySeconds === 0);
    if (at < 0) return;
    const [message] = kept.sent.splice(at, 1);
    await bring([{ webhook: message?.webhook }], { ...kept.env, ...bindings });
  }
}
