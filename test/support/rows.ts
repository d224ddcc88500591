import { env } from 'cloudflare:test';

type Row = Record<string, unknown>;

/** Rows of a query, as they are stored. */
export async function rows(query: string, ...values: unknown[]): Promise<Row[]> {
  const { results } = await env.DB.prepare(query)
    .bind(...values)
    .all<Row>();
  return results;
}

/** The only row of a query. */
export async function row(query: string, ...values: unknown[]): Promise<Row> {
  const [first, ...others] = await rows(query, ...values);
  if (first === undefined || others.length > 0)
    throw new Error(`${others.length + (first ? 1 : 0)} rows: ${query}`);
  return first;
}

/** A user's activity, oldest first. */
export const activityOf = (userId: string) =>
  rows('SELECT * FROM activity WHERE user_id = ? ORDER BY seq', userId);

/** The events of a user's activity, oldest first. */
export async function eventsOf(userId: string): Promise<unknown[]> {
  return (await activityOf(userId)).map(({ event }) => event);
}

/** How many members a team has: as its own count says, and as its memberships do. */
export const totalsOf = (teamId: string) =>
  row(
    `SELECT total, (SELECT count(*) FROM memberships WHERE team_seq = teams.seq AND confirm) AS counted
     FROM teams WHERE id = ?`,
    teamId,
  );

/**
 * Takes every row out, so that a file's tests do not see one another's, and the copies of sessions with them: those end
 * by themselves after a minute, which would look like something that a later test has changed.
 */
export async function emptyStores(): Promise<void> {
  const names = (await tables()).filter((name) => name !== 'counters');
  await env.DB.batch(names.map((name) => env.DB.prepare(`DELETE FROM "${name}"`)));
  // What triggers noted of the rows that went.
  await env.DB.prepare('DELETE FROM totals').run();
  const { keys } = await env.SESSIONS.list();
  await Promise.all(keys.map(({ name }) => env.SESSIONS.delete(name)));
}

/** What is counted of calls that change nothing. */
const COUNTED = ['user.read', 'key.unknown', 'session.fail', 'challenge.fail', 'impersonator.read'];

/**
 * Everything that is stored, but for approximate counts, and for what a failed try is to leave behind (its count, and a
 * line that recurs in the log): to see that something changed nothing.
 */
export async function everything(): Promise<string> {
  const names = (await tables()).filter((name) => name !== 'failures');
  const selects = names.map((name) => env.DB.prepare(`SELECT * FROM "${name}"`));
  const stored = (await env.DB.batch<Row>(selects)).map(({ results }) =>
    results
      .filter(({ metric, once }) => !COUNTED.includes(String(metric)) && !once)
      .map(({ tries_left, ...row }) => row),
  );
  const { keys } = await env.SESSIONS.list();
  return JSON.stringify([stored, keys.map(({ name }) => name)]);
}

/** Our tables; the search indexes, which triggers keep and which hold no truth of their own, are none. */
async function tables(): Promise<string[]> {
  const found = await rows("SELECT name FROM sqlite_master WHERE type = 'table'");
  const ours = /^(?!sqlite_|_cf_|d1_|\w+_search)/;
  return found.map(({ name }) => String(name)).filter((name) => ours.test(name));
}
