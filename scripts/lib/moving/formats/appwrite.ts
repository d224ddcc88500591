import * as v from 'valibot';
import { call, type Deployment, read } from '../deployment.ts';
import { type Found, given, Notes, type Row, type Source } from '../source.ts';

/*
 * An Appwrite project, live, by its API with a key of the scopes `users.read` and `teams.read` (appwrite.io/docs): users with
 * their hashes and targets, identities, teams and memberships. It is only read.
 */

const user = v.looseObject({
  $id: v.string(),
  name: v.optional(v.string(), ''),
  email: v.optional(v.string(), ''),
  phone: v.optional(v.string(), ''),
  password: v.nullish(v.string()),
  hash: v.nullish(v.string()),
  hashOptions: v.nullish(v.record(v.string(), v.unknown())),
  passwordUpdate: v.optional(v.string(), ''),
  status: v.optional(v.boolean(), true),
  labels: v.optional(v.array(v.string()), []),
  prefs: v.optional(v.record(v.string(), v.unknown()), {}),
  emailVerification: v.optional(v.boolean(), false),
  phoneVerification: v.optional(v.boolean(), false),
  mfa: v.optional(v.boolean(), false),
  registration: v.optional(v.string(), ''),
  accessedAt: v.optional(v.string(), ''),
  targets: v.optional(
    v.array(
      v.looseObject({
        $id: v.string(),
        name: v.optional(v.string(), ''),
        providerType: v.string(),
        providerId: v.nullish(v.string()),
        identifier: v.string(),
        expired: v.optional(v.boolean(), false),
      }),
    ),
    [],
  ),
});

const identity = v.looseObject({
  $id: v.string(),
  userId: v.string(),
  provider: v.string(),
  providerUid: v.string(),
  providerEmail: v.optional(v.string(), ''),
});

const membership = v.looseObject({
  $id: v.string(),
  userId: v.string(),
  teamId: v.string(),
  teamName: v.optional(v.string(), ''),
  roles: v.optional(v.array(v.string()), []),
  confirm: v.optional(v.boolean(), true),
});

const team = v.looseObject({
  $id: v.string(),
  name: v.string(),
  prefs: v.optional(v.record(v.string(), v.unknown()), {}),
});

/** Rows of a page. */
const PAGE = 100;

type User = v.InferOutput<typeof user>;
type Identity = v.InferOutput<typeof identity>;
type Membership = v.InferOutput<typeof membership>;

/** @param to where teams are made, with their preferences: rows alone would make none that has nobody in it */
export function appwrite(from: Deployment, to: Deployment | null): Source {
  const notes = new Notes();
  let done = 0;
  let total = 0;
  async function* records(): AsyncGenerator<Found> {
    const identities = Map.groupBy(
      await all(from, '/users/identities', 'identities', identity),
      (one) => one.userId,
    );
    const memberships = await readTeams(from, to);
    done = 0;
    for await (const page of pages(from, '/users', 'users', user)) {
      total = page.total;
      for (const found of page.rows) {
        done += 1;
        const own = {
          identities: identities.get(found.$id) ?? [],
          memberships: memberships.get(found.$id) ?? [],
        };
        yield { source: found, row: rowOf(found, own, notes) };
      }
    }
  }
  return { read: records, progress: () => ({ done, total }), notes: () => notes.all() };
}

/** All memberships by user; makes the teams on the way. */
async function readTeams(from: Deployment, to: Deployment | null): Promise<Map<string, Membership[]>> {
  const found: Membership[] = [];
  for (const one of await all(from, '/teams', 'teams', team)) {
    if (to !== null) await makeTeam(to, one);
    found.push(...(await all(from, `/teams/${one.$id}/memberships`, 'memberships', membership)));
  }
  return Map.groupBy(found, ({ userId }) => userId);
}

async function makeTeam(
  to: Deployment,
  { $id: teamId, name, prefs }: v.InferOutput<typeof team>,
): Promise<void> {
  const body = JSON.stringify({ teamId, name });
  const isThere = await call(to, '/teams', { method: 'POST', body }).then(
    () => false,
    (error: unknown) => {
      if (!/already exists/.test(String(error))) throw error;
      return true;
    },
  );
  if (isThere || Object.keys(prefs).length === 0) return;
  await call(to, `/teams/${teamId}/prefs`, { method: 'PUT', body: JSON.stringify({ prefs }) });
}

async function* pages<Schema extends v.GenericSchema<unknown, { readonly $id: string }>>(
  from: Deployment,
  path: string,
  name: string,
  schema: Schema,
) {
  let after: string | undefined;
  do {
    const queries = [
      { method: 'limit', values: [PAGE] },
      ...(after === undefined ? [] : [{ method: 'cursorAfter', values: [after] }]),
    ];
    const asked = queries.map((query) => `queries[]=${encodeURIComponent(JSON.stringify(query))}`).join('&');
    const answer = await read(from, `${path}?${asked}`, v.looseObject({ total: v.number() }));
    const rows = v.parse(v.array(schema), answer[name]);
    yield { rows, total: answer.total };
    after = rows.length < PAGE ? undefined : rows.at(-1)?.$id;
  } while (after !== undefined);
}

async function all<Schema extends v.GenericSchema<unknown, { readonly $id: string }>>(
  from: Deployment,
  path: string,
  name: string,
  schema: Schema,
): Promise<v.InferOutput<Schema>[]> {
  const found: v.InferOutput<Schema>[] = [];
  for await (const { rows } of pages(from, path, name, schema)) found.push(...rows);
  return found;
}

const ALGORITHMS = ['argon2', 'bcrypt', 'md5', 'phpass', 'sha', 'scrypt', 'scryptMod'];

function rowOf(
  found: User,
  { identities, memberships }: { identities: readonly Identity[]; memberships: readonly Membership[] },
  notes: Notes,
): Row {
  const targets = found.targets
    .filter(
      ({ identifier, name, providerId }) => !isOwn(found, identifier) || name !== '' || Boolean(providerId),
    )
    .map(({ $id: targetId, name, providerType, providerId, identifier, expired }) =>
      given({ targetId, name, providerType, providerId, identifier, ...(expired ? { expired } : {}) }),
    );
  if (found.mfa) notes.add('second factor, which Appwrite does not tell: its user has to set it up anew');
  return given({
    userId: found.$id,
    email: found.email,
    phone: found.phone,
    name: found.name,
    ...hashOf(found, notes),
    passwordUpdate: found.password ? found.passwordUpdate : undefined,
    status: found.status,
    labels: found.labels,
    prefs: found.prefs,
    emailVerification: found.emailVerification,
    phoneVerification: found.phoneVerification,
    mfa: found.mfa,
    registration: found.registration,
    accessedAt: found.accessedAt,
    targets: targets.length > 0 ? targets : undefined,
    identities: identities.map(({ $id: identityId, provider, providerUid, providerEmail }) =>
      given({ identityId, provider: provider.toLowerCase(), providerUid, providerEmail }),
    ),
    memberships: memberships.map(({ $id: membershipId, teamId, teamName, roles, confirm }) =>
      given({ membershipId, teamId, teamName, roles, ...(confirm ? {} : { confirm }) }),
    ),
  });
}

/** The target of an address or number that the user has itself comes by itself. */
const isOwn = ({ email, phone }: User, identifier: string) => identifier === email || identifier === phone;

function hashOf({ password, hash, hashOptions }: User, notes: Notes) {
  if (!password) return {};
  if (hash === null || hash === undefined || !ALGORITHMS.includes(hash)) {
    notes.add(`password hashed by ${hash ?? 'nobody knows what'}, which can not be verified here`);
    return {};
  }
  return { hash: password, algorithm: hash, hashOptions: hashOptions ?? undefined };
}
