import * as v from 'valibot';
import type { Model } from '../http/endpoint';
import { NDJSON } from '../http/rows/read';
import { TextStream } from '../http/stream';
import { prefsSchema } from './prefs';

/** A target in a row, but for that of the user's own address or number where nothing of it was ever changed. */
const target = v.strictObject({
  /** Null where it is made of the user's number, which is another one elsewhere. */
  targetId: v.nullable(v.string()),
  providerType: v.string(),
  identifier: v.string(),
  providerId: v.nullable(v.string()),
  name: v.string(),
  expired: v.boolean(),
});

const identity = v.strictObject({
  identityId: v.string(),
  provider: v.string(),
  providerUid: v.string(),
  providerEmail: v.nullable(v.string()),
});

const membership = v.strictObject({
  membershipId: v.string(),
  teamId: v.string(),
  teamName: v.string(),
  roles: v.array(v.string()),
  confirm: v.boolean(),
});

/**
 * A user with what is its own, in the form that an import takes; null is none. Where `select` queries ask for fields,
 * the others are not there.
 */
export const directoryRow = v.strictObject({
  userId: v.string(),
  email: v.exactOptional(v.nullable(v.string())),
  phone: v.exactOptional(v.nullable(v.string())),
  name: v.exactOptional(v.string()),
  hash: v.exactOptional(v.nullable(v.string())),
  algorithm: v.exactOptional(v.nullable(v.string())),
  hashOptions: v.exactOptional(v.nullable(v.record(v.string(), v.unknown()))),
  passwordUpdate: v.exactOptional(v.nullable(v.string())),
  status: v.exactOptional(v.boolean()),
  labels: v.exactOptional(v.array(v.string())),
  prefs: v.exactOptional(prefsSchema),
  emailVerification: v.exactOptional(v.boolean()),
  phoneVerification: v.exactOptional(v.boolean()),
  mfa: v.exactOptional(v.boolean()),
  impersonator: v.exactOptional(v.boolean()),
  registration: v.exactOptional(v.string()),
  accessedAt: v.exactOptional(v.nullable(v.string())),
  targets: v.exactOptional(v.array(target)),
  identities: v.exactOptional(v.array(identity)),
  memberships: v.exactOptional(v.array(membership)),
});

export type DirectoryRow = v.InferOutput<typeof directoryRow>;

/** What comes of an export: text of rows, a page at a time. */
export interface Export {
  readonly contentType: string;
  readonly pages: AsyncIterable<string>;
}

export const CSV = 'text/csv';

/** Rows as they are read: one in each line as JSON, or CSV whose first line has the names. */
export const exportModel: Model<Export, unknown> = {
  name: 'DirectoryRow',
  schemas: { any: directoryRow },
  contentType: [NDJSON, CSV],
  render: ({ contentType, pages }) => new TextStream(pages, contentType),
};
