import * as v from 'valibot';
import { allNames, type Name } from '../activity/eventNames';
import type { Config } from '../config';
import { snapshotOf } from './snapshots';

/** What a delivery keeps of its event, as the transaction of the change wrote it. */
const schema = v.object({
  /** As the activity log calls it, such as `user.update`. */
  event: v.string(),
  /** What of the thing was changed, where the endpoint says so. */
  attribute: v.string(),
  userId: v.string(),
  resourceId: v.string(),
  teamId: v.string(),
  /** The user that acted; empty where it was none. */
  actorId: v.string(),
  /** The thing as the change left it; null where it is gone. */
  row: v.unknown(),
});

export type RecordedEvent = v.InferOutput<typeof schema>;

/** Reads what a delivery keeps. */
export function readRecorded(text: string): RecordedEvent {
  return v.parse(schema, JSON.parse(text));
}

/** All names of an event: itself, and each generalisation. */
export function namesOf(recorded: RecordedEvent): string[] {
  return allNames(recorded.event, recorded.attribute).map((name) => textOf(name, recorded));
}

/** What is sent: the API's model of the thing, or, where it is gone, the IDs that it had. */
export function bodyOf(recorded: RecordedEvent, config: Config): string {
  const { event, row, userId, teamId } = recorded;
  const told = row === null ? null : snapshotOf(event);
  if (told !== null) return JSON.stringify(told.tell(row, config));
  const $id = resourceOf(recorded);
  const owners = {
    ...(userId === '' || userId === $id ? {} : { userId }),
    ...(teamId === '' || teamId === $id ? {} : { teamId }),
  };
  return JSON.stringify({ $id, ...owners });
}

function textOf(name: Name, recorded: RecordedEvent): string {
  const ids = { user: recorded.userId, team: recorded.teamId, resource: resourceOf(recorded) };
  return name.map((segment) => (typeof segment === 'string' ? segment : ids[segment.id])).join('.');
}

/** What is of the user itself carries no resource. */
function resourceOf({ event, resourceId, userId }: RecordedEvent): string {
  return resourceId === '' || event.startsWith('user.') ? userId || resourceId : resourceId;
}
