import * as v from 'valibot';
import type { activity } from '../db/schema';
import type { Model } from '../http/endpoint';
import { countryOf } from './country';
import type { WireContext } from './dialect/context';
import { isoTime } from './dialect/time';
import { id } from './id';
import { nameTold } from './name';

/** An activity row of the whole directory, with who acted and what it was about. */
export type ActivityEvent = Pick<
  typeof activity.$inferSelect,
  'seq' | 'event' | 'userId' | 'actorType' | 'actorName' | 'ip' | 'userAgent' | 'countryCode' | 'time'
> & {
  readonly actorId: string;
  /** The user that acted, where it is still there. */
  readonly actorUserName: string | null;
  readonly actorUserEmail: string | null;
  readonly resourceType: string;
  readonly resourceId: string;
  readonly teamId: string;
  readonly projectId: string;
};

export const activityEventSchema = v.strictObject({
  $id: v.string(),
  actorType: v.string(),
  actorId: v.string(),
  actorEmail: v.string(),
  actorName: v.string(),
  resourceParent: v.string(),
  resourceType: v.string(),
  resourceId: v.string(),
  resource: v.string(),
  event: v.string(),
  userAgent: v.string(),
  ip: v.string(),
  mode: v.string(),
  country: v.string(),
  continentCode: v.string(),
  city: v.string(),
  subdivisions: v.string(),
  isp: v.string(),
  autonomousSystemNumber: v.string(),
  autonomousSystemOrganization: v.string(),
  connectionType: v.string(),
  connectionUsageType: v.string(),
  connectionOrganization: v.string(),
  time: v.string(),
  projectId: v.string(),
  teamId: v.string(),
  hostname: v.string(),
  sdk: v.string(),
  sdkVersion: v.string(),
});

/** What nobody keeps here. */
const UNKNOWN = {
  continentCode: '',
  city: '',
  subdivisions: '',
  isp: '',
  autonomousSystemNumber: '',
  autonomousSystemOrganization: '',
  connectionType: '',
  connectionUsageType: '',
  connectionOrganization: '',
};

/** What stands by itself; all else is of a user or a team. */
const OWNERS: readonly string[] = ['user', 'team', 'key', 'webhook'];

/**
 * An event of the feed, as the SDKs' `Activities` know it; what is not kept is empty. Its ID is its sequence. Who acted is
 * told with name and address to those alone who may read users.
 */
export const activityEventModel: Model<ActivityEvent, WireContext> = {
  name: 'ActivityEvent',
  schemas: { any: activityEventSchema },
  render: renderEvent,
};

/** The same, for whoever is no client of HTTP. */
export function renderEvent(
  event: ActivityEvent,
  { seesUsers, locale }: WireContext,
): v.InferOutput<typeof activityEventSchema> {
  const { resourceType, resourceId } = event;
  const country = countryOf(event.countryCode, locale);
  return {
    $id: String(event.seq),
    actorType: event.actorType,
    actorId: event.actorId,
    actorEmail: (seesUsers && event.actorUserEmail) || '',
    actorName: event.actorName || nameTold(event.actorUserName ?? '', seesUsers),
    resourceParent: parentOf(event),
    resourceType,
    resourceId,
    resource: resourceId === '' ? '' : `${resourceType}/${resourceId}`,
    event: event.event,
    userAgent: event.userAgent,
    ip: event.ip,
    mode: 'default',
    country: country.countryCode === '--' ? '' : country.countryName,
    ...UNKNOWN,
    time: isoTime(event.time),
    projectId: event.projectId,
    teamId: event.teamId,
    hostname: '',
    sdk: '',
    sdkVersion: '',
  };
}

function parentOf({ resourceType, userId, teamId }: ActivityEvent): string {
  if (OWNERS.includes(resourceType)) return '';
  if (resourceType === 'membership') return teamId === '' ? '' : `team/${teamId}`;
  return userId === '' ? '' : `user/${userId}`;
}

/** The event in a path. */
export const eventPath = { eventId: id };
