import { WorkerEntrypoint } from 'cloudflare:workers';
import { USERS } from '../support/calls';

/*
 * The least that a Worker can do for an answer: a path, a statement as text, JSON. No key, no validation, no log, no
 * error of its own. What our calls take beyond this is what the service costs.
 */

interface Bindings {
  readonly DB: D1Database;
  readonly SESSIONS: KVNamespace;
}

const targets = `(SELECT json_group_array(json_object('id', id, 'name', name, 'providerType', provider_type,
    'providerId', provider_id, 'identifier', identifier, 'expired', expired, 'createdAt', created_at,
    'updatedAt', updated_at) ORDER BY seq)
  FROM targets WHERE user_seq = users.seq) AS targets`;

const byId = 'SELECT * FROM users WHERE id = ?';

const user = (n: number) => `user${(n * 7919) % USERS}`;

async function answer({ DB }: Bindings, name: string, n: number): Promise<unknown> {
  switch (name) {
    case 'hello':
      return { version: '1.9.6' };
    case 'row':
      return DB.prepare(byId).bind(user(n)).first();
    case 'row-with-targets':
      return DB.prepare(`SELECT *, ${targets} FROM users WHERE id = ?`).bind(user(n)).first();
    case 'rows':
      return (await DB.prepare(`SELECT *, ${targets} FROM users ORDER BY seq LIMIT 25`).all()).results;
    case 'insert': {
      const [, made] = await DB.batch([
        DB.prepare(
          'INSERT INTO users (id, email, name, name_key, stored_targets, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, 0, ?5, ?5)',
        ).bind(`floor${n}`, `floor${n}@example.com`, `New ${n}`, `new ${n}`, Date.now()),
        DB.prepare(byId).bind(`floor${n}`),
      ]);
      return made?.results[0];
    }
    case 'update': {
      const [, changed] = await DB.batch([
        DB.prepare('UPDATE users SET name = ?1, name_key = ?2, updated_at = ?3 WHERE id = ?4').bind(
          `Name ${n}`,
          `name ${n}`,
          Date.now(),
          user(n),
        ),
        DB.prepare(byId).bind(user(n)),
      ]);
      return changed?.results[0];
    }
    default:
      throw new Error(`no such floor: ${name}`);
  }
}

/** Looks up what a token opens, as anybody would who stores hashes alone. */
async function check({ SESSIONS }: Bindings, token: string): Promise<unknown> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token));
  return SESSIONS.get(`floor:${new Uint8Array(digest).toHex()}`, 'json');
}

export class Floor extends WorkerEntrypoint<Bindings> {
  check(token: string): Promise<unknown> {
    return check(this.env, token);
  }
}

export default {
  async fetch(request, env) {
    const [, , name = '', n = ''] = new URL(request.url).pathname.split('/');
    if (name === 'kv')
      return Response.json(await check(env, request.headers.get('x-appwrite-session') ?? ''));
    return Response.json(await answer(env, name, Number(n)));
  },
} satisfies ExportedHandler<Bindings>;
