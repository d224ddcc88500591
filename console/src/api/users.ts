import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, bodyOf } from './client';
import { type Place, pageOf, pageQueries, Query } from './query';

/** A view of the directory: what is looked for, how it is ordered, and where in it we are. */
export interface UsersView extends Place {
  readonly q?: string | undefined;
  readonly status?: 'active' | 'blocked' | undefined;
  readonly email?: 'verified' | 'unverified' | undefined;
  readonly phone?: 'verified' | 'unverified' | undefined;
  readonly mfa?: 'on' | 'off' | undefined;
  readonly label?: string | undefined;
  /** Days, `2026-11-25`, in the reader's zone; the last ones count whole. */
  readonly joinedFrom?: string | undefined;
  readonly joinedTo?: string | undefined;
  readonly activeFrom?: string | undefined;
  readonly activeTo?: string | undefined;
  readonly sort: string;
  readonly size: number;
}

/** What the columns that can be ordered by are called in the API. */
const ORDERS: Readonly<Record<string, string>> = {
  name: 'name',
  email: 'email',
  joined: '$createdAt',
  active: 'accessedAt',
};

const startOf = (day: string, more = 0) => {
  const date = new Date(`${day}T00:00:00`);
  date.setDate(date.getDate() + more);
  return date.toISOString();
};

/** The filters of a view, as queries. */
export function filtersOf(view: Omit<UsersView, 'sort' | 'size'>): string[] {
  const { status, email, phone, mfa, label, joinedFrom, joinedTo, activeFrom, activeTo } = view;
  return [
    ...(status ? [Query.equal('status', status === 'active')] : []),
    ...(email ? [Query.equal('emailVerification', email === 'verified')] : []),
    ...(phone ? [Query.equal('phoneVerification', phone === 'verified')] : []),
    ...(mfa ? [Query.equal('mfa', mfa === 'on')] : []),
    ...(label ? [Query.contains('labels', label)] : []),
    ...(joinedFrom ? [Query.atLeast('$createdAt', startOf(joinedFrom))] : []),
    ...(joinedTo ? [Query.below('$createdAt', startOf(joinedTo, 1))] : []),
    ...(activeFrom ? [Query.atLeast('accessedAt', startOf(activeFrom))] : []),
    ...(activeTo ? [Query.below('accessedAt', startOf(activeTo, 1))] : []),
  ];
}

/** The order of a view: `-joined` is the newest first. */
export function orderOf(sort: string): string {
  const isDescending = sort.startsWith('-');
  return Query.order(ORDERS[sort.replace('-', '')] ?? '$createdAt', isDescending);
}

export const usersQuery = (view: UsersView) =>
  queryOptions({
    queryKey: ['users', view],
    placeholderData: keepPreviousData,
    async queryFn({ signal }) {
      const queries = [...filtersOf(view), orderOf(view.sort), ...pageQueries(view, view.size)];
      const query = { queries, ...(view.q ? { search: view.q } : {}) };
      const { users, total } = bodyOf(await api.GET('/v1/users', { params: { query }, signal }));
      return pageOf(users, total, view, view.size);
    },
  });

export const userQuery = (userId: string) =>
  queryOptions({
    queryKey: ['user', userId],
    queryFn: async ({ signal }) => bodyOf(await api.GET('/v1/users/{userId}', { ...of(userId), signal })),
  });

export const sessionsQuery = (userId: string) =>
  queryOptions({
    queryKey: ['user', userId, 'sessions'],
    queryFn: async ({ signal }) =>
      bodyOf(await api.GET('/v1/users/{userId}/sessions', { ...of(userId), signal })),
  });

export const userLogsQuery = (userId: string, page: number, size = 50) =>
  queryOptions({
    queryKey: ['user', userId, 'logs', page],
    placeholderData: keepPreviousData,
    async queryFn({ signal }) {
      const queries = [Query.limit(size), JSON.stringify({ method: 'offset', values: [page * size] })];
      const params = { path: { userId }, query: { queries } };
      return bodyOf(await api.GET('/v1/users/{userId}/logs', { params, signal }));
    },
  });

export const userMembershipsQuery = (userId: string) =>
  queryOptions({
    queryKey: ['user', userId, 'memberships'],
    queryFn: async ({ signal }) =>
      bodyOf(await api.GET('/v1/users/{userId}/memberships', { ...many(userId), signal })),
  });

export const targetsQuery = (userId: string) =>
  queryOptions({
    queryKey: ['user', userId, 'targets'],
    queryFn: async ({ signal }) =>
      bodyOf(await api.GET('/v1/users/{userId}/targets', { ...many(userId), signal })),
  });

export const identitiesQuery = (userId: string) =>
  queryOptions({
    queryKey: ['user', userId, 'identities'],
    async queryFn({ signal }) {
      const query = { queries: [Query.equal('userId', userId), Query.limit(100)] };
      return bodyOf(await api.GET('/v1/users/identities', { params: { query }, signal }));
    },
  });

export const factorsQuery = (userId: string) =>
  queryOptions({
    queryKey: ['user', userId, 'factors'],
    queryFn: async ({ signal }) =>
      bodyOf(await api.GET('/v1/users/{userId}/mfa/factors', { ...of(userId), signal })),
  });

const of = (userId: string) => ({ params: { path: { userId } } });

/** As many as a screen shows of what one user has. */
const many = (userId: string) => ({ params: { path: { userId }, query: { queries: [Query.limit(100)] } } });
