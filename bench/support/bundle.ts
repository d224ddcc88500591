import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';

/** Parts of a Worker as Miniflare takes them. */
type Modules = { type: 'ESModule' | 'Text' | 'CompiledWasm'; path: string }[];

const TYPES: Readonly<Record<string, Modules[number]['type']>> = {
  '.js': 'ESModule',
  '.txt': 'Text',
  '.wasm': 'CompiledWasm',
};

/** Of wrangler.toml, so that every Worker of a bench runs as the service does. */
export const COMPATIBILITY = { compatibilityDate: '2026-08-01', compatibilityFlags: ['nodejs_compat'] };

const home = mkdtempSync(join(tmpdir(), 'bench-'));
let made = 0;

/** Bundles a Worker as `wrangler deploy` would upload it. @param main its file, from the root of the repository */
export function bundle(main: string): { modulesRoot: string; modules: Modules } {
  const directory = join(home, String(made++));
  const config = join(home, `${made}.json`);
  const { compatibilityDate: compatibility_date, compatibilityFlags: compatibility_flags } = COMPATIBILITY;
  writeFileSync(
    config,
    JSON.stringify({ name: 'bench', main: resolve(main), compatibility_date, compatibility_flags }),
  );
  execFileSync('wrangler', ['deploy', '--dry-run', '--outdir', directory, '--config', config], {
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const files = readdirSync(directory).flatMap((name) => {
    const type = TYPES[extname(name)];
    return type === undefined ? [] : [{ type, path: join(directory, name) }];
  });
  // The first module is the one that workerd starts.
  const modules = files.sort((a, b) => Number(b.type === 'ESModule') - Number(a.type === 'ESModule'));
  return { modulesRoot: directory, modules };
}

/** Removes what was bundled. */
export function removeBundles(): void {
  rmSync(home, { recursive: true });
}
