import * as v from 'valibot';
import type { activity } from '../db/schema';
import type { Model } from '../http/endpoint';
import { clientEntries, clientFields } from './client';
import type { WireContext } from './dialect/context';
import { isoTime, unixTime } from './dialect/time';
import { nameTold } from './name';

/** An activity row, and the user that it is about. */
export type Log = Omit<typeof activity.$inferSelect, 'seq' | 'userSeq' | 'teamSeq' | 'requestId'> & {
  readonly user: { readonly name: string; readonly email: string | null };
  /** The user that acted on this one, where it is still there. */
  readonly actorUserName: string | null;
  readonly actorUserEmail: string | null;
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

/** How often it happened: of lines that recur alone, so that every other one is as in Appwrite. */
const repeated = { count: v.exactOptional(v.number()) };

const classic = v.strictObject({ ...actor, ip: v.string(), time: v.number(), ...clientEntries, ...repeated });

const modern = v.strictObject({
  ...actor,
  userType: v.string(),
  ip: v.string(),
  time: v.string(),
  ...clientEntries,
  ...repeated,
});

/** Appwrite's names for who acts. */
const USER_TYPES = { key: 'keyProject', user: 'user', guest: 'guest', system: 'system' } as const;

/** An entry of an activity log. */
export const logModel: Model<Log, WireContext> = {
  name: 'Log',
  schemas: { classic, modern },
  render(log, context): v.InferOutput<typeof classic> | v.InferOutput<typeof modern> {
    const { format, seesUsers } = context;
    const who = {
      event: format.classic ? classicEvent(log) : log.event,
      ...whoDid(log, seesUsers),
      mode: 'default',
    };
    const where = { ...clientFields(log, context), ...(log.once === null ? {} : { count: log.count }) };
    if (format.classic) return { ...who, ip: log.ip, time: unixTime(log.time), ...where };
    return { ...who, userType: USER_TYPES[log.actorType], ip: log.ip, time: isoTime(log.time), ...where };
  },
};

/** Who did it, as the model has it: the user itself, or another user, or a key by its ID and name. */
function whoDid({ actorType, actorId, actorName, userId, user, ...log }: Log, seesUsers: boolean) {
  if (actorType !== 'user') return { userId: actorId, userEmail: '', userName: actorName };
  const [id, email, name] =
    log.actorSeq === null
      ? [userId, user.email, user.name]
      : [actorId, log.actorUserEmail, log.actorUserName];
  return { userId: id, userEmail: (seesUsers && email) || '', userName: nameTold(name ?? '', seesUsers) };
}

/**
 * 0.15 wrote events as paths: `users.<id>.update`, `users.<id>.sessions.<id>.delete`, in a team's log
 * `teams.<id>.memberships.<id>.create`. What is of the owner itself carries no resource, and what has no ID none; but a
 * verification that no secret was sent for goes by the user's.
 */
function classicEvent({ event, userId, resourceId, teamId }: Log): string {
  const [resource = '', action = ''] = event.split('.');
  const owner = teamId === undefined ? `users.${userId}` : `teams.${teamId}`;
  if (resource === 'user' || resource === 'team') return `${owner}.${action}`;
  const id = resource === 'verification' ? resourceId || userId : resourceId;
  return [owner, pluralOf(resource), ...(id === '' ? [] : [id]), action].join('.');
}

/** Of which 0.15 says no plural. */
const SINGULAR: readonly string[] = ['verification', 'recovery'];

/** `sessions`, `identities`; some of Appwrite's event names are plurals already. */
function pluralOf(resource: string): string {
  if (resource.endsWith('s') || SINGULAR.includes(resource)) return resource;
  return resource.endsWith('y') ? `${resource.slice(0, -1)}ies` : `${resource}s`;
}
