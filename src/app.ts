import { accountEndpoints } from './account/endpoints';
import { activitiesEndpoints } from './activities/endpoints';
import { bulkEndpoints } from './bulk/endpoints';
import { deletionEndpoints } from './deletion/endpoints';
import { eventsEndpoints } from './events/endpoints';
import type { Endpoint } from './http/endpoint';
import { identitiesEndpoints } from './identities/endpoints';
import { keysEndpoints } from './keys/endpoints';
import { metaEndpoints } from './meta/endpoints';
import { descriptionEndpoints } from './meta/root';
import { mfaEndpoints } from './mfa/endpoints';
import type { Context } from './request/context';
import { sessionsEndpoints } from './sessions/endpoints';
import { targetsEndpoints } from './targets/endpoints';
import { teamsEndpoints } from './teams/endpoints';
import { usageEndpoints } from './usage/endpoints';
import { usersEndpoints } from './users/endpoints';
import { webhooksEndpoints } from './webhooks/endpoints';

/** Every endpoint of the service, feature by feature; routes and the API description follow from it. */
export const endpoints: readonly Endpoint<Context>[] = descriptionEndpoints([
  ...usersEndpoints,
  ...deletionEndpoints,
  ...bulkEndpoints,
  ...usageEndpoints,
  ...identitiesEndpoints,
  ...teamsEndpoints,
  ...targetsEndpoints,
  ...sessionsEndpoints,
  ...mfaEndpoints,
  ...accountEndpoints,
  ...keysEndpoints,
  ...webhooksEndpoints,
  ...eventsEndpoints,
  ...activitiesEndpoints,
  ...metaEndpoints,
]);
