import { type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { foldText } from '../text/fold';
import type { Database } from './database';
import { qualified } from './expressions';
import { identities, keys, staleKeys, teams, users } from './schema';

type Kind = (typeof staleKeys.$inferSelect)['kind'];

/** Of each kind: the row that `stale_keys` tells, and its text. */
const texts: Readonly<Record<Kind, readonly [seq: SQLiteColumn, text: SQLiteColumn]>> = {
  users: [users.seq, users.name],
  teams: [teams.seq, teams.name],
  keys: [keys.seq, keys.name],
  identities: [identities.seq, identities.providerUid],
};

/** The text as it is now of a row of `stale_keys`, null where it is gone. */
const textNow = sql`CASE ${staleKeys.kind} ${sql.join(
  Object.entries(texts).map(([kind, [seq, text]]) => {
    const where = sql`${qualified(seq)} = ${qualified(staleKeys.seq)}`;
    return sql`WHEN ${sql.raw(`'${kind}'`)} THEN (SELECT ${sql.raw(text.name)} FROM ${sql.raw(kind)} WHERE ${where})`;
  }),
  sql` `,
)} END`;

/**
 * Folds texts that were written without their key and that SQL could not fold: those from before there were keys, and
 * those that an earlier version writes while this one is deployed.
 * @param most rows at once
 */
export async function foldStaleKeys(db: Database, most: number): Promise<void> {
  const found = await db
    .select({ kind: staleKeys.kind, seq: staleKeys.seq, text: sql<string | null>`${textNow}`.as('text') })
    .from(staleKeys)
    // A bound on the key, which tells the search of an index from the full scans that must not be.
    .where(sql`${staleKeys.kind} > ''`)
    .limit(most);
  if (found.length === 0) return;
  const folded = found.map((row) => ({ ...row, key: row.text === null ? null : foldText(row.text) }));
  const made = sql`json_each(${JSON.stringify(folded)}) AS made`;
  const key = sql`made.value ->> 'key'`;
  await db.batch([
    db.update(users).set({ nameKey: key }).from(made).where(unchanged('users')),
    db.update(teams).set({ nameKey: key }).from(made).where(unchanged('teams')),
    db.update(keys).set({ nameKey: key }).from(made).where(unchanged('keys')),
    db.update(identities).set({ providerUidKey: key }).from(made).where(unchanged('identities')),
    // What was renamed since is looked at again.
    db.delete(staleKeys).where(sql`rowid IN (SELECT stale_keys.rowid FROM ${made}
      CROSS JOIN stale_keys ON stale_keys.kind = made.value ->> 'kind' AND stale_keys.seq = made.value ->> 'seq'
      WHERE ${textNow} IS made.value ->> 'text')`),
  ]);
}

function unchanged(kind: Kind): SQL {
  const [seq, text] = texts[kind];
  return sql`made.value ->> 'kind' = ${kind} AND ${seq} = made.value ->> 'seq' AND ${text} = made.value ->> 'text'`;
}
