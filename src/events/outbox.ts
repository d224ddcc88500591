import * as v from 'valibot';
import type { Database } from '../db/database';
import { queueOf, wake } from '../webhooks';
import { dueWebhooks } from './due';
import { publishing } from './publish';

interface Parts {
  readonly db: Database;
  readonly env: Env;
  defer(work: PromiseLike<unknown>): void;
}

/**
 * The same context, whose batches record events with the activity that they record, and wake delivery up when they are
 * through. Where the wake-up is lost, the cron trigger finds what is due.
 */
export function withOutbox<Context extends Parts>(context: Context): Context {
  const { db, env, defer } = context;
  const batch = async (statements: Parameters<Database['batch']>[0]): Promise<readonly unknown[]> => {
    const events = publishing(db, statements);
    if (events.length === 0) return db.batch(statements);
    const results: readonly unknown[] = await db.batch([...statements, ...events]);
    const isRecorded = results.slice(statements.length).some(hasChanged);
    if (isRecorded && queueOf(env) !== null) defer(wakeDue(env, db));
    return results.slice(0, statements.length);
  };
  const wrapped = new Proxy(db, {
    get: (target, name) => (name === 'batch' ? batch : Reflect.get(target, name)),
  });
  return { ...context, db: wrapped };
}

/** Whether a statement wrote a row. */
function hasChanged(result: unknown): boolean {
  return v.is(changed, result) && result.meta.rows_written > 0;
}

const changed = v.object({ meta: v.object({ rows_written: v.number() }) });

/** Wakes up whatever is due. */
async function wakeDue(env: Env, db: Database): Promise<void> {
  const queue = queueOf(env);
  if (queue !== null) await wake(queue, await dueWebhooks(db, Date.now()));
}
