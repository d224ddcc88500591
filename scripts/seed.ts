/*
 * `npm run seed -- --users 10000`: fills the local database with made-up people, so that lists and searches have
 * something to find: by the same import that moves real ones in. Behind `--users` and `--seed` it takes the arguments of
 * `npm run dev` that say where data is.
 */
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { readDevOptions } from './lib/devOptions.ts';
import { ensureDevVars } from './lib/devVars.ts';
import { migrateLocally } from './lib/localDatabase.ts';
import { withLocalServer } from './lib/localServer.ts';
import { readLocalSettings } from './lib/localSettings.ts';
import { newProgress } from './lib/moving/checkpoint.ts';
import { type Deployment, read } from './lib/moving/deployment.ts';
import { importAll } from './lib/moving/importer.ts';
import { progressOf } from './lib/moving/progress.ts';
import type { Found, Source } from './lib/moving/source.ts';
import { Directory } from './lib/people.ts';
import { runScript, Stop } from './lib/stop.ts';

await runScript(() => seed(process.argv.slice(2)));

async function seed(args: readonly string[]): Promise<number> {
  const { count, number } = readSeedOptions(args);
  const options = readDevOptions(args);
  if (options.envFiles.length === 0) ensureDevVars(dirname(options.config), options.environment);
  await migrateLocally(options);
  const { projectId: project, rootKey } = readLocalSettings(options);
  if (rootKey === undefined) throw new Stop('There is no ROOT_API_KEY: run `npm run dev` once.');
  return withLocalServer(options, async (endpoint) => {
    const to = { endpoint, project, key: rootKey };
    const before = await countOf(to);
    const progress = progressOf('Seeding');
    const state = newProgress('made-up people');
    const importing = { onDuplicate: 'fail', dryRun: false, createTeams: true, refused: null } as const;
    await importAll(peopleOf(number + before, before, count), to, importing, state, progress, () => false);
    progress.stop();
    console.info(`There are ${await countOf(to)} users now.`);
    return state.state.counts.created === count ? 0 : 1;
  });
}

function peopleOf(seed: number, from: number, count: number): Source {
  const people = new Directory(seed, Date.now());
  let done = 0;
  async function* all(): AsyncGenerator<Found> {
    for (const row of people.users(from, count)) {
      done += 1;
      yield { source: row, row };
    }
  }
  return { read: all, progress: () => ({ done, total: count }), notes: () => [] };
}

async function countOf(deployment: Deployment): Promise<number> {
  return (await read(deployment, '/users', v.looseObject({ total: v.number() }))).total;
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
