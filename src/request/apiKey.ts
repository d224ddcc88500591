import { and, eq, isNull, lte, or } from 'drizzle-orm';
import type { Config } from '../config';
import type { Database } from '../db/database';
import { keys } from '../db/schema';
import { ApiError } from '../http/errors';
import { takeLookup } from '../secrets/lookups';
import { hashSecret, sameSecret } from '../secrets/secrets';
import { tellSecret } from '../secrets/tags';
import type { Caller } from './caller';
import { EPHEMERAL_PREFIX, readEphemeralKey } from './ephemeralKey';
import { findKey, type KnownKey } from './keyCache';
import { SCOPES } from './scopes';

/** A key's `accessedAt` is written at most this often. */
const TOUCH_EVERY_MS = 60 * 60 * 1000;

/** How many SDK names a key remembers: the header is the caller's to choose. */
const MAX_SDKS = 20;

/** Every key's secret begins with this, as Appwrite's do; nothing else is looked up. */
export const KEY_PREFIX = 'standard_';

/** What the activity log calls the root key, which has no row; no other key has this ID. */
export const ROOT_KEY_ID = 'root';

export interface KeyRequest {
  readonly secret: string;
  readonly rootKey: string | undefined;
  readonly config: Config;
  readonly sdkName: string | null;
  /** What names the network that calls. */
  readonly network: string;
  readonly db: Database;
  readonly now: number;
  defer(work: PromiseLike<unknown>): void;
  /** Told of each key that is none. */
  onUnknown(): void;
}

/**
 * The caller behind an `X-Appwrite-Key`.
 * @throws ApiError project_key_unknown for a wrong key, project_key_expired for one whose time is over,
 *   general_rate_limit_exceeded where too many unknown ones come from the network to tell
 */
export async function callerOfKey(request: KeyRequest): Promise<Caller> {
  const { secret, rootKey } = request;
  if (rootKey && sameSecret(secret, rootKey)) return ROOT;
  if (secret.startsWith(EPHEMERAL_PREFIX)) return callerOfEphemeralKey(request);
  const key = secret.startsWith(KEY_PREFIX) ? await findBySecret(request) : null;
  return key === null ? refuseUnknown(request) : callerOf(key, request);
}

type KeyCaller = Extract<Caller, { type: 'key' }>;

/** The key of the deployment, which has no row. */
const ROOT: KeyCaller = {
  type: 'key',
  id: ROOT_KEY_ID,
  name: 'Root key',
  scopes: new Set<string>(SCOPES),
  seq: 0,
  expire: null,
  person: '',
};

function callerOf(key: KnownKey, request: KeyRequest): KeyCaller {
  const { now, defer } = request;
  if (key.expire !== null && key.expire <= now) throw new ApiError('project_key_expired');
  if (needsTouch(key, request)) defer(touchKey(key, request));
  const { id, name, seq, expire } = key;
  return { type: 'key', id, name, scopes: new Set(key.scopes), seq, expire, person: '' };
}

/** An ephemeral key is what the key that it stands for still is, and no more than it was made for. */
async function callerOfEphemeralKey(request: KeyRequest): Promise<Caller> {
  const { secret, config, now } = request;
  const claims = await readEphemeralKey(secret, config, now);
  if (claims === null) return refuseUnknown(request);
  const key = claims.keySeq === ROOT.seq ? null : await findBySeq(claims.keySeq, request);
  const parent = claims.keySeq === ROOT.seq ? ROOT : key && callerOf(key, request);
  if (parent === null) return refuseUnknown(request);
  const scopes = new Set(claims.scopes.filter((scope) => parent.scopes.has(scope)));
  const expire = Math.min(claims.expire, parent.expire ?? claims.expire);
  const { person } = claims;
  return { ...parent, scopes, expire, person, name: person ? `${parent.name} (${person})` : parent.name };
}

function refuseUnknown(request: KeyRequest): never {
  request.onUnknown();
  throw new ApiError('project_key_unknown');
}

/** The key of a row, which a signature of ours names: nobody can make D1 be asked for made-up ones. */
function findBySeq(seq: number, { db, now, defer }: KeyRequest): Promise<KnownKey | null> {
  const read = async () => {
    const [row] = await db.select().from(keys).where(eq(keys.seq, seq));
    return row ?? null;
  };
  return findKey(`row ${seq}`, { read, admit: () => {}, defer, now });
}

async function findBySecret({
  secret,
  config,
  network,
  db,
  now,
  defer,
}: KeyRequest): Promise<KnownKey | null> {
  const kind = tellSecret(config, 'key', secret.slice(KEY_PREFIX.length));
  if (kind === 'malformed') return null;
  const secretHash = hashSecret(secret);
  return findKey(secretHash, {
    read: () => readKey(db, secretHash),
    admit: () => (kind === 'untagged' ? takeLookup(network, now) : undefined),
    defer,
    now,
  });
}

async function readKey(db: Database, secretHash: string): Promise<KnownKey | null> {
  const [row] = await db.select().from(keys).where(eq(keys.secretHash, secretHash)).limit(1);
  return row ?? null;
}

function needsTouch(key: KnownKey, { now, sdkName }: KeyRequest): boolean {
  const { accessedAt } = key;
  return accessedAt === null || now - accessedAt >= TOUCH_EVERY_MS || knowsNot(key, sdkName);
}

function knowsNot(key: KnownKey, sdkName: string | null): sdkName is string {
  return (
    sdkName !== null && sdkName.length <= 64 && key.sdks.length < MAX_SDKS && !key.sdks.includes(sdkName)
  );
}

/** Notes when and by which SDK a key was last used; the condition makes many isolates write once. */
async function touchKey(key: KnownKey, { db, now, sdkName }: KeyRequest): Promise<void> {
  const isNewSdk = knowsNot(key, sdkName);
  // Noted in this isolate at once, so that the requests that follow do not all write the same.
  key.accessedAt = now;
  if (isNewSdk) key.sdks = [...key.sdks, sdkName];
  const due = or(isNull(keys.accessedAt), lte(keys.accessedAt, now - TOUCH_EVERY_MS));
  await db
    .update(keys)
    .set({ accessedAt: now, sdks: key.sdks })
    .where(and(eq(keys.id, key.id), isNewSdk ? undefined : due));
}
