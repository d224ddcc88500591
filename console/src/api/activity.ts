import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, bodyOf } from './client';
import { type Place, pageOf, pageQueries, Query } from './query';

/** Which events are looked for; nothing: all of the directory. */
export interface ActivityView extends Place {
  readonly event?: string | undefined;
  readonly actorType?: string | undefined;
  readonly actor?: string | undefined;
  readonly resource?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const SIZE = 50;

/** How often what is live is asked for, milliseconds. */
const LIVE_MS = 5_000;

const startOf = (day: string, more = 0) => {
  const date = new Date(`${day}T00:00:00`);
  date.setDate(date.getDate() + more);
  return date.toISOString();
};

/** The feed of the whole directory, newest first. */
export const activityQuery = (view: ActivityView, isLive: boolean) =>
  queryOptions({
    queryKey: ['activity', view],
    placeholderData: keepPreviousData,
    refetchInterval: isLive ? LIVE_MS : false,
    async queryFn({ signal }) {
      const { event, actorType, actor, resource, from, to } = view;
      const queries = [
        ...(event ? [Query.equal('event', event)] : []),
        ...(actorType ? [Query.equal('actorType', actorType)] : []),
        ...(actor ? [Query.equal('actorId', actor)] : []),
        ...(resource ? [Query.equal('resourceId', resource)] : []),
        ...(from ? [Query.atLeast('time', startOf(from))] : []),
        ...(to ? [Query.below('time', startOf(to, 1))] : []),
        ...pageQueries(view, SIZE),
      ];
      const { events, total } = bodyOf(
        await api.GET('/v1/activities/events', { params: { query: { queries } }, signal }),
      );
      return pageOf(events, total, view, SIZE);
    },
  });
