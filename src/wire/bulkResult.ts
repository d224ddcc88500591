import * as v from 'valibot';
import { plainModel } from './dialect/plain';

/** What a call about many users has done, or would do. */
export const bulkResultModel = plainModel(
  'BulkResult',
  v.strictObject({
    /** Users that the call changed or deleted; that it would, in a dry run. */
    total: v.number(),
    /** Users that are left: the same call goes on with them. None is told in a dry run. */
    remaining: v.exactOptional(v.number()),
  }),
);
