/*
 * `npm run export -- FILE`: streams the users of any deployment, with all that is their own, into a file, as NDJSON or CSV by
 * its name. It goes on where it was, whatever ended it.
 */
import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { type Deployment, read } from './lib/moving/deployment.ts';
import { type ExportOptions, exportAll, type Reached } from './lib/moving/exporter.ts';
import { minutes, progressOf } from './lib/moving/progress.ts';
import { targetOf } from './lib/moving/target.ts';
import { runScript, Stop } from './lib/stop.ts';

const USAGE = `npm run export -- FILE [--format ndjson|csv]
  --endpoint URL --project ID --key KEY     the deployment; or EDGE_USERS_ENDPOINT, EDGE_USERS_PROJECT, EDGE_USERS_KEY
  --query QUERY                             a filter or select, as in queries[]; several times for several
  --search TEXT                             as in GET /users
  --fresh                                   begins anew, whatever an earlier run has done
Hashes are told to a key with the scope users.hashes.read, such as the root key.`;

/** What is noted of an export beside its file. */
const notes = v.object({
  of: v.string(),
  cursor: v.optional(v.string()),
  bytes: v.number(),
  users: v.number(),
});

await runScript(() => main(process.argv.slice(2)));

async function main(args: readonly string[]): Promise<number> {
  const { deployment, fresh, ...options } = readOptions(args);
  const path = `${options.file}.checkpoint.json`;
  const of = JSON.stringify([deployment.endpoint, options]);
  const earlier = fresh ? null : readNotes(path, of, options.file);
  if (earlier === null && existsSync(options.file) && !fresh)
    throw new Stop(`${options.file} is there already. Give another name, or --fresh to write over it.`);
  const reached: Reached = earlier ?? { cursor: undefined, bytes: 0, users: 0 };
  if (earlier !== null) console.info(`Going on behind ${reached.users.toLocaleString('en')} users.`);
  const save = () => {
    writeFileSync(`${path}.new`, JSON.stringify({ of, ...reached }));
    renameSync(`${path}.new`, path);
  };
  let isStopped = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (isStopped) process.exit(130);
      isStopped = true;
    });
  const start = Date.now();
  const before = reached.users;
  const total = await countOf(deployment, options);
  const progress = progressOf('Exporting');
  const end = await exportAll(deployment, options, reached, save, total, progress, () => isStopped).finally(
    () => progress.stop(),
  );
  const took = Date.now() - start;
  const users = reached.users - before;
  const rate = Math.round(users / Math.max(0.001, took / 1000)).toLocaleString('en');
  console.info(
    `${reached.users.toLocaleString('en')} users in ${options.file} (${minutes(took)}, ${rate} a second)`,
  );
  if (end === 'stopped') {
    console.info('Stopped. The same command goes on from here.');
    return 130;
  }
  rmSync(path, { force: true });
  return 0;
}

/** How many there are to come, about: what filters leave is counted up to 5,000. */
async function countOf(deployment: Deployment, { queries, search }: ExportOptions): Promise<number> {
  if (queries.length > 0 || search !== undefined) return 0;
  const limit = encodeURIComponent(JSON.stringify({ method: 'limit', values: [1] }));
  return (await read(deployment, `/users?queries[]=${limit}`, v.looseObject({ total: v.number() }))).total;
}

/** How far an earlier run has come; null where there is none of the same, or its file is gone. */
function readNotes(path: string, of: string, file: string): Reached | null {
  if (!existsSync(path) || !existsSync(file)) return null;
  const checked = v.safeParse(v.pipe(v.string(), v.parseJson(), notes), readFileSync(path, 'utf8'));
  if (!checked.success || checked.output.of !== of || statSync(file).size < checked.output.bytes) return null;
  const { cursor, bytes, users } = checked.output;
  return { cursor, bytes, users };
}

function readOptions(args: readonly string[]) {
  const { values, positionals } = parse(args);
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new Stop(USAGE);
  const named = values.format ?? (file.endsWith('.csv') ? 'csv' : 'ndjson');
  const format = (['ndjson', 'csv'] as const).find((one) => one === named);
  if (format === undefined) throw new Stop('--format must be ndjson or csv.');
  const deployment = targetOf({ endpoint: values.endpoint, project: values.project, key: values.key }, args);
  const { query = [], search, fresh = false } = values;
  return { deployment, file, format, queries: query, search, fresh };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...{ endpoint: text, project: text, key: text, format: text, search: text },
        ...{ query: { type: 'string', multiple: true } as const, fresh: { type: 'boolean' } as const },
        ...{ 'persist-to': text, env: text, config: text, 'env-file': text },
      },
    });
  } catch (error) {
    throw new Stop(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
  }
}
