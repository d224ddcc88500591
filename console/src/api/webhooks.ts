import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, bodyOf } from './client';
import { type Place, pageOf, pageQueries, Query } from './query';

/** What a webhook is made of and changed with. */
export interface WebhookFields {
  readonly name: string;
  readonly url: string;
  readonly events: string[];
  readonly enabled: boolean;
  readonly tls: boolean;
  readonly authUsername: string;
  readonly authPassword: string;
}

const SIZE = 25;

export const webhooksQuery = queryOptions({
  queryKey: ['webhooks'],
  async queryFn({ signal }) {
    const query = { queries: [Query.limit(500)] };
    return bodyOf(await api.GET('/v1/webhooks', { params: { query }, signal }));
  },
});

export const webhookQuery = (webhookId: string) =>
  queryOptions({
    queryKey: ['webhook', webhookId],
    queryFn: async ({ signal }) =>
      bodyOf(await api.GET('/v1/webhooks/{webhookId}', { params: { path: { webhookId } }, signal })),
  });

export const deliveriesQuery = (webhookId: string, place: Place) =>
  queryOptions({
    queryKey: ['webhook', webhookId, 'deliveries', place],
    placeholderData: keepPreviousData,
    // What is pending is told when it has arrived.
    refetchInterval: 5_000,
    async queryFn({ signal }) {
      const params = { path: { webhookId }, query: { queries: pageQueries(place, SIZE) } };
      const { deliveries, total } = bodyOf(
        await api.GET('/v1/webhooks/{webhookId}/deliveries', { params, signal }),
      );
      return pageOf(deliveries, total, place, SIZE);
    },
  });

export const createWebhook = async (fields: WebhookFields) =>
  bodyOf(await api.POST('/v1/webhooks', { body: { webhookId: 'unique()', ...fields } }));

/** What can be done to one webhook. */
export function changesOfWebhook(webhookId: string) {
  const params = { path: { webhookId } };
  return {
    update: (body: WebhookFields) => api.PUT('/v1/webhooks/{webhookId}', { params, body }),
    rotate: async () =>
      bodyOf(await api.PATCH('/v1/webhooks/{webhookId}/secret', { params, body: {} })).secret,
    delete: () => api.DELETE('/v1/webhooks/{webhookId}', { params }),
    test: () => api.POST('/v1/webhooks/{webhookId}/test', { params }),
    retry: (deliveryId: string) =>
      api.POST('/v1/webhooks/{webhookId}/deliveries/{deliveryId}/retry', {
        params: { path: { webhookId, deliveryId } },
      }),
    /** @param since ISO 8601; all that is sent anew is counted */
    async replay(since: string) {
      let total = 0;
      let body: { time: string } | { sequence: number } | null = { time: since };
      while (body !== null) {
        const answer: { total: number; next: number | null } = bodyOf(
          await api.POST('/v1/webhooks/{webhookId}/replay', { params, body }),
        );
        total += answer.total;
        body = answer.next === null ? null : { sequence: answer.next };
      }
      return total;
    },
  };
}
