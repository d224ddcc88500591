import type { D1Database } from '@cloudflare/workers-types';
import { getPlatformProxy } from 'wrangler';
import { readDevOptions, stateDirectory } from '../../../scripts/lib/devOptions';
import { migrateLocally } from '../../../scripts/lib/localDatabase';

/** The response formats of the SDKs that are tested; each gets rows of its own. */
const formats = ['0.15.0', '1.0.0', '1.4.0', '1.6.0', '1.9.5'];

/** Puts what no call of the API can make into a new local database: for each generation, a member of a team. */
export async function fillDatabase(state: string, envFile: string): Promise<void> {
  const options = readDevOptions(['--persist-to', state]);
  await migrateLocally(options);
  const platform = await getPlatformProxy<{ DB: D1Database }>({
    configPath: options.config,
    persist: { path: stateDirectory(options) },
    envFiles: [envFile],
  });
  try {
    const { DB } = platform.env;
    await DB.batch(formats.flatMap((format) => rowsFor(format).map((statement) => DB.prepare(statement))));
  } finally {
    await platform.dispose();
  }
}

function rowsFor(format: string): string[] {
  const now = Date.now();
  return [
    `INSERT INTO users (id, name, email, created_at, updated_at)
     VALUES ('member-${format}', 'A member', 'member-${format}@example.com', ${now}, ${now})`,
    `INSERT INTO teams (id, name, created_at, updated_at) VALUES ('team-${format}', 'A team', ${now}, ${now})`,
    `INSERT INTO memberships (id, team_seq, user_seq, roles, invited, joined, confirm, created_at, updated_at)
     SELECT 'membership-${format}', teams.seq, users.seq, '["owner"]', ${now}, ${now}, 1, ${now}, ${now}
     FROM teams, users WHERE teams.id = 'team-${format}' AND users.id = 'member-${format}'`,
  ];
}
