import type * as v from 'valibot';
import type { ErrorType } from './errors';

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type Method = (typeof METHODS)[number];

/** What an endpoint answers: its shape in each dialect, and how a row becomes it. */
export interface Model<Row, Context> {
  /** Its name in the API description, such as `User`. */
  readonly name: string;
  /** Its schemas by dialect; more than one where dialects differ. */
  readonly schemas: Readonly<Record<string, v.GenericSchema>>;
  /** For the rare answer that is not JSON: its media type; what is rendered is then its text. */
  readonly contentType?: string;
  render(row: Row, context: Context): unknown;
}

/**
 * One endpoint, declared in one place. The route, the validation (400), the authorisation (401), the activity row and
 * the API description all follow from this.
 */
export interface EndpointSpec<
  Context,
  Row,
  Params extends v.ObjectEntries,
  Query extends v.ObjectEntries,
  Body extends v.ObjectEntries,
> {
  /** Method and path below `/v1`, such as `PATCH /users/:userId/email`. */
  readonly route: `${Method} /${string}`;
  /** One line for the API description. */
  readonly summary: string;
  /** What the caller must be allowed; any one of a list will do; null: anybody may call. */
  readonly scope: string | readonly string[] | null;
  /** Whether a session that still lacks a factor may call: what it needs to prove one, or to give up. */
  readonly beforeMfa?: boolean;
  /** Whether it tells callers which of the deployment's variables are wrong, where others only say that some are. */
  readonly tellsMisconfiguration?: boolean;
  /** Path parameters. */
  readonly params?: Params;
  /** Query parameters of a GET. */
  readonly query?: Query;
  /** Body parameters, from JSON or a form. */
  readonly body?: Body;
  /** Success status and model; a null model answers without a body. */
  readonly returns: readonly [status: number, model: Model<Row, Context> | null];
  /** The errors of the table that the handler itself can throw. */
  readonly errors?: readonly ErrorType[];
  /** The activity event that a successful call writes, in Appwrite's names. */
  readonly event?: string;
  /** What of the thing it changes, such as `email`, where the event does not say. */
  readonly attribute?: string;
  /** Takes validated input and the context of the request; returns the row that the model renders. */
  handle(input: Input<Params, Query, Body> & Context): Promise<Row>;
}

export interface Input<
  Params extends v.ObjectEntries,
  Query extends v.ObjectEntries,
  Body extends v.ObjectEntries,
> {
  readonly params: v.InferOutput<v.ObjectSchema<Params, undefined>>;
  readonly query: v.InferOutput<v.ObjectSchema<Query, undefined>>;
  readonly body: v.InferOutput<v.ObjectSchema<Body, undefined>>;
}

/** An endpoint as router and API description see it, its types sealed inside. */
export interface Endpoint<Context> {
  readonly method: Method;
  /** Path below `/v1`, with `:name` for parameters. */
  readonly path: string;
  readonly summary: string;
  readonly scopes: readonly string[];
  readonly beforeMfa: boolean;
  readonly tellsMisconfiguration: boolean;
  readonly params: v.ObjectEntries;
  readonly query: v.ObjectEntries;
  readonly body: v.ObjectEntries;
  readonly status: number;
  readonly model: Pick<Model<never, Context>, 'name' | 'schemas' | 'contentType'> | null;
  readonly errors: readonly ErrorType[];
  readonly event: string | null;
  readonly attribute: string;
  /** Validates, handles and renders. Returns the answer's body; undefined for none. */
  run(input: RawInput, context: Context): Promise<unknown>;
}

/** Parameters as they arrived, before validation. */
export interface RawInput {
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>>;
}
