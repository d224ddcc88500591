import { sql } from 'drizzle-orm';
import type { Config } from '../config';
import type { Database } from '../db/database';
import { causeOf } from '../db/errors';
import { deliveries, webhooks } from '../db/schema';
import { openFor } from '../webhooks';
import { bodyOf, namesOf, readRecorded } from './recorded';
import { type Outcome, send, TIMEOUT } from './send';
import { type Ending, MOST_FAILURES, type Sent, settling } from './settle';

/** How long a run keeps its webhook to itself, milliseconds: longer than it can last. One that died is followed after that. */
const LEASE = 60_000;

/** When a run begins nothing new any more, milliseconds: what it has begun may take the timeout of a request. */
const MOST_TIME = 20_000;

type Row = typeof deliveries.$inferSelect;
type Webhook = typeof webhooks.$inferSelect;

/** What a run needs, and what bounds it. */
export interface Run {
  readonly db: Database;
  readonly config: Config;
  /** Deliveries that it sends, at most. */
  readonly most: number;
  /** How many of them at once. */
  readonly atOnce: number;
  /** How long a receiver may take, milliseconds; the fifteen seconds of `send` without it. */
  readonly timeout?: number;
}

/**
 * Sends what is due to a webhook, as much as one run may, and says when the next is due; null for nothing, or where
 * another run is at it, which looks again when it ends. What the run is ended in is that it is sent again.
 */
export async function deliver(run: Run, seq: number): Promise<number | null> {
  const { db } = run;
  const now = Date.now();
  const isDue = sql`deliveries.webhook_seq = ${seq} AND deliveries.due_at <= ${now} AND deliveries.due_at IS NOT NULL
    AND (deliveries.is_test = 1 OR EXISTS (SELECT 1 FROM webhooks AS w
      WHERE w.seq = ${seq} AND w.enabled = 1 AND w.not_before <= ${now}))`;
  const [[webhook], due] = await db.batch([
    db
      .update(webhooks)
      .set({ busyUntil: now + LEASE })
      .where(
        sql`${webhooks.seq} = ${seq} AND ${webhooks.busyUntil} <= ${now}
          AND EXISTS (SELECT 1 FROM deliveries WHERE ${isDue})`,
      )
      .returning(),
    db.select().from(deliveries).where(isDue).orderBy(deliveries.eventSeq).limit(run.most),
  ]);
  if (webhook === undefined) return null;
  const { sent, ending } = await sendAll(run, webhook, due);
  const settled = settling(db, webhook, sent, ending, Date.now());
  const [, , , [left]] = await db.batch(settled);
  return left?.next == null ? null : Math.max(left.next, ending.notBefore);
}

/** Sends in the order of the sequence, those of one resource one after another, some at once otherwise. */
async function sendAll(run: Run, webhook: Webhook, due: readonly Row[]) {
  const begun = Date.now();
  const waiting = due.map((row) => ({ row, resource: resourceOf(row) }));
  const busy = new Set<string>();
  const sent: Sent[] = [];
  let ending: Ending = { attempts: webhook.attempts, logs: webhook.logs, notBefore: webhook.notBefore };
  const secrets = await secretsOf(run.config, webhook);
  const isOver = () => ending.attempts >= MOST_FAILURES || ending.notBefore > Date.now();
  const next = () => {
    if (Date.now() - begun >= MOST_TIME) return undefined;
    const at = waiting.findIndex(({ row, resource }) => !busy.has(resource) && (row.isTest || !isOver()));
    return at < 0 ? undefined : waiting.splice(at, 1)[0];
  };
  const work = async () => {
    for (let one = next(); one !== undefined; one = next()) {
      const { row, resource } = one;
      busy.add(resource);
      const outcome = await attempt(run, webhook, secrets, row);
      busy.delete(resource);
      sent.push({ ...row, outcome });
      ending = endingOf(ending, row, outcome);
    }
  };
  await Promise.all(Array.from({ length: run.atOnce }, work));
  return { sent, ending };
}

/** How a webhook stands after a delivery. A test tells nothing of its receiver's failures, but what was wrong. */
function endingOf(before: Ending, { isTest }: Row, { isDelivered, error, retryAfter }: Outcome): Ending {
  if (isTest) return { ...before, logs: error };
  if (isDelivered) return { ...before, attempts: 0, logs: '' };
  const notBefore = Math.max(before.notBefore, retryAfter > 0 ? Date.now() + retryAfter : 0);
  return { attempts: before.attempts + 1, logs: error, notBefore };
}

/** What is sent in order: everything of a user, of a team, a key, a webhook. */
function resourceOf({ name, event }: Row): string {
  const [type = ''] = name.split('.');
  try {
    const { userId, teamId, resourceId } = readRecorded(event);
    return `${type} ${type === 'users' ? userId : teamId || resourceId}`;
  } catch {
    // Its own delivery fails for it, and no other one.
    return name;
  }
}

type Secrets = readonly [string, ...string[]] | null;

/** The secrets that count, the one of today first; null where no key of the deployment opens it. */
async function secretsOf(
  config: Config,
  { id, secret, previousSecret, previousUntil }: Webhook,
): Promise<Secrets> {
  const open = (sealed: string) => openFor(config, 'secret', id, sealed);
  const [today, before] = await Promise.all([
    open(secret),
    previousSecret !== null && (previousUntil ?? 0) > Date.now() ? open(previousSecret) : null,
  ]);
  if (today === null) return null;
  return before === null ? [today] : [today, before];
}

async function attempt(
  { config, timeout = TIMEOUT }: Run,
  webhook: Webhook,
  secrets: Secrets,
  { eventSeq, event }: Row,
): Promise<Outcome> {
  const password = await openFor(config, 'password', webhook.id, webhook.authPassword);
  if (secrets === null || password === null)
    return unsent("No key in this deployment's ENCRYPTION_KEY opens the secrets of this webhook.");
  try {
    const recorded = readRecorded(event);
    const sending = {
      ...{ url: webhook.url, id: `evt_${eventSeq}`, sequence: eventSeq, secrets },
      ...{ webhookId: webhook.id, webhookName: webhook.name, projectId: config.PROJECT_ID },
      ...{ names: namesOf(recorded), actorId: recorded.actorId, body: bodyOf(recorded, config) },
      auth: { username: webhook.authUsername, password },
    };
    return await send(sending, { anyHost: config.WEBHOOK_ANY_HOST, timeout });
  } catch (error) {
    console.error(JSON.stringify({ level: 'error', message: causeOf(error), during: 'delivery', eventSeq }));
    return unsent('The event could not be told: the log of the service has the reason.');
  }
}

const unsent = (error: string): Outcome => ({
  isDelivered: false,
  ...{ status: 0, duration: 0, retryAfter: 0, error },
});
