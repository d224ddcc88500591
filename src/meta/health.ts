import { sql } from 'drizzle-orm';
import { ApiError } from '../http/errors';
import { endpoint } from '../request/context';
import { queueOf } from '../webhooks';
import { API_VERSION } from '../wire/dialect/format';
import { healthModel, versionModel } from '../wire/service';

/**
 * GET /health: whether the service and its database answer; `ping` is the database's time in milliseconds. A variable
 * that makes no sense is a 503 that names it. Where no queue is bound, `webhooks` says that the cron trigger alone delivers.
 */
export const getHealth = endpoint({
  route: 'GET /health',
  summary: 'Check that the service and its database answer',
  scope: null,
  tellsMisconfiguration: true,
  returns: [200, healthModel],
  errors: ['general_service_unavailable'],
  async handle({ db, now, env }) {
    try {
      await db.run(sql`SELECT 1`);
    } catch {
      throw new ApiError('general_service_unavailable', undefined, { 'Retry-After': '5' });
    }
    const delivery = queueOf(env) === null ? { webhooks: 'cron' as const } : {};
    return { name: 'database', ping: Date.now() - now, status: 'pass' as const, ...delivery };
  },
});

/** GET /health/version: the API version that we speak. The Appwrite command line asks it before it accepts a server. */
export const getVersion = endpoint({
  route: 'GET /health/version',
  summary: 'Get the API version',
  scope: null,
  returns: [200, versionModel],
  handle: async () => ({ version: API_VERSION }),
});
