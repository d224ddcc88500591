import * as v from 'valibot';
import { isPublicSecret, MIN_SECRET } from '../../src/secrets/deploymentSecrets.ts';
import { newSecret, type SecretName, secretNames } from './devVars.ts';
import { Stop } from './stop.ts';
import { ask, type Deployment, isNoDatabase } from './target.ts';

/** A secret that a deployment is to set. */
export interface MissingSecret {
  readonly name: SecretName;
  readonly value: string;
  /** Whether it was made just now, so that nobody knows it yet. */
  readonly isNew: boolean;
}

/**
 * The secrets that the Worker has not, with what they are to be: given, or new ones where a person can be shown them. One
 * that the Worker has is never among them. Changes nothing.
 * @throws Stop where it can't be told which the Worker has, or where one can neither be taken nor made
 */
export async function settleSecrets(deployment: Deployment): Promise<readonly MissingSecret[]> {
  const { given, isAttended } = deployment;
  const present = await presentSecrets(deployment);
  const missing = secretNames.filter((name) => !present.has(name));
  const wanted = missing.filter((name) => !given[name]);
  if (wanted.length > 0 && !isAttended) {
    throw new Stop(
      `The Worker has no ${wanted.join(' and no ')} yet, and new secrets are shown on a terminal only. Give them in the environment (\`openssl rand -hex 32\` makes one) and keep them; nothing was deployed.`,
    );
  }
  if (wanted.includes('ENCRYPTION_KEY')) await checkNothingSealed(deployment);
  return missing.map((name) => ({ name, value: given[name] || newSecret(), isNew: !given[name] }));
}

/**
 * Refuses given secrets that the Worker would refuse, before anything is asked or done.
 * @throws Stop naming the secret, without repeating it
 */
export function checkGiven(given: Deployment['given']): void {
  for (const name of secretNames) {
    const value = given[name];
    if (!value) continue;
    const each = name === 'ENCRYPTION_KEY' ? value.split(',').map((key) => key.trim()) : [value];
    if (each.some(isPublicSecret))
      throw new Stop(`${name} must not be what .dev.vars.example shows; nothing was deployed.`);
    if (each.some((key) => key.length < MIN_SECRET))
      throw new Stop(`${name} must have at least ${MIN_SECRET} characters; nothing was deployed.`);
  }
}

const listSchema = v.pipe(v.string(), v.parseJson(), v.array(v.object({ name: v.string() })));

/**
 * The names of the Worker's secrets. None where the Worker certainly does not exist: wrangler says so in these words for
 * what the API answers with code 10007. Whatever else goes wrong tells nothing.
 */
async function presentSecrets(deployment: Deployment): Promise<ReadonlySet<string>> {
  const { code, stdout, output } = await ask(deployment, 'secret', 'list', '--format', 'json');
  if (code !== 0 && /\bWorker "[^"]+"( \(env: [^)]+\))? not found\./.test(output)) return new Set();
  const listed = v.safeParse(listSchema, stdout);
  if (code === 0 && listed.success) return new Set(listed.output.map(({ name }) => name));
  throw new Stop(
    `${output.trim()}\n\nWhich secrets the Worker has could not be told, and none is ever replaced; nothing was deployed.`,
  );
}

/** Asked one after another: a database of an earlier version has no table of webhooks. */
const SEALED = [
  'SELECT EXISTS (SELECT 1 FROM authenticators) OR EXISTS (SELECT 1 FROM recovery_codes) AS sealed',
  'SELECT EXISTS (SELECT 1 FROM webhooks) AS sealed',
];
const sealedSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.tuple([v.object({ results: v.tuple([v.object({ sealed: v.number() })]) })]),
);

/**
 * A database that outlived its Worker, or its Worker's key, may hold what only that key opens: a new one would hide that
 * it is lost until users need it.
 */
async function checkNothingSealed(deployment: Deployment): Promise<void> {
  for (const query of SEALED) {
    const sealed = await isSealed(deployment, query);
    if (sealed === null) return;
    if (sealed) throw new Stop(NEEDS_ITS_KEY);
  }
}

const NEEDS_ITS_KEY =
  'The Worker has no ENCRYPTION_KEY, but its database holds authenticators or recovery codes, or webhooks, which only the key that they were made under opens. Give that one in the environment, or a new one (`openssl rand -hex 32`) if it is lost or there never was one; nothing was deployed.';

/** Whether a query says that there is something sealed; null where there is no such table, nor any of a later version. */
async function isSealed(deployment: Deployment, query: string): Promise<boolean | null> {
  const answer = await ask(deployment, 'd1', 'execute', 'DB', '--remote', '--json', '--command', query);
  const { code, stdout, output } = answer;
  if (isNoDatabase(answer) || (code !== 0 && /no such table: /.test(output))) return null;
  const found = v.safeParse(sealedSchema, stdout);
  if (code !== 0 || !found.success) {
    throw new Stop(
      `${output.trim()}\n\nWhether the database holds what an ENCRYPTION_KEY was used for could not be told; nothing was deployed.`,
    );
  }
  return found.output[0].results[0].sealed !== 0;
}
