import type { Endpoint } from '../http/endpoint';
import type { Context } from '../request/context';
import { createSession } from './create';
import { deleteSession, deleteSessions } from './delete';
import { createUserJwt } from './jwt';
import { listSessions } from './list';
import { createToken } from './tokens';

/** Sessions, one-time tokens and JWTs that a server makes for its users. In the order of the API's description. */
export const sessionsEndpoints: readonly Endpoint<Context>[] = [
  listSessions,
  createSession,
  deleteSessions,
  deleteSession,
  createToken,
  createUserJwt,
];
