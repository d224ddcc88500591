import { env } from 'cloudflare:test';
import { and, eq, gt, sql } from 'drizzle-orm';
import { describe, expect, test, vi } from 'vitest';
import { columnValues, type Stored } from '../../src/db/columnValues';
import { openDatabase } from '../../src/db/database';
import { sessions, teams, users } from '../../src/db/schema';
import { statement } from '../../src/db/statement';
import { newUser } from '../support/given';

const { db } = openDatabase(env.DB, null);

describe('A statement', () => {
  test('is built once, and takes the values of each call', async () => {
    const [one, other] = [await newUser(), await newUser()];
    const build = vi.fn();
    const nameOf = statement<{ id: string }>()((on, { id }) => {
      build();
      return on
        .select({ id: users.id, status: users.status, labels: users.labels })
        .from(users)
        .where(eq(users.id, id));
    });
    expect(await nameOf(db, { id: one })).toEqual([{ id: one, status: true, labels: [] }]);
    expect(await nameOf(db, { id: other })).toEqual([{ id: other, status: true, labels: [] }]);
    expect(await nameOf(db, { id: 'nobody' })).toEqual([]);
    expect(build).toHaveBeenCalledTimes(1);
  });

  test('is built anew for other SQL, other keys of a row and another variant', async () => {
    const user = await newUser();
    const build = vi.fn();
    const change = statement<
      {
        id: string;
        changes: Stored<{ name: string; labels?: string[] }>;
        only: ReturnType<typeof sql> | undefined;
      },
      [{ tells: boolean }]
    >()((on, { id, changes, only }, { tells }) => {
      build();
      const update = on
        .update(users)
        .set(changes)
        .where(and(eq(users.id, id), only));
      return update.returning(tells ? { id: users.id } : { name: users.name });
    });
    const named = (name: string) => columnValues(users, { name });
    const tells = { tells: true };
    expect(await change(db, { id: user, changes: named('a'), only: undefined }, tells)).toEqual([
      { id: user },
    ]);
    expect(await change(db, { id: user, changes: named('b'), only: undefined }, tells)).toEqual([
      { id: user },
    ]);
    expect(build).toHaveBeenCalledTimes(1);
    const only = (name: string) => sql`${users.name} = ${name}`;
    expect(await change(db, { id: user, changes: named('c'), only: only('a') }, tells)).toEqual([]);
    expect(await change(db, { id: user, changes: named('c'), only: only('b') }, tells)).toEqual([
      { id: user },
    ]);
    expect(build).toHaveBeenCalledTimes(2);
    const both = columnValues(users, { name: 'd', labels: ['vip'] });
    expect(await change(db, { id: user, changes: both, only: undefined }, tells)).toEqual([{ id: user }]);
    expect(await change(db, { id: user, changes: both, only: undefined }, { tells: false })).toEqual([
      { name: 'd' },
    ]);
    expect(build).toHaveBeenCalledTimes(4);
    const [row] = await db.select({ labels: users.labels }).from(users).where(eq(users.id, user));
    expect(row?.labels).toEqual(['vip']);
  });

  test('goes into a batch beside those of Drizzle, and fails with it', async () => {
    const user = await newUser();
    const rename = statement<{ id: string; name: string }>()((on, { id, name }) =>
      on.update(users).set({ nameKey: name }).where(eq(users.id, id)),
    );
    const key = () => db.select({ nameKey: users.nameKey }).from(users).where(eq(users.id, user));
    const [, after] = await db.batch([rename(db, { id: user, name: 'first' }), key()]);
    expect(after).toEqual([{ nameKey: 'first' }]);
    const taken = db.insert(users).values({ id: user, createdAt: 0, updatedAt: 0 });
    await expect(db.batch([rename(db, { id: user, name: 'second' }), taken])).rejects.toThrow();
    expect(await key()).toEqual([{ nameKey: 'first' }]);
  });

  test('takes lists, statements within it, names and no value at all', async () => {
    const [one, other] = [await newUser(), await newUser()];
    const among = statement<{ which: ReturnType<typeof sql> }>()((on, { which }) =>
      on.select({ id: users.id }).from(users).where(which).orderBy(users.seq),
    );
    const lists = (...ids: string[]) => sql`${sql.identifier('users')}.${sql.identifier('id')} IN ${ids}`;
    expect(await among(db, { which: lists(one) })).toEqual([{ id: one }]);
    expect(await among(db, { which: lists(one, other) })).toEqual([{ id: one }, { id: other }]);
    expect(await among(db, { which: lists(other, one) })).toEqual([{ id: one }, { id: other }]);
    const inner = (id: string) => db.select({ seq: users.seq }).from(users).where(eq(users.id, id));
    expect(await among(db, { which: sql`${users.seq} = ${inner(one)}` })).toEqual([{ id: one }]);
    expect(await among(db, { which: sql`${users.seq} = ${inner(other)}` })).toEqual([{ id: other }]);
    expect(await among(db, { which: sql`${users.id} = 'nobody'` })).toEqual([]);
  });

  test('reads what is null, JSON or true as Drizzle does, nested rows too', async () => {
    const user = await newUser();
    const whole = statement<{ id: string }>()((on, { id }) =>
      on.select().from(users).where(eq(users.id, id)),
    );
    expect(await whole(db, { id: user })).toEqual(await db.select().from(users).where(eq(users.id, user)));
    const joined = statement<{ seq: number }>()((on, { seq }) =>
      on
        .select({ user: { id: users.id }, session: sessions.seq })
        .from(users)
        .leftJoin(sessions, eq(sessions.userSeq, users.seq))
        .where(gt(users.seq, seq)),
    );
    const [first] = await joined(db, { seq: 0 });
    expect(first).toEqual({ user: { id: expect.any(String) }, session: null });
  });

  test('with two columns of one name is refused, since D1 would return one of them', () => {
    const both = statement<{ id: string }>()((on, { id }) =>
      on.select({ user: users.id, team: teams.id }).from(users).leftJoin(teams, eq(teams.id, id)),
    );
    expect(() => both(db, { id: 'a' })).toThrow(TypeError);
  });

  test('whose part is an alias is refused, since its text depends on where it stands', () => {
    const all = statement<{ what: ReturnType<typeof sql> }>()((on, { what }) =>
      on.select({ id: users.id }).from(users).where(what),
    );
    expect(() => all(db, { what: sql`${sql`1`.as('one')}` })).toThrow(TypeError);
  });
});
