import * as v from 'valibot';
import type { Model } from '../http/endpoint';
import { NDJSON } from '../http/rows/read';
import { TextStream } from '../http/stream';

/** What became of a row. */
const line = v.strictObject({
  /** Where the row stands, from 0 on. */
  index: v.number(),
  userId: v.nullable(v.string()),
  status: v.picklist(['created', 'skipped', 'overwritten', 'refused']),
  /** Why it was refused, as an error of a single call has it. */
  type: v.exactOptional(v.string()),
  message: v.exactOptional(v.string()),
});

/** The last line: how many rows there were, and what became of them. */
const counts = v.strictObject({
  total: v.number(),
  created: v.number(),
  skipped: v.number(),
  overwritten: v.number(),
  refused: v.number(),
});

export type ImportLine = v.InferOutput<typeof line>;
export type ImportCounts = v.InferOutput<typeof counts>;

/** A line for each row, in their order, and one with the counts. */
export const importModel: Model<AsyncIterable<string>, unknown> = {
  name: 'ImportLine',
  schemas: { any: v.union([line, counts]) },
  contentType: NDJSON,
  render: (lines) => new TextStream(lines),
};
