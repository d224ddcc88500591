import type * as v from 'valibot';
import type { ApiError, ErrorType } from './errors';

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type Method = (typeof METHODS)[number];

/** What an endpoint answers: its shape in each dialect, and how a row becomes it. */
export interface Model<Row, Context> {
  /** Its name in the API description, such as `User`. */
  readonly name: string;
  /** Its schemas by dialect; more than one where dialects differ. */
  readonly schemas: Readonly<Record<string, v.GenericSchema>>;
  /**
   * For the rare answer that is not JSON: its media type, or those that it may be of; what is rendered is then its text,
   * or a stream of it, which tells which.
   */
  readonly contentType?: string | readonly string[];
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
  Item extends v.ObjectEntries,
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
  /** Query parameters of a GET, or beside a body of rows. */
  readonly query?: Query;
  /** Body parameters, from JSON or a form. */
  readonly body?: Body;
  /** Instead of those: a body of many rows, NDJSON or a JSON array, each checked by itself. */
  readonly rows?: RowsSpec<Item>;
  /** Success status and model; a null model answers without a body. */
  readonly returns: readonly [status: number, model: Model<Row, Context> | null];
  /** The errors of the table that the handler itself can throw. */
  readonly errors?: readonly ErrorType[];
  /** The activity event that a successful call writes, in Appwrite's names. */
  readonly event?: string;
  /** What of the thing it changes, such as `email`, where the event does not say. */
  readonly attribute?: string;
  /** Takes validated input and the context of the request; returns the row that the model renders. */
  handle(input: Input<Params, Query, Body, Item> & Context): Promise<Row>;
}

/** A body of many rows. */
export interface RowsSpec<Entries extends v.ObjectEntries = v.ObjectEntries> {
  /** What a row holds. */
  readonly row: Entries;
  /** How many rows there may be in one call, and how many bytes in all. */
  readonly most: number;
  readonly bytes: number;
  /** The parameter that tells a row from others in the answer. */
  readonly id: string;
}

/** A row as it arrived, or what was wrong with it so early. */
export type RawRow = { readonly index: number } & (
  | { readonly given: Readonly<Record<string, unknown>> }
  | { readonly problem: ApiError }
);

/** A row that was checked: what it holds; or why it is refused, and the ID that it has where it tells one. */
export type CheckedRow<Entries extends v.ObjectEntries> = { readonly index: number } & (
  | { readonly value: v.InferOutput<v.ObjectSchema<Entries, undefined>>; readonly problem?: undefined }
  | { readonly problem: ApiError; readonly id: string | null }
);

export interface Input<
  Params extends v.ObjectEntries,
  Query extends v.ObjectEntries,
  Body extends v.ObjectEntries,
  Item extends v.ObjectEntries = v.ObjectEntries,
> {
  readonly params: v.InferOutput<v.ObjectSchema<Params, undefined>>;
  readonly query: v.InferOutput<v.ObjectSchema<Query, undefined>>;
  readonly body: v.InferOutput<v.ObjectSchema<Body, undefined>>;
  /** In their order; none where the endpoint takes no rows. All are read before the first is looked at. */
  readonly rows: readonly CheckedRow<Item>[];
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
  readonly rows: RowsSpec | null;
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
  readonly rows: AsyncIterable<RawRow> | null;
}
