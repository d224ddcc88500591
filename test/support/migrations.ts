import { applyD1Migrations, env } from 'cloudflare:test';
import { rows } from './rows';

/**
 * Takes everything out of the database and applies the migrations before one, so that a test fills it as an earlier version
 * did and then migrates it.
 * @param number such as `0006`
 */
export async function migrateBefore(number: string): Promise<void> {
  const made = await rows(
    "SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' AND name NOT LIKE '_cf_%' ORDER BY sql LIKE 'CREATE VIRTUAL%' DESC",
  );
  for (const { type, name } of made.filter(({ type }) => type === 'view' || type === 'table')) {
    await rows(`DROP ${type} IF EXISTS "${name}"`);
  }
  await applyD1Migrations(
    env.DB,
    env.TEST_MIGRATIONS.filter((migration) => migration.name < number),
  );
}

/** Applies the migrations that are left. */
export const migrate = () => applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
