import * as v from 'valibot';
import type { Model } from '../http/endpoint';
import { TextStream } from '../http/stream';

const many = v.array(v.record(v.string(), v.unknown()));

/** All that is kept about one person; each list in full, in the models that their own endpoints answer. */
const personExport = v.strictObject({
  user: v.record(v.string(), v.unknown()),
  targets: many,
  identities: many,
  memberships: many,
  sessions: many,
  tokens: v.array(v.strictObject({ $id: v.string(), $createdAt: v.string(), expire: v.string() })),
  authenticators: v.array(
    v.strictObject({ $id: v.string(), $createdAt: v.string(), type: v.string(), verified: v.boolean() }),
  ),
  recoveryCodes: v.number(),
  networks: v.array(v.strictObject({ network: v.string(), factors: v.number(), seenAt: v.string() })),
  logs: many,
  actions: many,
});

/** The document as it is written, a piece at a time. */
export const personModel: Model<AsyncIterable<string>, unknown> = {
  name: 'PersonExport',
  schemas: { any: personExport },
  render: (pieces) => new TextStream(pieces),
};
