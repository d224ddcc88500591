import * as v from 'valibot';
import type { sessions } from '../db/schema';
import type { Model } from '../http/endpoint';
import { clientEntries, clientFields } from './client';
import type { WireContext } from './dialect/context';
import { isoTime, unixTime } from './dialect/time';

/** A session and its owner's ID; the secret only in the answer that creates it. */
export type Session = Omit<
  typeof sessions.$inferSelect,
  'secretHash' | 'seq' | 'userSeq' | 'revokedAt' | 'network' | 'readsUsers'
> & {
  readonly userId: string;
  readonly secret?: string;
  /** Whether it is the session that asks. */
  readonly current?: boolean;
};

/** A live session as its copy in KV has it: all that a check or an answer needs, but the secret. */
export type LiveSession = Omit<Session, 'secret' | 'current'>;

const classic = v.strictObject({
  $id: v.string(),
  $createdAt: v.number(),
  userId: v.string(),
  expire: v.number(),
  provider: v.string(),
  providerUid: v.string(),
  providerAccessToken: v.string(),
  providerAccessTokenExpiry: v.number(),
  providerRefreshToken: v.string(),
  ip: v.string(),
  ...clientEntries,
  current: v.boolean(),
  secret: v.exactOptional(v.string()),
});

const modern = v.strictObject({
  $id: v.string(),
  $createdAt: v.string(),
  $updatedAt: v.string(),
  userId: v.string(),
  expire: v.string(),
  provider: v.string(),
  providerUid: v.string(),
  providerAccessToken: v.string(),
  providerAccessTokenExpiry: v.string(),
  providerRefreshToken: v.string(),
  ip: v.string(),
  ...clientEntries,
  current: v.boolean(),
  factors: v.exactOptional(v.array(v.string())),
  secret: v.exactOptional(v.string()),
  mfaUpdatedAt: v.string(),
});

/**
 * A session as the API tells it. The secret is told once, to the API key that makes the session: 0.15 and 1.0 to 1.4
 * knew no such call, so to them it is told too, as their one way to get it.
 */
export const sessionModel: Model<Session, WireContext> = {
  name: 'Session',
  schemas: { classic, modern },
  render(session, context) {
    return context.format.classic ? renderClassic(session, context) : renderModern(session, context);
  },
};

function renderClassic(session: Session, context: WireContext): v.InferOutput<typeof classic> {
  return {
    $id: session.id,
    $createdAt: unixTime(session.createdAt),
    userId: session.userId,
    expire: unixTime(session.expire),
    provider: session.provider,
    providerUid: session.providerUid,
    providerAccessToken: '',
    providerAccessTokenExpiry: 0,
    providerRefreshToken: '',
    ip: session.ip,
    ...clientFields(session, context),
    current: session.current ?? false,
    ...(session.secret === undefined ? {} : { secret: session.secret }),
  };
}

function renderModern(session: Session, context: WireContext): v.InferOutput<typeof modern> {
  const knowsFactors = !context.format.before('1.5.0');
  return {
    $id: session.id,
    $createdAt: isoTime(session.createdAt),
    $updatedAt: isoTime(session.updatedAt),
    userId: session.userId,
    expire: isoTime(session.expire),
    provider: session.provider,
    providerUid: session.providerUid,
    providerAccessToken: '',
    providerAccessTokenExpiry: '',
    providerRefreshToken: '',
    ip: session.ip,
    ...clientFields(session, context),
    current: session.current ?? false,
    ...(knowsFactors ? { factors: session.factors } : {}),
    ...(knowsFactors || session.secret !== undefined ? { secret: session.secret ?? '' } : {}),
    mfaUpdatedAt: isoTime(session.mfaUpdatedAt),
  };
}
