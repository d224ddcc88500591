import * as v from 'valibot';
import type { activity } from '../db/schema';
import type { Model } from '../http/endpoint';
import { clientEntries, clientFields } from './client';
import type { WireContext } from './context';
import { isoTime, unixTime } from './time';

/** An activity row, and the user that it is about. */
export type Log = Omit<typeof activity.$inferSelect, 'seq' | 'userSeq' | 'teamSeq' | 'requestId'> & {
  readonly user: { readonly name: string; readonly email: string | null };
  /** The ID of the team whose log it is in; none in a user's log. */
  readonly teamId?: string;
};

const actor = {
  event: v.string(),
  userId: v.string(),
  userEmail: v.string(),
  userName: v.string(),
  mode: v.string(),
};

const classic = v.strictObject({ ...actor, ip: v.string(), time: v.number(), ...clientEntries });

const modern = v.strictObject({
  ...actor,
  userType: v.string(),
  ip: v.string(),
  time: v.string(),
  ...clientEntries,
});

/** Appwrite's names for who acts. */
const USER_TYPES = { key: 'keyProject', user: 'user', system: 'system' } as const;

/** An entry of a user's activity log. */
export const logModel: Model<Log, WireContext> = {
  name: 'Log',
  schemas: { classic, modern },
  render(log, { format, locale }): v.InferOutput<typeof classic> | v.InferOutput<typeof modern> {
    const who = {
      event: format.classic ? classicEvent(log) : log.event,
      ...whoDid(log),
      mode: 'default',
    };
    const where = clientFields(log, locale);
    if (format.classic) return { ...who, ip: log.ip, time: unixTime(log.time), ...where };
    return { ...who, userType: USER_TYPES[log.actorType], ip: log.ip, time: isoTime(log.time), ...where };
  },
};

/** Who did it, as the model has it: the user itself, or a key by its ID and name. */
function whoDid({ actorType, actorId, actorName, userId, user }: Log) {
  if (actorType === 'user') return { userId, userEmail: user.email ?? '', userName: user.name };
  return { userId: actorId, userEmail: '', userName: actorName };
}

/**
 * 0.15 wrote events as paths: `users.<id>.update`, `users.<id>.sessions.<id>.delete`, in a team's log
 * `teams.<id>.memberships.<id>.create`. What is of the owner itself carries no resource.
 */
function classicEvent({ event, userId, resourceId, teamId }: Log): string {
  const [resource = '', action = ''] = event.split('.');
  const owner = teamId === undefined ? `users.${userId}` : `teams.${teamId}`;
  if (resource === 'user' || resource === 'team') return `${owner}.${action}`;
  return `${owner}.${pluralOf(resource)}.${resourceId}.${action}`;
}

/** `sessions`, `identities`; some of Appwrite's event names are plurals already. */
function pluralOf(resource: string): string {
  if (resource.endsWith('s')) return resource;
  return resource.endsWith('y') ? `${resource.slice(0, -1)}ies` : `${resource}s`;
}
