import type { Database } from '../db/database';
import { wakeLater } from '../webhooks';
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
  const { db } = context;
  const batch = async (statements: Parameters<Database['batch']>[0]): Promise<readonly unknown[]> => {
    const events = publishing(db, statements);
    if (events.length === 0) return db.batch(statements);
    const results: readonly unknown[] = await db.batch([...statements, ...events]);
    wakeLater(context, results.slice(statements.length).flatMap(webhooksIn));
    return results.slice(0, statements.length);
  };
  const wrapped = new Proxy(db, {
    get: (target, name) => (name === 'batch' ? batch : Reflect.get(target, name)),
  });
  return { ...context, db: wrapped };
}

/** The sequences of the webhooks that a statement wrote deliveries for. */
function webhooksIn(result: unknown): number[] {
  if (!Array.isArray(result)) return [];
  return result.flatMap((row: unknown) =>
    typeof row === 'object' && row !== null && 'webhookSeq' in row ? [Number(row.webhookSeq)] : [],
  );
}
