import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, bodyOf } from './client';
import { type Place, pageOf, pageQueries, Query } from './query';

export interface TeamsView extends Place {
  readonly q?: string | undefined;
  readonly sort: string;
  readonly size: number;
}

const ORDERS: Readonly<Record<string, string>> = { name: 'name', members: 'total', created: '$createdAt' };

export const teamsQuery = (view: TeamsView) =>
  queryOptions({
    queryKey: ['teams', view],
    placeholderData: keepPreviousData,
    async queryFn({ signal }) {
      const order = Query.order(
        ORDERS[view.sort.replace('-', '')] ?? '$createdAt',
        view.sort.startsWith('-'),
      );
      const query = {
        queries: [order, ...pageQueries(view, view.size)],
        ...(view.q ? { search: view.q } : {}),
      };
      const { teams, total } = bodyOf(await api.GET('/v1/teams', { params: { query }, signal }));
      return pageOf(teams, total, view, view.size);
    },
  });

export const teamQuery = (teamId: string) =>
  queryOptions({
    queryKey: ['team', teamId],
    queryFn: async ({ signal }) =>
      bodyOf(await api.GET('/v1/teams/{teamId}', { params: { path: { teamId } }, signal })),
  });

export const membersQuery = (teamId: string, place: Place, size = 25) =>
  queryOptions({
    queryKey: ['team', teamId, 'members', place],
    placeholderData: keepPreviousData,
    async queryFn({ signal }) {
      const params = { path: { teamId }, query: { queries: pageQueries(place, size) } };
      const { memberships, total } = bodyOf(
        await api.GET('/v1/teams/{teamId}/memberships', { params, signal }),
      );
      return pageOf(memberships, total, place, size);
    },
  });

export const teamLogsQuery = (teamId: string, page: number, size = 50) =>
  queryOptions({
    queryKey: ['team', teamId, 'logs', page],
    placeholderData: keepPreviousData,
    async queryFn({ signal }) {
      const queries = [Query.limit(size), JSON.stringify({ method: 'offset', values: [page * size] })];
      const params = { path: { teamId }, query: { queries } };
      return bodyOf(await api.GET('/v1/teams/{teamId}/logs', { params, signal }));
    },
  });

export const createTeam = async ({ teamId, name }: { teamId: string; name: string }) =>
  bodyOf(await api.POST('/v1/teams', { body: { teamId: teamId || 'unique()', name } }));

/** What can be done to one team. */
export function changesOfTeam(teamId: string) {
  const path = { teamId };
  return {
    name: (name: string) => api.PUT('/v1/teams/{teamId}', { params: { path }, body: { name } }),
    delete: () => api.DELETE('/v1/teams/{teamId}', { params: { path } }),
    addMember: (userId: string, roles: string[]) =>
      api.POST('/v1/teams/{teamId}/memberships', { params: { path }, body: { userId, roles } }),
    roles: (membershipId: string, roles: string[]) =>
      api.PATCH('/v1/teams/{teamId}/memberships/{membershipId}', {
        params: { path: { teamId, membershipId } },
        body: { roles },
      }),
    removeMember: (membershipId: string) =>
      api.DELETE('/v1/teams/{teamId}/memberships/{membershipId}', {
        params: { path: { teamId, membershipId } },
      }),
  };
}
