import * as v from 'valibot';
import { type AllowedOrigins, parseOrigins } from './http/origins';
import { type Argon2Params, parseArgon2Params } from './passwords';
import { isPublicSecret, MIN_SECRET } from './secrets/deploymentSecrets';

/*
 * Each variable says what it must be. The words are told by `GET /v1/health`, so those of secrets never repeat what was
 * given. Numbers and truths may stand in wrangler.toml without quotes: they arrive as what they are then.
 */

const integer = (min: number, max: number, initial: number) =>
  v.message(
    v.optional(
      v.pipe(
        v.union([v.string(), v.pipe(v.number(), v.transform(String))]),
        v.regex(/^\d{1,15}$/),
        v.transform(Number),
        v.minValue(min),
        v.maxValue(max),
      ),
      `${initial}`,
    ),
    `it must be a whole number from ${min} to ${max}`,
  );

const flag = (initial: 'true' | 'false') =>
  v.message(
    v.pipe(
      v.optional(v.union([v.boolean(), v.picklist(['true', 'false'])]), initial),
      v.transform((value) => value === true || value === 'true'),
    ),
    'it must be true or false',
  );

/** A secret of the deployment. The messages must not repeat what was given. @param what how they call it */
const secret = (what: string) =>
  v.pipe(
    v.string(),
    v.check(
      (key) => !isPublicSecret(key),
      `${what} must not be what .dev.vars.example shows, which is public`,
    ),
    v.minLength(MIN_SECRET, `${what} must have at least ${MIN_SECRET} characters`),
  );

const schema = v.object({
  /** The key with all scopes, which JWTs are signed with too. */
  ROOT_API_KEY: v.pipe(v.optional(v.string('it must be text'), ''), secret('it')),
  PROJECT_ID: v.message(
    v.pipe(v.optional(v.string(), ''), v.regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,35}$/)),
    'it must have 1 to 36 characters of a-z, A-Z, 0-9, period, hyphen and underscore, the first a letter or digit',
  ),
  /** Which pages and apps may call from a browser. */
  ALLOWED_ORIGINS: v.pipe(
    v.optional(v.string('it must be text'), ''),
    v.rawTransform(({ dataset, addIssue, NEVER }): AllowedOrigins => {
      const origins = parseOrigins(dataset.value);
      if (!('problem' in origins)) return origins;
      addIssue({ message: origins.problem });
      return NEVER;
    }),
  ),
  /** Lifetime of a session, in seconds. */
  SESSION_DURATION: integer(60, 10 * 365 * 86_400, 365 * 86_400),
  /** How long a session can live, however often it is extended, in seconds. 0: no limit. */
  SESSION_MAX_LIFETIME: integer(0, 10 * 365 * 86_400, 0),
  /** How long a session lives without being used, in seconds. 0: no limit. */
  SESSION_IDLE_LIMIT: integer(0, 10 * 365 * 86_400, 0),
  /** Live sessions that a user can have opened by signing in; the oldest give way. 0: no limit. */
  SESSION_LIMIT: integer(0, 1000, 10),
  /** Whether a changed password ends the user's other sessions. */
  REVOKE_ON_PASSWORD_CHANGE: flag('true'),
  /** How many of a user's last passwords, the present one included, can't be set again. 0: no limit. */
  PASSWORD_HISTORY: integer(0, 20, 0),
  /** Whether the 10,000 most common passwords are refused. */
  PASSWORD_DICTIONARY: flag('false'),
  /** Whether a password that holds the user's ID, name, e-mail or phone is refused. */
  PASSWORD_PERSONAL_DATA: flag('false'),
  /** What an authenticator app calls the service; the project without it. */
  TOTP_ISSUER: v.optional(
    v.message(v.pipe(v.string(), v.maxLength(64)), 'it must have at most 64 characters'),
    '',
  ),
  /** The secrets that stored secrets are encrypted with, separated by commas: the first encrypts, all decrypt. */
  ENCRYPTION_KEY: v.pipe(
    v.optional(v.string('it must be text'), ''),
    v.transform((value) => value.split(',').map((key) => key.trim())),
    v.transform((keys) => keys.filter((key, at) => at === 0 || key !== '')),
    v.tupleWithRest([secret('each key')], secret('each key')),
  ),
  /** Subrequests that an invocation may make, as Cloudflare's plan has it: 50 on the free one, 1,000 on the paid one. */
  SUBREQUEST_LIMIT: integer(50, 10_000, 50),
  /** Whether webhooks may lead into a network of one's own, such as to this machine. */
  WEBHOOK_ANY_HOST: flag('false'),
  /** How long activity rows are kept, in days. */
  ACTIVITY_RETENTION_DAYS: integer(1, 3650, 365),
  /** Whether the console is served under /console. */
  CONSOLE: flag('true'),
  /** Cost of hashing a password, such as `m=19456,t=2,p=1`. */
  PASSWORD_ARGON2: v.optional(
    v.pipe(
      v.string('it must be text'),
      v.rawTransform(({ dataset, addIssue, NEVER }): Argon2Params => {
        try {
          return parseArgon2Params(dataset.value);
        } catch (error) {
          addIssue({ message: error instanceof Error ? error.message : 'unknown' });
          return NEVER;
        }
      }),
    ),
    '',
  ),
});

/** The deployment's variables, checked and typed; docs/configuration.md lists them. */
export type Config = Readonly<v.InferOutput<typeof schema>>;

/** Which of the variables are secrets: their values are told to nobody. */
const SECRET: readonly string[] = ['ROOT_API_KEY', 'ENCRYPTION_KEY'] satisfies (keyof Config)[];

/** The variables but the secrets, as they are in force: in the words of who set them, else by default. */
export function variablesInForce(
  env: Env,
  config: Config,
): { name: string; value: string; isSet: boolean }[] {
  const given: Readonly<Record<string, unknown>> = { ...env };
  return Object.entries(config)
    .filter(([name]) => !SECRET.includes(name))
    .map(([name, value]) => {
      const isSet = given[name] !== undefined && given[name] !== '';
      return { name, value: isSet ? String(given[name]) : defaultText(value), isSet };
    });
}

function defaultText(value: Config[keyof Config]): string {
  if (Array.isArray(value)) return '';
  if (typeof value !== 'object' || !('memoryCost' in value)) return String(value);
  return `m=${value.memoryCost},t=${value.timeCost},p=${value.threads}`;
}

/** What is wrong with one variable; `reason` never repeats a secret. */
export interface Problem {
  readonly variable: string;
  readonly reason: string;
}

type Reading = { readonly config: Config; readonly problems: readonly [] } | { readonly problems: Problem[] };

const readings = new WeakMap<object, Reading>();

/** A deployment whose variables make no sense. Its message names each one. */
export class ConfigError extends TypeError {
  override readonly name = 'ConfigError';

  constructor(problems: readonly Problem[]) {
    super(
      problems
        .map(({ variable, reason }) => `The variable ${variable} of this deployment is invalid: ${reason}`)
        .join('. '),
    );
  }
}

/**
 * Reads the deployment's variables.
 * @throws ConfigError naming each variable that makes no sense
 */
export function configOf(env: Env): Config {
  const reading = readConfig(env);
  if ('config' in reading) return reading.config;
  throw new ConfigError(reading.problems);
}

/** Who may call from a browser; null while the deployment's variables make no sense. */
export function allowedOriginsOf(env: Env): AllowedOrigins | null {
  const reading = readConfig(env);
  return 'config' in reading ? reading.config.ALLOWED_ORIGINS : null;
}

/** Whether the console is served; not while the deployment's variables make no sense. */
export function isConsoleOn(env: Env): boolean {
  const reading = readConfig(env);
  return 'config' in reading && reading.config.CONSOLE;
}

/** Checks all variables, once an isolate; says in the log which are wrong, and where one runs without a guard. */
function readConfig(env: Env): Reading {
  const known = readings.get(env);
  if (known !== undefined) return known;
  const reading = checkVariables(env);
  readings.set(env, reading);
  if (reading.problems.length > 0) {
    const { message } = new ConfigError(reading.problems);
    console.error(JSON.stringify({ level: 'error', message }));
  }
  const limiter: RateLimit | undefined = env.SIGN_IN_LIMITER;
  if (limiter === undefined) {
    console.warn(
      'No rate limiter is bound as SIGN_IN_LIMITER: nothing shields the database from floods of sign-ins.',
    );
  }
  return reading;
}

function checkVariables(env: Env): Reading {
  const result = v.safeParse(schema, env);
  if (result.success) return { config: result.output, problems: [] };
  const problems = new Map<string, Problem>();
  for (const { path, message } of result.issues) {
    const variable = String(path?.[0]?.key);
    // The first thing that is wrong with a variable is enough to say of it.
    if (!problems.has(variable)) problems.set(variable, { variable, reason: message });
  }
  return { problems: [...problems.values()] };
}
