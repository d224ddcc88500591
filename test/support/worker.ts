import {
  createExecutionContext,
  createScheduledController,
  env,
  waitOnExecutionContext,
} from 'cloudflare:test';
import worker from '../../src/index';
import { UserDirectory } from '../../src/rpc';
import type { Call } from './api';

/** Bindings to replace, and variables to set. */
type Bindings = NonNullable<Call['env']>;

/** Calls the directory as another Worker does, and waits for what goes on after the answer. */
export async function ask<Answer>(
  call: (directory: UserDirectory) => Promise<Answer>,
  bindings: Bindings = {},
): Promise<Answer> {
  const ctx = createExecutionContext();
  try {
    return await call(new UserDirectory(ctx, { ...env, ...bindings }));
  } finally {
    await waitOnExecutionContext(ctx);
  }
}

/** Runs the cron trigger, by the Worker's own handler, at the time that the test's clock shows. */
export async function cron(bindings: Bindings = {}): Promise<void> {
  const controller = createScheduledController({ scheduledTime: new Date(), cron: '* * * * *' });
  await worker.scheduled(controller, { ...env, ...bindings });
}
