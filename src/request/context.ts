import { endpointFor } from '../http/define';
import type { CheckedSession, Store } from '../sessionStore/store';
import type { WireContext } from '../wire/dialect/context';
import type { Caller } from './caller';
import type { Client } from './client';
import type { Site } from './cookies';

/** What a handler is given besides its validated input. */
export interface Context extends Store, WireContext {
  readonly caller: Caller;
  /** Where it calls from. */
  readonly client: Client;
  readonly requestId: string;
  /** The session that the caller showed; null unless a user calls with one. */
  readonly shown: CheckedSession | null;
  /** Whether a session that lacks a factor may call the endpoint. */
  readonly beforeMfa: boolean;
  /** Where the request came from, for cookies. */
  readonly site: Site;
  /** The event that the endpoint declares; handlers write it into the activity log. */
  readonly event: string;
  /** What it says that it changes, such as `email`; empty where it says nothing. */
  readonly attribute: string;
  /** Headers to add to the answer. */
  readonly headers: Headers;
  /** Adds what the answer can only know after the queries. */
  close(): void;
}

/** Declares an endpoint of this service. */
export const endpoint = endpointFor<Context>();
