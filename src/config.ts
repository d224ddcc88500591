import * as v from 'valibot';
import { isPublicSecret, MIN_SECRET } from './auth/deploymentSecrets';
import { type Argon2Params, parseArgon2Params } from './passwords';

const integer = (min: number, max: number, initial: number) =>
  v.optional(
    v.pipe(v.string(), v.regex(/^\d+$/), v.transform(Number), v.minValue(min), v.maxValue(max)),
    `${initial}`,
  );

const flag = (initial: 'true' | 'false') =>
  v.pipe(
    v.optional(v.picklist(['true', 'false']), initial),
    v.transform((value) => value === 'true'),
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
  ROOT_API_KEY: secret('it'),
  PROJECT_ID: v.pipe(v.string(), v.regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,35}$/)),
  /** Lifetime of a session, in seconds. */
  SESSION_DURATION: integer(60, 10 * 365 * 86_400, 365 * 86_400),
  /** How long a session can live, however often it is extended, in seconds. 0: no limit. */
  SESSION_MAX_LIFETIME: integer(0, 10 * 365 * 86_400, 0),
  /** How long a session lives without being used, in seconds. 0: as long as any. */
  SESSION_IDLE_LIMIT: integer(0, 10 * 365 * 86_400, 0),
  /** Live sessions that a user can have opened by signing in; the oldest give way. 0: no limit. */
  SESSION_LIMIT: integer(0, 1000, 10),
  /** Whether a changed password ends the user's other sessions. */
  REVOKE_ON_PASSWORD_CHANGE: flag('true'),
  /** Of how many passwords, the present one included, none can be set again. 0: any can. */
  PASSWORD_HISTORY: integer(0, 20, 0),
  /** Whether the 10,000 most common passwords are refused. */
  PASSWORD_DICTIONARY: flag('false'),
  /** Whether a password that holds the user's ID, name, e-mail or phone is refused. */
  PASSWORD_PERSONAL_DATA: flag('false'),
  /** What an authenticator app calls the service; the project without it. */
  TOTP_ISSUER: v.optional(v.pipe(v.string(), v.maxLength(64)), ''),
  /** The secrets that stored secrets are encrypted with, separated by commas: the first encrypts, all decrypt. */
  ENCRYPTION_KEY: v.pipe(
    v.string(),
    v.transform((value) => value.split(',').map((key) => key.trim())),
    v.transform((keys) => keys.filter((key, at) => at === 0 || key !== '')),
    v.tupleWithRest([secret('each key')], secret('each key')),
  ),
  /** How long activity rows are kept, in days. */
  ACTIVITY_RETENTION_DAYS: integer(1, 3650, 365),
  /** Cost of hashing a password, such as `m=19456,t=2,p=1`. */
  PASSWORD_ARGON2: v.optional(
    v.pipe(
      v.string(),
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

const parsed = new WeakMap<object, Config>();

/**
 * Reads the deployment's variables, once an isolate; says in the log where one runs without a guard.
 * @throws TypeError naming the variable that makes no sense
 */
export function configOf(env: Env): Config {
  const known = parsed.get(env);
  if (known !== undefined) return known;
  const result = v.safeParse(schema, env);
  if (!result.success) {
    const [issue] = result.issues;
    throw new TypeError(
      `The variable ${String(issue.path?.[0]?.key)} of this deployment is invalid: ${issue.message}`,
    );
  }
  parsed.set(env, result.output);
  const limiter: RateLimit | undefined = env.SIGN_IN_LIMITER;
  if (limiter === undefined) {
    console.warn(
      'No rate limiter is bound as SIGN_IN_LIMITER: nothing shields the database from floods of sign-ins.',
    );
  }
  return result.output;
}
