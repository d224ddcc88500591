import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { deploy } from '../../scripts/lib/deployment.ts';

/** What wrangler finds in the account. */
export interface Account {
  /** Whether there is a database, and whether it holds what was sealed; `empty` has no tables yet. */
  readonly database?: false | 'empty' | 'used' | 'sealed';
  /** The names of the Worker's secrets; null where there is no Worker. */
  readonly secrets: readonly string[] | null;
  /** The names of its queues. */
  readonly queues?: readonly string[];
  /** What a command prints on the error stream, and fails with. */
  readonly fails?: { readonly [command: string]: string };
  /** What a command prints instead of its answer. */
  readonly says?: { readonly [command: string]: string };
}

/** Plays wrangler 4: an account in a file, and a log of what it was asked. */
const FAKE = `
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
const [home, ...args] = process.argv.slice(2);
const account = JSON.parse(readFileSync(home + '/account.json', 'utf8'));
const at = args.indexOf('--secrets-file');
const secrets = at < 0 ? null : JSON.parse(readFileSync(args[at + 1], 'utf8'));
appendFileSync(home + '/log', JSON.stringify({ args: args.filter((_, i) => at < 0 || (i !== at && i !== at + 1)), secrets }) + '\\n');
const env = args.includes('--env') ? ' (env: ' + args[args.indexOf('--env') + 1] + ')' : '';
const command = ['secret list', 'd1 execute', 'd1 migrations apply', 'queues create', 'deploy'].find((known) => args.join(' ').startsWith(known));
const fail = (text) => { console.error('\\x1b[31m✘ \\x1b[41;97mERROR\\x1b[0m \\x1b[1m' + text.replace('\\n', '\\x1b[0m\\n')); process.exit(1); };
if (account.fails?.[command]) fail(account.fails[command]);
if (account.says?.[command]) { console.log(account.says[command]); process.exit(0); }
if (command.startsWith('d1') && !account.database) fail("Couldn't find a D1 DB named 'edge-users' (bound as 'DB') in the API. Run 'wrangler d1 create edge-users' to create it.");
if (command === 'queues create') {
  const queues = account.queues ?? [];
  if (queues.includes(args[2])) fail("A request to the Cloudflare API (/accounts/1/queues) failed.\\n\\n  Queue name '" + args[2] + "' is already taken. Please use a different name and try again. [code: 11009]");
  writeFileSync(home + '/account.json', JSON.stringify({ ...account, queues: [...queues, args[2]] }));
}
if (command === 'd1 execute') {
  if (account.database === 'empty') fail('no such table: authenticators: SQLITE_ERROR [code: 7500]');
  console.log(JSON.stringify([{ results: [{ sealed: account.database === 'sealed' ? 1 : 0 }], success: true, meta: {} }]));
}
if (command === 'secret list') {
  if (account.secrets === null) fail('Worker "edge-users"' + env + ' not found.\\n\\nIf this is a new Worker, run \`wrangler deploy\` first to create it.\\nOtherwise, check that the Worker name is correct and you\\'re logged into the right account.');
  console.log(JSON.stringify(account.secrets.map((name) => ({ name, type: 'secret_text' })), null, '  '));
}
if (command === 'deploy') writeFileSync(home + '/account.json', JSON.stringify({ ...account, database: account.database || 'empty', secrets: [] }));
`;

interface Options {
  readonly environment?: string;
  readonly isAttended?: boolean;
  readonly ROOT_API_KEY?: string;
  readonly ENCRYPTION_KEY?: string;
}

/** A deployment by a wrangler that is played; close it to remove its files. */
export function fakeWrangler() {
  const home = mkdtempSync(join(tmpdir(), 'fake-wrangler-'));
  writeFileSync(join(home, 'wrangler.mjs'), FAKE);
  writeFileSync(join(home, 'log'), '');
  const told: string[] = [];
  const log = (): { args: string[]; secrets: Record<string, string> | null }[] =>
    readFileSync(join(home, 'log'), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  return {
    /** Deploys into an account. */
    async deploy(account: Account, { environment, isAttended = true, ...given }: Options = {}) {
      writeFileSync(join(home, 'account.json'), JSON.stringify(account));
      await deploy({
        wrangler: [process.execPath, join(home, 'wrangler.mjs'), home],
        environment,
        given,
        isAttended,
        tell: (line) => told.push(line),
      });
    },
    told,
    log,
    /** What wrangler was asked, without flags and their values. */
    commands: () => log().map(({ args }) => args.join(' ').replace(/ --.*/, '')),
    /** The secrets that were set, by name. */
    set: () => {
      const all: Record<string, string> = {};
      for (const { secrets } of log()) Object.assign(all, secrets);
      return all;
    },
    close: () => rmSync(home, { recursive: true }),
  };
}

/** What `.dev.vars.example` shows. */
export const exampleSecrets = parseEnv(readFileSync('.dev.vars.example', 'utf8'));
