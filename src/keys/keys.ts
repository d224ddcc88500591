import { eq } from 'drizzle-orm';
import { KEY_PREFIX } from '../auth/apiKey';
import { forgetKeys } from '../auth/keyCache';
import { hashSecret, newSecret } from '../auth/secrets';
import { endpoint } from '../context';
import { violatedUnique } from '../db/errors';
import { named } from '../db/named';
import { keys } from '../db/schema';
import { ApiError } from '../http/errors';
import { listSource, page } from '../lists';
import { newId } from '../wire/id';
import { listOf } from '../wire/list';
import { listRequest, MAX_LIMIT, queryParams } from '../wire/listParams';
import { keyModel, modern } from './model';
import { keyBody, keyPath } from './params';

/** POST /project/keys. The secret is in this answer and never again: only its hash is stored. */
export const createKey = endpoint({
  route: 'POST /project/keys',
  summary: 'Create an API key',
  scope: 'keys.write',
  body: { keyId: newId, ...keyBody },
  returns: [201, keyModel],
  errors: ['key_already_exists'],
  async handle({ body, db, now }) {
    const secret = KEY_PREFIX + newSecret();
    const [key] = await db
      .insert(keys)
      .values({
        id: body.keyId,
        ...named(body.name),
        scopes: body.scopes,
        expire: body.expire,
        secretHash: hashSecret(secret),
        createdAt: now,
        updatedAt: now,
      })
      .returning()
      .catch((error: unknown) => {
        if (violatedUnique(error) === 'keys.id') throw new ApiError('key_already_exists');
        throw error;
      });
    if (key === undefined) throw new Error('an INSERT returned no row');
    return { ...key, secret };
  },
});

const keysList = listSource({
  select: (db) => db.select().from(keys).$dynamic(),
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
  defaultOrder: 'asc',
  selectable: Object.keys(modern.entries),
});

/** GET /project/keys: all of them unless asked for fewer, as in Appwrite; a project has few. */
export const listKeys = endpoint({
  route: 'GET /project/keys',
  summary: 'List API keys',
  scope: 'keys.read',
  query: queryParams,
  returns: [200, listOf('keys', keyModel, { selects: true })],
  errors: ['general_query_invalid', 'general_cursor_not_found'],
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

/** PUT /project/keys/{keyId}: name, scopes and expiry; the secret stays. */
export const updateKey = endpoint({
  route: 'PUT /project/keys/:keyId',
  summary: 'Update an API key',
  scope: 'keys.write',
  params: keyPath,
  body: keyBody,
  returns: [200, keyModel],
  errors: ['key_not_found'],
  async handle({ params, body, db, now }) {
    const [key] = await db
      .update(keys)
      .set({ ...named(body.name), scopes: body.scopes, expire: body.expire, updatedAt: now })
      .where(eq(keys.id, params.keyId))
      .returning();
    if (key === undefined) throw new ApiError('key_not_found');
    forgetKeys();
    return key;
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
  async handle({ params, db }) {
    const [key] = await db.delete(keys).where(eq(keys.id, params.keyId)).returning({ id: keys.id });
    if (key === undefined) throw new ApiError('key_not_found');
    forgetKeys();
  },
});
