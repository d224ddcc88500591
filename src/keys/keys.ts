import { eq, getTableColumns, type SQL, sql } from 'drizzle-orm';
import { NO_USER, recordActivity } from '../activity/record';
import { violatedUnique } from '../db/errors';
import { insertFrom } from '../db/insertFrom';
import { named } from '../db/named';
import { keys } from '../db/schema';
import { ApiError } from '../http/errors';
import { type Fields, listSource, page } from '../lists';
import { KEY_PREFIX, ROOT_KEY_ID } from '../request/apiKey';
import { type Context, endpoint } from '../request/context';
import { hashSecret } from '../secrets/secrets';
import { newTaggedSecret } from '../secrets/tags';
import { listOf } from '../wire/dialect/list';
import { listRequest, MAX_LIMIT, queryParams } from '../wire/dialect/listParams';
import { newId } from '../wire/id';
import { keyModel, type modern } from '../wire/key';
import { keyBody, keyPath } from './params';
import { changedKey, checkGiven, isStillKey, isWithin } from './within';

/**
 * POST /project/keys. The secret is in this answer and never again: only its hash is stored. A key makes none that can do
 * more than itself.
 */
export const createKey = endpoint({
  route: 'POST /project/keys',
  summary: 'Create an API key',
  scope: 'keys.write',
  body: { keyId: newId, ...keyBody },
  returns: [201, keyModel],
  errors: ['key_already_exists'],
  event: 'key.create',
  async handle({ body, ...context }) {
    const { db, config, now, caller } = context;
    checkGiven(caller, body.scopes);
    // The key of the deployment has no row, but the name in the activity log.
    if (body.keyId === ROOT_KEY_ID) throw new ApiError('key_already_exists');
    const secret = KEY_PREFIX + newTaggedSecret(config, 'key');
    const row = {
      id: body.keyId,
      ...named(body.name),
      scopes: body.scopes,
      expire: body.expire,
      secretHash: hashSecret(secret),
      createdAt: now,
      updatedAt: now,
    };
    const [[key]] = await db
      .batch([
        insertFrom(db, keys, row, sql`FROM (SELECT 1) WHERE ${isStillKey(context)}`).returning(),
        recordKey(context, eq(keys.secretHash, row.secretHash)),
      ])
      .catch((error: unknown) => {
        if (violatedUnique(error) === 'keys.id') throw new ApiError('key_already_exists');
        throw error;
      });
    if (key === undefined) throw new ApiError('project_key_unknown');
    return { ...key, secret };
  },
});

const { secretHash, ...columns } = getTableColumns(keys);

/** The columns that each field of the model is told from. */
const fields: Fields<typeof columns, keyof typeof modern.entries> = {
  $id: ['id'],
  $createdAt: ['createdAt'],
  $updatedAt: ['updatedAt'],
  name: ['name'],
  expire: ['expire'],
  scopes: ['scopes'],
  secret: [],
  accessedAt: ['accessedAt'],
  sdks: ['sdks'],
};

const keysList = listSource({
  columns,
  fields,
  select: (db, chosen = columns) => db.select(chosen).from(keys).$dynamic(),
  from: keys,
  seq: keys.seq,
  id: keys.id,
  noun: 'Key',
  attributes: {
    name: { column: keys.nameKey, type: 'string', nullable: false, folded: true },
    expire: { column: keys.expire, type: 'datetime' },
    accessedAt: { column: keys.accessedAt, type: 'datetime' },
    scopes: { column: keys.scopes, type: 'array' },
    sdks: { column: keys.sdks, type: 'array' },
    $id: { column: keys.id, type: 'string' },
    $createdAt: { column: keys.createdAt, type: 'datetime' },
    $updatedAt: { column: keys.updatedAt, type: 'datetime' },
  },
  few: true,
  defaultOrder: 'asc',
});

/** GET /project/keys: all of them unless asked for fewer, as in Appwrite; a project has few. */
export const listKeys = endpoint({
  route: 'GET /project/keys',
  summary: 'List API keys',
  scope: 'keys.read',
  query: queryParams,
  returns: [200, listOf('keys', keyModel, { selects: true })],
  errors: ['general_cursor_not_found'],
  async handle({ query, db }) {
    const { statements, read, select } = page(db, keysList, listRequest(query, MAX_LIMIT));
    return { ...read(await db.batch(statements)), select };
  },
});

/** GET /project/keys/{keyId}. */
export const getKey = endpoint({
  route: 'GET /project/keys/:keyId',
  summary: 'Get an API key',
  scope: 'keys.read',
  params: keyPath,
  returns: [200, keyModel],
  errors: ['key_not_found'],
  async handle({ params, db }) {
    const [key] = await db.select().from(keys).where(eq(keys.id, params.keyId));
    if (key === undefined) throw new ApiError('key_not_found');
    return key;
  },
});

/**
 * PUT /project/keys/{keyId}: name, scopes and expiry; the secret stays. A key changes none that can do more than itself,
 * as it was or as it is to be: not to make it last longer, nor to take from it.
 */
export const updateKey = endpoint({
  route: 'PUT /project/keys/:keyId',
  summary: 'Update an API key',
  scope: 'keys.write',
  params: keyPath,
  body: keyBody,
  returns: [200, keyModel],
  errors: ['key_not_found'],
  event: 'key.update',
  async handle({ params: { keyId }, body, ...context }) {
    const { db, now, caller } = context;
    checkGiven(caller, body.scopes);
    const one = isWithin(context, keyId);
    const [before, , [key]] = await db.batch([
      selectScopes(db, keyId),
      recordKey(context, one),
      db
        .update(keys)
        .set({ ...named(body.name), scopes: body.scopes, expire: body.expire, updatedAt: now })
        .where(one)
        .returning(),
    ]);
    return changedKey(caller, before, key);
  },
});

/** DELETE /project/keys/{keyId}. It is refused here at once, and within a minute everywhere. */
export const deleteKey = endpoint({
  route: 'DELETE /project/keys/:keyId',
  summary: 'Delete an API key',
  scope: 'keys.write',
  params: keyPath,
  returns: [204, null],
  errors: ['key_not_found'],
  event: 'key.delete',
  async handle({ params: { keyId }, ...context }) {
    const { db, caller } = context;
    const one = isWithin(context, keyId);
    const [before, , [key]] = await db.batch([
      selectScopes(db, keyId),
      recordKey(context, one),
      db.delete(keys).where(one).returning({ id: keys.id }),
    ]);
    changedKey(caller, before, key);
  },
});

/** The scopes of a key as it is before its change. */
function selectScopes(db: Context['db'], keyId: string) {
  return db.select({ scopes: keys.scopes }).from(keys).where(eq(keys.id, keyId));
}

/** The activity row of a change to a key, for the change's own batch: in no user's log. */
function recordKey(context: Context, which: SQL) {
  const subject = { ...NO_USER, resourceId: sql`${keys.id}` };
  return recordActivity(context, context.event, subject, sql`FROM ${keys} WHERE ${which}`);
}
