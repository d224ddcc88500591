import * as v from 'valibot';
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

/** What a secret of the deployment must have: somebody with a JWT could try a short one at leisure, offline. */
const MIN_SECRET = 32;

const schema = v.object({
  /** The key with all scopes, which JWTs are signed with too. The message must not repeat what was given. */
  ROOT_API_KEY: v.pipe(v.string(), v.minLength(MIN_SECRET, `it must have at least ${MIN_SECRET} characters`)),
  PROJECT_ID: v.pipe(v.string(), v.regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,35}$/)),
  /** Lifetime of a session, in seconds. */
  SESSION_DURATION: integer(60, 10 * 365 * 86_400, 365 * 86_400),
  /** Live sessions that a user can have; the oldest give way. 0: no limit. */
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
  /**
   * The secrets that stored secrets are encrypted with, separated by commas: the first encrypts, all decrypt. The
   * messages must not repeat what was given.
   */
  ENCRYPTION_KEY: v.pipe(
    v.optional(v.string(), ''),
    v.transform((value) => value.split(',').map((key) => key.trim())),
    v.transform((keys) => keys.filter((key) => key !== '')),
    v.everyItem((key) => key.length >= MIN_SECRET, `each key must have at least ${MIN_SECRET} characters`),
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
