/*
 * `npm run import -- FILE --from FORMAT`: moves users in, from a file or a live Appwrite project, into any deployment. It
 * goes on where it was, whatever ended it. docs/migrating.md has a short path for each format.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Checkpoint } from './lib/moving/checkpoint.ts';
import { FORMATS, openSource } from './lib/moving/formats/index.ts';
import { type ImportOptions, importAll } from './lib/moving/importer.ts';
import { minutes, progressOf } from './lib/moving/progress.ts';
import { targetOf } from './lib/moving/target.ts';
import { runScript, Stop } from './lib/stop.ts';

const USAGE = `npm run import -- FILE --from ${FORMATS.join('|')}
  --endpoint URL --project ID --key KEY     the deployment; or EDGE_USERS_ENDPOINT, EDGE_USERS_PROJECT, EDGE_USERS_KEY
  --on-duplicate fail|skip|overwrite        what becomes of users that are there; fail unless told
  --dry-run                                 tells what would be, and writes nothing
  --create-teams                            makes teams that are not there
  --refused FILE                            where rows go that are refused; FILE.refused.ndjson unless told
  --fresh                                   begins anew, whatever an earlier run has done
  --signer-key KEY --salt-separator TEXT    of Firebase ( --rounds 8 --mem-cost 14)
  --hashes FILE                             of Auth0: its file of passwords
  --identities FILE                         of Supabase: auth.identities as CSV
  --source-endpoint URL --source-project ID --source-key KEY    of Appwrite; or APPWRITE_ENDPOINT, APPWRITE_PROJECT_ID, APPWRITE_API_KEY`;

await runScript(() => main(process.argv.slice(2)));

async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  const to = targetOf({ ...options, project: options.projectId }, args);
  const source = openSource(options, options.dryRun ? null : to);
  const name = options.file ?? `${options.project?.project ?? 'appwrite'}`;
  const checkpoint = new Checkpoint(
    resolve(`${name}.checkpoint.json`),
    `${options.from} ${options.file === undefined ? options.project?.endpoint : resolve(options.file)} → ${to.endpoint}`,
  );
  if (options.fresh) checkpoint.remove();
  const progressing = options.fresh
    ? new Checkpoint(resolve(`${name}.checkpoint.json`), checkpoint.state.of)
    : checkpoint;
  if (progressing.goesOn && !options.dryRun)
    console.info(`Going on behind ${progressing.state.done.toLocaleString('en')} users that are through.`);

  let isStopped = false;
  const onSignal = () => {
    if (isStopped) process.exit(130);
    isStopped = true;
    console.info('\nStopping when the call that is under way is answered. Once more stops at once.');
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, onSignal);

  const start = Date.now();
  const before = progressing.state.done;
  const importing: ImportOptions = { ...options, refused: options.refused ?? `${name}.refused.ndjson` };
  const progress = progressOf(options.dryRun ? 'Checking' : 'Importing');
  const end = await importAll(source, to, importing, progressing, progress, () => isStopped).finally(() =>
    progress.stop(),
  );
  tell(progressing.state, importing, { took: Date.now() - start, users: progressing.state.done - before });
  for (const note of source.notes()) console.info(`  could not come along: ${note}`);
  if (end === 'stopped') {
    console.info('Stopped. The same command goes on from here.');
    return 130;
  }
  progressing.remove();
  return progressing.state.counts.refused > 0 ? 2 : 0;
}

function tell(
  { counts }: Checkpoint['state'],
  { dryRun, refused }: ImportOptions,
  { took, users }: { took: number; users: number },
): void {
  const number = (count: number) => count.toLocaleString('en');
  const rate = Math.round(users / Math.max(0.001, took / 1000));
  console.info(`
${dryRun ? 'Would be' : 'Done'}: ${number(counts.created)} created, ${number(counts.skipped)} skipped, ${number(counts.overwritten)} overwritten, ${number(counts.refused)} refused
  ${number(users)} users in ${minutes(took)}, ${number(rate)} a second`);
  if (refused !== null && counts.refused > 0 && !dryRun && existsSync(refused))
    console.info(`  refused rows, each with its reason, to correct and import again: ${refused}`);
}

function readOptions(args: readonly string[]) {
  const { values, positionals } = parse(args);
  const { from, file } = { from: values.from ?? formatOf(positionals[0]), file: positionals[0] };
  if (from === undefined || positionals.length > 1) throw new Stop(USAGE);
  const onDuplicate = (['fail', 'skip', 'overwrite'] as const).find(
    (one) => one === (values['on-duplicate'] ?? 'fail'),
  );
  if (onDuplicate === undefined) throw new Stop('--on-duplicate must be fail, skip or overwrite.');
  const { APPWRITE_ENDPOINT, APPWRITE_PROJECT_ID, APPWRITE_API_KEY } = process.env;
  const live = {
    endpoint: (values['source-endpoint'] ?? APPWRITE_ENDPOINT)?.replace(/\/+$/, ''),
    project: values['source-project'] ?? APPWRITE_PROJECT_ID,
    key: values['source-key'] ?? APPWRITE_API_KEY,
  };
  const { endpoint, project: id, key } = live;
  return {
    from,
    file,
    endpoint: values.endpoint,
    key: values.key,
    projectId: values.project,
    onDuplicate,
    dryRun: values['dry-run'] ?? false,
    createTeams: values['create-teams'] ?? false,
    fresh: values.fresh ?? false,
    refused: values.refused,
    signerKey: values['signer-key'],
    saltSeparator: values['salt-separator'],
    rounds: Number(values.rounds ?? 8),
    memCost: Number(values['mem-cost'] ?? 14),
    hashes: values.hashes,
    identities: values.identities,
    project: endpoint && id && key ? { endpoint, project: id, key } : null,
  };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...{ from: text, endpoint: text, project: text, key: text, 'on-duplicate': text, refused: text },
        ...{ 'dry-run': flag, 'create-teams': flag, fresh: flag },
        ...{ 'signer-key': text, 'salt-separator': text, rounds: text, 'mem-cost': text },
        ...{
          hashes: text,
          identities: text,
          'source-endpoint': text,
          'source-project': text,
          'source-key': text,
        },
        ...{ 'persist-to': text, env: text, config: text, 'env-file': text },
      },
    });
  } catch (error) {
    throw new Stop(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
  }
}

/** What the name of a file tells. */
function formatOf(file: string | undefined): string | undefined {
  if (file?.endsWith('.ndjson') || file?.endsWith('.jsonl')) return 'ndjson';
  return file?.endsWith('.csv') ? 'csv' : undefined;
}
