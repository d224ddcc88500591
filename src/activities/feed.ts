import { type SQL, sql } from 'drizzle-orm';
import { qualified } from '../db/expressions';
import {
  AREA,
  AREAS_IN_ZONE,
  activity,
  activityTerms,
  activityZones,
  BLOCK,
  BUCKETS,
  GROUP,
  STRETCH,
} from '../db/schema';
import { type Blocks, listSource, type Selecting } from '../lists';

/** What things are called whose events are named otherwise. */
const NOUNS = {
  tokens: 'token',
  jwts: 'jwt',
  challenges: 'challenge',
  impersonator: 'user',
  verification: 'user',
  ephemeralKey: 'key',
};

const firstWord = sql`substr(${activity.event}, 1, instr(${activity.event}, '.') - 1)`;
const nouns = sql.join(
  Object.entries(NOUNS).map(([word, noun]) => sql.raw(`WHEN '${word}' THEN '${noun}'`)),
  sql` `,
);

const resourceType = sql<string>`(CASE ${firstWord} ${nouns} ELSE ${firstWord} END)`;

/** What is of the user itself carries no resource, or that of what it has: an app, a code. */
const resourceId = sql<string>`iif(${activity.resourceId} = '' OR ${resourceType} = 'user', ${activity.userId}, ${activity.resourceId})`;

/** Whoever acts for itself is known in the row by its session. */
const actorId = sql<string>`iif(${activity.actorType} = 'user' AND ${activity.actorSeq} IS NULL, ${activity.userId}, ${activity.actorId})`;

/** The ID of the team that it is about or in; a deleted one's from the row that tells so. */
const teamId = sql<string>`coalesce((SELECT teams.id FROM teams WHERE teams.seq = ${qualified(activity.teamSeq)}),
  (SELECT gone.resource_id FROM activity AS gone WHERE gone.team_seq = ${qualified(activity.teamSeq)} AND gone.event = 'team.delete'
    ORDER BY gone.seq DESC LIMIT 1), '')`;

const acting = (column: SQL) => sql<string | null>`iif(${activity.actorType} = 'user',
  (SELECT ${column} FROM users AS acting WHERE acting.seq = coalesce(${activity.actorSeq}, ${activity.userSeq})), NULL)`;

const columns = {
  seq: activity.seq,
  event: activity.event,
  userId: activity.userId,
  actorType: activity.actorType,
  actorName: activity.actorName,
  ip: activity.ip,
  userAgent: activity.userAgent,
  countryCode: activity.countryCode,
  time: activity.time,
  actorId: actorId.as('acting_id'),
  actorUserName: acting(sql`acting.name`).as('acting_name'),
  actorUserEmail: acting(sql`acting.email`).as('acting_email'),
  resourceType: resourceType.as('resource_type'),
  resourceId: resourceId.as('told_resource_id'),
  teamId: teamId.as('told_team_id'),
};

/** Selects events of the feed: the activity of the whole directory. */
export const selectEvents = (db: Selecting, chosen = columns) => db.select(chosen).from(activity).$dynamic();

/** The sequence that an event's ID is; undefined for what is no ID. */
export const placeOf = (id: string) => (/^[1-9]\d{0,14}$/.test(id) ? Number(id) : undefined);

/** How many events there are: their numbers have no gaps. */
const eventCount = sql`coalesce((SELECT max(seq) FROM activity) - (SELECT min(seq) FROM activity) + 1, 0)`;

/** The first line of the area that is not full yet. */
const tail = sql.raw(`((coalesce((SELECT max(seq) FROM activity), 0) + 1) / ${AREA} * ${AREA})`);

/** To index what filters name would be a row more for each of them with every change that there is. */
const blocks: Blocks = {
  table: activityTerms,
  bucket: activityTerms.bucket,
  stretch: activityTerms.stretch,
  terms: activityTerms.terms,
  sizes: { stretch: STRETCH, area: AREA, group: GROUP, block: BLOCK },
  buckets: BUCKETS,
  // As the view `activity_told` has them.
  kinds: { resourceId: 'r', actorId: 'a', event: 'e', resourceType: 'k', actorType: 't' },
  zones: {
    table: activityZones,
    zone: activityZones.zone,
    size: AREA,
    wide: AREAS_IN_ZONE,
    tail: { start: tail, oldest: sql`(SELECT min(time) FROM activity WHERE seq >= ${tail})` },
    times: { time: { oldest: activityZones.oldest, newest: activityZones.newest } },
  },
};

/** The feed, newest first. Its rows are numbered without a gap, so that how many there are takes no counting. */
export const feed = listSource({
  columns,
  select: selectEvents,
  from: activity,
  seq: activity.seq,
  id: activity.seq,
  placeOf,
  noun: 'Event',
  attributes: {
    event: { column: activity.event, type: 'string' },
    actorType: { column: activity.actorType, type: 'string' },
    actorId: { column: actorId, type: 'string', nullable: false },
    resourceType: { column: resourceType, type: 'string', nullable: false },
    resourceId: { column: resourceId, type: 'string', nullable: false },
    time: { column: activity.time, type: 'datetime' },
    $sequence: { column: activity.seq, type: 'integer' },
  },
  uncountedTotal: eventCount,
  blocks,
  size: { rows: eventCount, of: 'events' },
  defaultOrder: 'desc',
});
