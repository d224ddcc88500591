import type * as v from 'valibot';
import type { Model } from '../../http/endpoint';

/** The model of something that is told as it is, in every dialect alike. */
export function plainModel<Schema extends v.GenericSchema>(
  name: string,
  schema: Schema,
): Model<v.InferOutput<Schema>, unknown> {
  return { name, schemas: { any: schema }, render: (value) => value };
}
