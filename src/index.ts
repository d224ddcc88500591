import { endpoints } from './app';
import { allowedOriginsOf } from './config';
import { serveConsole } from './console/serve';
import { maintain } from './cron';
import { isOverBudget, isUnavailable } from './db/errors';
import { consume } from './events/consume';
import { withOutbox } from './events/outbox';
import { overBudget } from './guessing';
import { ApiError } from './http/errors';
import { createRouter } from './http/router';
import { openContext } from './request/open';
import { API_VERSION, formatOf, generationOf } from './wire/dialect/format';

export { UserDirectory } from './rpc';

const fetch = createRouter({
  endpoints,
  version: API_VERSION,
  allowedOrigins: allowedOriginsOf,
  generationOf: (request) => generationOf(formatOf(request.headers.get('x-appwrite-response-format'))),
  translate(error) {
    if (isOverBudget(error)) return overBudget(Date.now());
    if (!isUnavailable(error)) return error;
    return new ApiError('general_service_unavailable', undefined, { 'Retry-After': '1' });
  },
  open: async (...args) => withOutbox(await openContext(...args)),
  pages: serveConsole,
  close: (context) => context.close(),
});

export default {
  fetch,

  async scheduled({ scheduledTime }, env) {
    await maintain(env, scheduledTime);
  },

  async queue(batch, env) {
    await consume(batch, env);
  },
} satisfies ExportedHandler<Env>;
