/*
 * `npm run seed -- --users 10000`: fills the local database with made-up people, so that lists and searches have
 * something to find. Behind `--users` and `--seed` it takes the arguments of `npm run dev` that say where data is.
 */
import { parseArgs } from 'node:util';
import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types';
import { SingleBar } from 'cli-progress';
import { getPlatformProxy } from 'wrangler';
import { readDevOptions, stateDirectory } from './lib/devOptions.ts';
import { migrateLocally } from './lib/localDatabase.ts';
import { activityRows, Directory } from './lib/people.ts';
import { runScript, Stop } from './lib/stop.ts';

/** Rows that one statement inserts, all of them in one parameter: D1 takes 100 parameters, but 2 MB in one. */
const CHUNK = 500;

await runScript(() => seed(process.argv.slice(2)));

async function seed(args: readonly string[]): Promise<number> {
  const { count, number } = readSeedOptions(args);
  const options = readDevOptions(args);
  await migrateLocally(options);
  const { environment } = options;
  const platform = await getPlatformProxy<{ DB: D1Database }>({
    configPath: options.config,
    persist: { path: stateDirectory(options) },
    ...(environment === undefined ? {} : { environment }),
  });
  try {
    await fill(platform.env.DB, count, number);
  } finally {
    await platform.dispose();
  }
  return 0;
}

function readSeedOptions(args: readonly string[]): { count: number; number: number } {
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    options: { users: { type: 'string' }, seed: { type: 'string' } },
  });
  const count = Number(values.users ?? 1000);
  const number = Number(values.seed ?? 1);
  if (!Number.isInteger(count) || count < 1) throw new Stop('--users must be a whole number of at least 1');
  if (!Number.isInteger(number)) throw new Stop('--seed must be a whole number');
  return { count, number };
}

async function fill(db: D1Database, count: number, number: number): Promise<void> {
  const from =
    (await db.prepare('SELECT coalesce(max(seq), 0) AS last FROM users').first<number>('last')) ?? 0;
  const people = new Directory(number + from, Date.now());
  const progress = progressOf(count);
  for (let done = 0; done < count; ) {
    const size = Math.min(CHUNK, count - done);
    const users = people.users(from + done, size);
    await db.batch([
      insert(db, 'users', users),
      db.prepare(activityRows).bind(JSON.stringify(users.map(({ id }) => id))),
    ]);
    done += size;
    progress.update(done);
  }
  await seedTeams(db, people);
  progress.stop();
  const total = await db.prepare("SELECT value FROM counters WHERE name = 'users'").first<number>('value');
  console.info(`There are ${total} users now.`);
}

/** A few teams, with the newest users in them. */
async function seedTeams(db: D1Database, people: Directory): Promise<void> {
  const { results } = await db
    .prepare('SELECT seq FROM users ORDER BY seq DESC LIMIT 60')
    .all<{ seq: number }>();
  const teams = people.teams(5);
  const [made] = await db.batch<{ seq: number }>([insert(db, 'teams', teams, 'RETURNING seq')]);
  const seqs = made?.results.map(({ seq }) => seq) ?? [];
  const memberships = people.memberships(
    seqs,
    results.map(({ seq }) => seq),
  );
  await insert(db, 'memberships', memberships).run();
}

type Row = Readonly<Record<string, string | number | null>>;

function insert(db: D1Database, table: string, rows: readonly Row[], tail = ''): D1PreparedStatement {
  const columns = Object.keys(rows[0] ?? {});
  const values = columns.map((column) => `value ->> '${column}'`).join(', ');
  const sql = `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${values} FROM json_each(?) WHERE true ${tail}`;
  return db.prepare(sql).bind(JSON.stringify(rows));
}

/** A bar on a terminal, and now and then a line elsewhere. */
function progressOf(count: number) {
  if (process.stdout.isTTY) {
    const bar = new SingleBar({ format: 'Seeding [{bar}] {value}/{total} users, {eta_formatted} left' });
    bar.start(count, 0);
    return bar;
  }
  const step = Math.max(CHUNK, Math.ceil(count / 10 / CHUNK) * CHUNK);
  return {
    update(done: number) {
      if (done % step === 0 || done === count) console.info(`${done} of ${count} users`);
    },
    stop() {},
  };
}
