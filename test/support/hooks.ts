import { env } from 'cloudflare:test';
import { beforeEach } from 'vitest';

/** Each test of the file begins without webhooks. */
export function withoutWebhooks(): void {
  beforeEach(async () => {
    await env.DB.batch(['webhooks', 'deliveries'].map((table) => env.DB.prepare(`DELETE FROM ${table}`)));
  });
}
