import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../db/database';
import { insertFrom } from '../db/insertFrom';
import { activity } from '../db/schema';
import { statement } from '../db/statement';
import { type Client, NO_CLIENT } from './client';

/** Who acts, as far as a row tells. */
export type Acting =
  | { readonly type: 'guest' }
  | { readonly type: 'key' | 'system'; readonly id: string; readonly name: string }
  | { readonly type: 'user'; readonly sessionId: string | null };

/** Who did something, from where, when: the part of an activity row that a request knows. */
export interface Actor {
  readonly db: Database;
  readonly caller: Acting;
  readonly client: Client;
  readonly requestId: string;
  /** Milliseconds. */
  readonly now: number;
  /** The event that the endpoint declares, and what it says that it changes: `user.update`, `email`. */
  readonly event?: string;
  readonly attribute?: string;
}

/** The user that a row is about, and the thing of that user, as expressions over the statement's tables. */
export interface Subject {
  readonly userSeq: SQL;
  readonly userId: SQL;
  /** The team that it is about as well. */
  readonly teamSeq?: SQL;
  /** The session, membership, … ; the user itself without it. */
  readonly resourceId?: SQL;
  /** Of a session that is made: its provider. */
  readonly provider?: string;
}

/** For rows that are about a resource of no user, such as a team or a key: no user's log has them. */
export const NO_USER = { userSeq: sql`0`, userId: sql`''` } as const;

/**
 * The activity row of a mutation, for the mutation's own batch: one for each row that `from` finds. Where the mutation
 * finds nothing, this finds nothing either, and no row is written.
 * @param event Appwrite's name, such as `user.update`: the resource that it is about, and what happened to it. Those that the
 *   world is told of are sent to webhooks (`events/publish.ts`), which the batch sees to by itself
 * @param from from `FROM` on
 */
export function recordActivity(actor: Actor, event: string | OneOf, subject: Subject, from: SQL) {
  const told = typeof event === 'string' ? { sql: event, events: [event] } : event;
  const recording = insertActivity(actor.db, { row: rowOf(actor, told.sql, subject), from });
  const { event: declared, attribute = '', requestId, now } = actor;
  const events = told.events.map((name) => ({ name, attribute: name === declared ? attribute : '' }));
  recorded.set(recording, { events, requestId, now });
  return recording;
}

/** An event that the statement decides. */
export interface OneOf {
  readonly sql: SQL;
  /** All that it may be. */
  readonly events: readonly string[];
}

/** What a statement of `recordActivity` records. */
export interface Recorded {
  /** The events that it may be, and what of the thing is changed, where the endpoint says so. */
  readonly events: readonly { readonly name: string; readonly attribute: string }[];
  readonly requestId: string;
  readonly now: number;
}

const recorded = new WeakMap<object, Recorded>();

/** What a statement of a batch records of the activity; undefined for any other statement. */
export function recordedBy(statement: object): Recorded | undefined {
  return recorded.get(statement);
}

type ActivityRow = ReturnType<typeof rowOf>;

const insertActivity = statement<{ row: ActivityRow; from: SQL }>()((db, { row, from }) =>
  insertFrom(db, activity, row, from),
);

/** The columns of a row that a request writes, for `insertFrom`. */
export function rowOf({ caller, client, requestId, now }: Actor, event: string | SQL, subject: Subject) {
  return {
    ...describeActor(caller),
    ...client,
    event,
    userSeq: subject.userSeq,
    userId: subject.userId,
    teamSeq: subject.teamSeq ?? null,
    resourceId: subject.resourceId ?? '',
    requestId,
    time: now,
    provider: subject.provider ?? null,
  };
}

/** The same actor, of whom the rows tell no address, program and country: what outlives a user is not to. */
export function withoutClient<Acting extends Actor>(actor: Acting): Acting {
  return { ...actor, client: NO_CLIENT };
}

type ActorColumns = Pick<typeof activity.$inferSelect, 'actorType' | 'actorId' | 'actorName'>;

function describeActor(caller: Acting): ActorColumns {
  // By its session: whose it is says the row already.
  if (caller.type === 'user') return { actorType: 'user', actorId: caller.sessionId ?? '', actorName: '' };
  if (caller.type !== 'guest') return { actorType: caller.type, actorId: caller.id, actorName: caller.name };
  // A guest that signs in becomes the user; no guest can change anything else.
  return { actorType: 'user', actorId: '', actorName: '' };
}
