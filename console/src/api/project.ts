import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Scope } from '../../../src/request/scopes';
import { api, bodyOf } from './client';

/** A key for the console, of the one that somebody pasted: the only call that shows that one. */
export async function createEphemeralKey(
  pasted: string,
  { scopes, duration, person }: { scopes: Scope[]; duration: number; person: string },
) {
  const headers = { 'x-appwrite-key': pasted };
  const body = { scopes, duration, person };
  return bodyOf(await api.POST('/v1/project/keys/ephemeral', { headers, body }));
}

export interface KeyFields {
  readonly name: string;
  readonly scopes: Scope[];
  /** ISO 8601; empty: never. */
  readonly expire: string;
}

export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: async ({ signal }) => bodyOf(await api.GET('/v1/project/keys', { signal })),
});

export const createKey = async (fields: KeyFields) =>
  bodyOf(await api.POST('/v1/project/keys', { body: { keyId: 'unique()', ...fields } }));

export const updateKey = (keyId: string, body: KeyFields) =>
  api.PUT('/v1/project/keys/{keyId}', { params: { path: { keyId } }, body });

export const deleteKey = (keyId: string) =>
  api.DELETE('/v1/project/keys/{keyId}', { params: { path: { keyId } } });

export const RANGES = ['24h', '7d', '30d', '90d'] as const;
export type Range = (typeof RANGES)[number];

export const usageQuery = (range: Range) =>
  queryOptions({
    queryKey: ['usage', range],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) =>
      bodyOf(await api.GET('/v1/users/usage', { params: { query: { range } }, signal })),
  });

export const failuresQuery = (range: Range) =>
  queryOptions({
    queryKey: ['failures', range],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) =>
      bodyOf(await api.GET('/v1/project/usage/failures', { params: { query: { range } }, signal })),
  });

export const configurationQuery = queryOptions({
  queryKey: ['configuration'],
  queryFn: async ({ signal }) => bodyOf(await api.GET('/v1/project/configuration', { signal })),
});

export const healthQuery = queryOptions({
  queryKey: ['health'],
  refetchInterval: 30_000,
  async queryFn({ signal }) {
    const started = performance.now();
    const health = bodyOf(await api.GET('/v1/health', { signal }));
    return { ...health, roundTrip: Math.round(performance.now() - started) };
  },
});

export const versionQuery = queryOptions({
  queryKey: ['version'],
  queryFn: async ({ signal }) => bodyOf(await api.GET('/v1', { signal })),
});
