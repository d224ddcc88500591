import { endpoints } from './app';
import { allowedOriginsOf } from './config';
import { isUnavailable } from './db/errors';
import { ApiError } from './http/errors';
import { createRouter } from './http/router';
import { maintain } from './maintenance';
import { openContext } from './open';
import { API_VERSION, formatOf } from './wire/format';

export { UserDirectory } from './rpc';

export default {
  fetch: createRouter({
    endpoints,
    version: API_VERSION,
    allowedOrigins: allowedOriginsOf,
    isClassic: (request) => formatOf(request.headers.get('x-appwrite-response-format')).classic,
    translate: (error) =>
      isUnavailable(error)
        ? new ApiError('general_service_unavailable', undefined, { 'Retry-After': '1' })
        : error,
    open: openContext,
    close: (context) => context.close(),
  }),

  async scheduled({ scheduledTime }, env) {
    await maintain(env, scheduledTime);
  },
} satisfies ExportedHandler<Env>;
