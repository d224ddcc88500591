import { describe, expect, test } from 'vitest';
import { api } from '../support/api';
import { stopClock } from '../support/clock';
import { newWebhook } from '../support/given';
import { withoutWebhooks } from '../support/hooks';
import { RECEIVER } from '../support/models';

withoutWebhooks();
stopClock();

describe('GET /webhooks', () => {
  test('filters and orders by what Appwrite’s does, and pages', async () => {
    for (const [name, enabled] of [
      ['b', true],
      ['a', false],
      ['c', true],
    ] as const)
      await newWebhook({
        name,
        enabled,
        url: `${RECEIVER}/${name}`,
        events: ['users.*'],
        authUsername: name,
      });
    const names = async (...queries: string[]) => {
      const text = queries.map((query) => `queries[]=${encodeURIComponent(query)}`).join('&');
      const { body } = await api(`GET /webhooks?${text}`);
      return [body.total, body.webhooks.map(({ name }: { name: string }) => name)];
    };
    expect(await names('{"method":"orderAsc","attribute":"name"}')).toEqual([3, ['a', 'b', 'c']]);
    expect(await names('equal("enabled",[true])')).toEqual([2, ['b', 'c']]);
    expect(await names('equal("name",["a"])')).toEqual([1, ['a']]);
    expect(await names(`equal("url",["${RECEIVER}/c"])`)).toEqual([1, ['c']]);
    expect(await names('equal("authUsername",["c"])', 'equal("tls",[false])')).toEqual([1, ['c']]);
    expect(
      await names('contains("events",["users.*"])', 'equal("attempts",[0])', 'equal("logs",[""])'),
    ).toEqual([3, ['b', 'a', 'c']]);
    expect(await names('limit(1)', 'offset(1)')).toEqual([3, ['a']]);
  });
});
