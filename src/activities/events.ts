import { eq } from 'drizzle-orm';
import { activity } from '../db/schema';
import { ApiError } from '../http/errors';
import { page } from '../lists';
import { endpoint } from '../request/context';
import { activityEventModel, eventPath } from '../wire/activityEvent';
import { listOf } from '../wire/dialect/list';
import { listRequest, queryParams } from '../wire/dialect/listParams';
import { feed, placeOf, selectEvents } from './feed';

/**
 * GET /activities/events: the activity of the whole directory, newest first. In the order of `$sequence` with a cursor it
 * is a feed: the sequence is that of the commits, so that nothing comes before what was read already.
 */
export const listEvents = endpoint({
  route: 'GET /activities/events',
  summary: 'List the activity of the whole directory',
  scope: 'activities.read',
  query: queryParams,
  returns: [200, listOf('events', activityEventModel)],
  errors: ['general_cursor_not_found'],
  async handle({ query, db, config }) {
    const { statements, read } = page(db, feed, listRequest(query));
    const { rows, total } = read(await db.batch(statements));
    return { total, rows: rows.map((row) => ({ ...row, projectId: config.PROJECT_ID })) };
  },
});

/** GET /activities/events/{eventId}. */
export const getEvent = endpoint({
  route: 'GET /activities/events/:eventId',
  summary: 'Get one event of the activity',
  scope: 'activities.read',
  params: eventPath,
  returns: [200, activityEventModel],
  errors: ['activity_event_not_found'],
  async handle({ params: { eventId }, db, config }) {
    const [event] = await selectEvents(db).where(eq(activity.seq, placeOf(eventId) ?? 0));
    if (event === undefined) throw new ApiError('activity_event_not_found');
    return { ...event, projectId: config.PROJECT_ID };
  },
});
