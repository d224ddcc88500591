import { env } from 'cloudflare:test';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maintain } from '../../src/cron';
import { api } from '../support/api';
import { stopClock } from '../support/clock';
import { freshId, newSession, newUser } from '../support/given';
import { emptyStores, row, rows } from '../support/rows';

/*
 * Totals are told from the highest number that there is, and from what is known to be missing (migration 0013): they must be
 * what a count says, however rows came and went.
 */

stopClock();

const totals = async () => {
  const { usersTotal, sessionsTotal } = (await api('GET /users/usage')).body;
  return [usersTotal, sessionsTotal, (await api('GET /users')).body.total];
};
const counted = async () => {
  const { users, sessions } = await row(
    'SELECT (SELECT count(*) FROM users) AS users, (SELECT count(*) FROM sessions WHERE revoked_at IS NULL) AS sessions',
  );
  return [users, sessions, users];
};

const insert = (tail: string) =>
  env.DB.prepare(`INSERT ${tail}`)
    .run()
    .catch(() => undefined);
const columns = '(id, created_at, updated_at)';

test.each<[string, () => Promise<unknown>]>([
  [
    'of an import with gaps',
    () => insert("INTO users (seq, id, created_at, updated_at) VALUES (900, 'g1', 1, 1), (990, 'g2', 1, 1)"),
  ],
  [
    'of one that fills a gap, and goes on',
    async () => {
      await insert("INTO users (seq, id, created_at, updated_at) VALUES (950, 'g', 1, 1)");
      await newUser();
    },
  ],
  ['of an insert that fails', () => insert(`INTO users ${columns} VALUES ('new', 1, 1), ('there', 1, 1)`)],
  [
    'of one that ignores what is there, and one after it',
    async () => {
      const ids = 'SELECT value, 1, 1 FROM json_each(\'["i1","there","i2","there","there"]\')';
      await insert(`OR IGNORE INTO users ${columns} ${ids}`);
      await newUser();
    },
  ],
  [
    'of one that changes what is there instead',
    async () => {
      await insert(
        `INTO users ${columns} VALUES ('there', 1, 1), ('u1', 1, 1) ON CONFLICT (id) DO UPDATE SET prefs = '{"a":1}'`,
      );
      await insert(`INTO users ${columns} VALUES ('there', 1, 1) ON CONFLICT DO NOTHING`);
      await newUser();
    },
  ],
  [
    'after the newest was deleted, and another made',
    async () => {
      await api(`DELETE /users/${await newUser()}`);
      await newUser();
    },
  ],
  [
    'after many were deleted at once',
    async () => {
      await insert(`INTO users ${columns} SELECT 'm' || value, 1, 1 FROM json_each('[1,2,3,4,5,6,7,8]')`);
      await rows("DELETE FROM users WHERE id IN ('m2', 'm5', 'm7', 'm8')");
      await newUser();
    },
  ],
  [
    'of sessions that were ended, by whatever',
    async () => {
      const user = await newUser();
      const made = [await newSession(user), await newSession(user), await newSession(user)];
      await api(`DELETE /users/${user}/sessions/${made[2]?.id}`);
      await rows('UPDATE sessions SET revoked_at = 5 WHERE id = ?', made[0]?.id);
      await rows('DELETE FROM sessions WHERE id = ?', made[1]?.id);
      await newSession(user);
    },
  ],
  [
    'of a transaction that is undone',
    async () => {
      const statements = [
        `INTO users ${columns} VALUES ('undone', 1, 1)`,
        `INTO users ${columns} VALUES ('there', 1, 1)`,
      ];
      await env.DB.batch(statements.map((tail) => env.DB.prepare(`INSERT ${tail}`))).catch(() => undefined);
    },
  ],
])('Totals are right %s', async (_, act) => {
  await emptyStores();
  await api('POST /users', { body: { userId: 'there' } });
  await act();
  expect(await totals()).toEqual(await counted());
  await maintain(env, Date.now());
  expect(await totals()).toEqual(await counted());
});

const number = fc.integer({ min: 0, max: 12 });
const step = fc.oneof(
  fc.record({ do: fc.constant('user'), n: number }),
  fc.record({ do: fc.constant('import'), n: number }),
  fc.record({ do: fc.constant('ignored'), n: number }),
  fc.record({ do: fc.constant('delete'), n: number }),
  fc.record({ do: fc.constant('session'), n: number }),
  fc.record({ do: fc.constant('end'), n: number }),
  fc.record({ do: fc.constant('expire'), n: number }),
  fc.record({ do: fc.constant('forget'), n: number }),
  fc.record({ do: fc.constant('cron'), n: number }),
);

async function perform(what: string, n: number): Promise<unknown> {
  const of = async (table: string) =>
    (await rows(`SELECT id, seq FROM ${table} ORDER BY seq LIMIT 1 OFFSET ?`, n % 4))[0] ?? {
      id: 'nobody',
      seq: 0,
    };
  const { id: user } = await of('users');
  switch (what) {
    case 'user':
      return api('POST /users', { body: { userId: freshId() } });
    case 'import':
      return insert(
        `INTO users (seq, id, created_at, updated_at) VALUES (${n * 7 + 1}, '${freshId()}', 1, 1)`,
      );
    case 'ignored':
      return insert(
        `OR IGNORE INTO users ${columns} VALUES ('${user}', 1, 1), ('${freshId()}', 1, 1), ('${user}', 1, 1)`,
      );
    case 'delete':
      return api(`DELETE /users/${user}`);
    case 'session':
      return api(`POST /users/${user}/sessions`, { body: {} });
    case 'end':
      return api(`DELETE /users/${user}/sessions`);
    case 'expire':
      return rows('DELETE FROM sessions WHERE seq = ?', (await of('sessions')).seq);
    case 'forget':
      return rows('DELETE FROM activity WHERE seq >= (SELECT max(seq) FROM activity) - ?', n);
    default:
      return maintain(env, Date.now());
  }
}

test('Totals are right after anything', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      await emptyStores();
      for (const { do: what, n } of steps) {
        await perform(what, n);
        expect(await totals(), JSON.stringify(steps)).toEqual(await counted());
      }
    }),
    { numRuns: 30 },
  );
});
