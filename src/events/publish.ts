import { type SQL, sql } from 'drizzle-orm';
import { allNames, isTold, type Name, type Segment, wholeNames } from '../activity/eventNames';
import { type Recorded, recordedBy } from '../activity/record';
import type { Database } from '../db/database';
import { insertFrom } from '../db/insertFrom';
import { deliveries } from '../db/schema';
import { statement } from '../db/statement';
import { snapshotOf } from './snapshots';

/*
 * The activity row is the outbox. A batch that records activity ends in a statement for each event in it, which finds the
 * rows that this very batch wrote (the newest of all, with its request and time) and writes a delivery for each webhook that
 * listens and subscribes, with the thing as the batch left it. Where no webhook listens, the statement ends at the first
 * look into an empty index: it reads no row and writes none.
 */

/** The rows of `activity` that this batch wrote: D1 has one writer, so that they are the last ones. */
const ofThisBatch = (
  requestId: SQL,
  now: SQL,
) => sql`a.seq > coalesce((SELECT before.seq FROM activity AS before
  WHERE before.seq > 0 AND (before.request_id <> ${requestId} OR before.time <> ${now})
  ORDER BY before.seq DESC LIMIT 1), 0)`;

/** The ID of the team that a row is about or in: a team that went in this batch has left its own row behind. */
const teamId = sql`coalesce((SELECT teams.id FROM teams WHERE teams.seq = a.team_seq),
  (SELECT gone.resource_id FROM activity AS gone WHERE gone.team_seq = a.team_seq AND gone.event = 'team.delete'
    ORDER BY gone.seq DESC LIMIT 1), '')`;

const actingUser = sql`iif(a.actor_type = 'user', iif(a.actor_seq IS NULL, a.user_id, a.actor_id), '')`;

/** The statements that a batch ends in, for what it records. */
export function publishing(db: Database, statements: readonly object[]) {
  const found = new Map<string, { event: Recorded['events'][number]; recorded: Recorded }>();
  for (const statement of statements) {
    const recorded = recordedBy(statement);
    for (const event of recorded?.events ?? []) {
      if (recorded === undefined || !isTold(event.name)) continue;
      // One that says what it changes before one that does not.
      if (event.attribute !== '' || !found.has(event.name)) found.set(event.name, { event, recorded });
    }
  }
  return [...found.values()].map(({ event: { name, attribute }, recorded: { requestId, now } }) =>
    publishEvent(db, { requestId, now }, { name, attribute }),
  );
}

/** Writes a delivery of an event to each webhook that listens and subscribes. */
const publishEvent = statement<{ requestId: string; now: number }, [Recorded['events'][number]]>()(
  (db, { requestId, now }, { name: event, attribute }) => {
    const names = sql.join(allNames(event, attribute).map(nameSql), sql`, `);
    const subscribes = sql`EXISTS (SELECT 1 FROM json_each(w.events) AS pattern WHERE pattern.value IN (${names}))`;
    const tail = sql`${FROM} WHERE w.listens = 1 AND ${ofThisBatch(requestId, now)}
      AND a.event = ${literal(event)} AND ${subscribes}`;
    // Without `RETURNING`, which reads rows even where there is none.
    return insertFrom(db, deliveries, deliveryOf(event, attribute), tail).onConflictDoNothing();
  },
);

/** The delivery of the test that the statement before has recorded, to its own webhook, whatever that subscribes to. */
export function publishTest(db: Database, webhookId: string) {
  const last = sql`(SELECT max(seq) FROM activity)`;
  const tail = sql`${FROM} WHERE w.id = ${webhookId} AND a.seq = ${last} AND a.event = 'webhook.test' AND a.resource_id = w.id`;
  return insertFrom(db, deliveries, { ...deliveryOf('webhook.test', ''), isTest: true }, tail);
}

/** The webhooks first: where none is, no activity is read. */
const FROM = sql`FROM webhooks AS w CROSS JOIN activity AS a`;

/** The columns of a delivery of the activity row `a` to the webhook `w`, with the thing as it is now. */
function deliveryOf(event: string, attribute: string) {
  const [name = []] = wholeNames(event, attribute);
  const snapshot = snapshotOf(event)?.sql;
  return {
    webhookSeq: sql`w.seq`,
    eventSeq: sql`a.seq`,
    name: nameSql(name),
    event: sql`json_object('event', a.event, 'attribute', ${literal(attribute)}, 'userId', a.user_id,
      'resourceId', a.resource_id, 'teamId', ${teamId}, 'actorId', ${actingUser},
      'row', ${snapshot === undefined ? sql`NULL` : sql`json(${snapshot})`})`,
    dueAt: sql`a.time`,
    createdAt: sql`a.time`,
  };
}

function nameSql(name: Name): SQL {
  const ids = { user: sql`a.user_id`, team: teamId, resource: resource };
  const pieces: SQL[] = [];
  let text = '';
  for (const segment of withDots(name)) {
    if (typeof segment === 'string') text += segment;
    else {
      pieces.push(literal(text), ids[segment.id]);
      text = '';
    }
  }
  if (text !== '') pieces.push(literal(text));
  return sql.join(pieces, sql` || `);
}

/** What is of the user itself carries no resource. */
const resource = sql`iif(a.resource_id = '', a.user_id, a.resource_id)`;

const withDots = (name: Name): Segment[] =>
  name.flatMap((segment, at) => (at === 0 ? [segment] : ['.', segment]));

/** Text of our own, which holds no quotes. */
function literal(text: string): SQL {
  return sql.raw(`'${text}'`);
}
