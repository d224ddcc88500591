/* Part of `npm run check`: the migrations lead to the schema, so that `npm run migrations` would find nothing to do. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import drizzleConfig from '../drizzle.config.ts';
import { runScript, Stop } from './lib/stop.ts';
import { capture, projectRoot, toolCommand } from './lib/tools.ts';

const migrations = join(projectRoot, 'migrations');
const drizzleKit = toolCommand('drizzle-kit');

await runScript(async () => {
  await checkJournal();
  await checkNothingToGenerate();
  console.info(`${sqlFilesIn(migrations).length} migrations lead to the schema.`);
  return 0;
});

/** Every migration is in drizzle-kit's journal, in order, and the other way round. */
async function checkJournal(): Promise<void> {
  const { code, output } = await capture(drizzleKit, ['check']);
  if (code !== 0) throw new Stop(output);
  const journal = readFileSync(join(migrations, 'meta/_journal.json'), 'utf8');
  const listed = [...journal.matchAll(/"tag": "([^"]+)"/g)].map(([, tag]) => `${tag}.sql`);
  const found = sqlFilesIn(migrations);
  if (listed.join() !== found.join()) {
    throw new Stop(`The journal lists ${listed.join(', ')}, but migrations/ holds ${found.join(', ')}.`);
  }
}

/** Lets drizzle-kit generate beside a copy: the one way to ask it that can't differ from what it does. */
async function checkNothingToGenerate(): Promise<void> {
  const copy = mkdtempSync(join(tmpdir(), 'migrations-'));
  try {
    cpSync(migrations, copy, { recursive: true });
    const { dialect, schema } = drizzleConfig;
    const args = ['--dialect', dialect, '--schema', [schema ?? []].flat().join(',')];
    const out = ['--out', relative(projectRoot, copy)];
    const { code, output } = await capture(drizzleKit, ['generate', ...args, ...out]);
    const missing = sqlFilesIn(copy).filter((file) => !sqlFilesIn(migrations).includes(file));
    // Where it would have to ask what was renamed, it ends without a word and with exit code 0.
    if (code === 0 && missing.length === 0 && output.includes('No schema changes')) return;
    const sql = missing.map((file) => readFileSync(join(copy, file), 'utf8')).join('\n');
    throw new Stop(`src/db/schema has changes without a migration: npm run migrations\n\n${sql || output}`);
  } finally {
    rmSync(copy, { recursive: true });
  }
}

function sqlFilesIn(directory: string): string[] {
  return readdirSync(directory)
    .filter((file) => file.endsWith('.sql'))
    .sort();
}
