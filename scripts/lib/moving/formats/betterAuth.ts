import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { Stop } from '../../stop.ts';
import { parseJson, TextFile } from '../files.ts';
import { idFor, providerFor } from '../ids.ts';
import { type Found, given, Notes, type Source } from '../source.ts';

/*
 * The tables of better-auth as one JSON object: `user` and `account` (better-auth.com/docs, "Database"), and of its plugins
 * `organization` and `member`. Passwords are those of accounts of the provider `credential`.
 */

const time = v.nullish(v.union([v.string(), v.number()]));
const id = v.union([v.string(), v.number()]);

const user = v.looseObject({
  id,
  name: v.nullish(v.string()),
  email: v.nullish(v.string()),
  emailVerified: v.nullish(v.unknown()),
  image: v.nullish(v.string()),
  createdAt: time,
  phoneNumber: v.nullish(v.string()),
  phoneNumberVerified: v.nullish(v.unknown()),
  twoFactorEnabled: v.nullish(v.unknown()),
  banned: v.nullish(v.unknown()),
  banExpires: time,
  role: v.nullish(v.string()),
  username: v.nullish(v.string()),
});
const account = v.looseObject({
  userId: id,
  providerId: v.string(),
  accountId: id,
  password: v.nullish(v.string()),
});
const organization = v.looseObject({ id, name: v.nullish(v.string()) });
const member = v.looseObject({ userId: id, organizationId: id, role: v.nullish(v.string()) });

export function betterAuth(path: string): Source {
  // Told at once where there is none.
  new TextFile(path);
  const notes = new Notes();
  async function* read(): AsyncGenerator<Found> {
    const tables = readTables(path);
    const accounts = groupByUser(rowsOf(tables, ['account', 'accounts'], account));
    const members = groupByUser(rowsOf(tables, ['member', 'members'], member));
    const teams = new Map(
      rowsOf(tables, ['organization', 'organizations'], organization).map((one) => [
        String(one.id),
        one.name,
      ]),
    );
    for (const found of tables.user ?? tables.users ?? []) {
      const checked = v.safeParse(user, found);
      if (!checked.success) {
        yield { source: found, problem: 'It is no user of better-auth: it has no id.' };
        continue;
      }
      const { output } = checked;
      const own = {
        accounts: accounts.get(String(output.id)) ?? [],
        members: members.get(String(output.id)) ?? [],
        teams,
      };
      yield { source: output, row: rowOf(output, own, notes) };
    }
  }
  return { read, progress: () => null, notes: () => notes.all() };
}

type Tables = Readonly<Record<string, readonly unknown[] | undefined>>;

function readTables(path: string): Tables {
  const parsed = parseJson(readFileSync(path, 'utf8').replace(/^\ufeff/, ''));
  const checked = v.safeParse(
    v.record(v.string(), v.array(v.unknown())),
    'value' in parsed ? parsed.value : null,
  );
  if (!checked.success || !('user' in checked.output || 'users' in checked.output))
    throw new Stop(`${path} is no JSON object of tables: {"user": […], "account": […]}`);
  return checked.output;
}

function rowsOf<Schema extends v.GenericSchema>(tables: Tables, names: readonly string[], schema: Schema) {
  return names
    .flatMap((name) => tables[name] ?? [])
    .flatMap((row) => {
      const checked = v.safeParse(schema, row);
      return checked.success ? [checked.output] : [];
    });
}

function groupByUser<Item extends { readonly userId: string | number }>(items: readonly Item[]) {
  return Map.groupBy(items, ({ userId }) => String(userId));
}

interface Own {
  readonly accounts: readonly v.InferOutput<typeof account>[];
  readonly members: readonly v.InferOutput<typeof member>[];
  readonly teams: ReadonlyMap<string, string | null | undefined>;
}

const isTrue = (value: unknown) => value === true || value === 1 || value === '1' || value === 't';

function rowOf(found: v.InferOutput<typeof user>, { accounts, members, teams }: Own, notes: Notes) {
  const hash = accounts.find(({ providerId, password }) => providerId === 'credential' && password)?.password;
  if (isTrue(found.twoFactorEnabled)) notes.add('second factor, which its user has to set up anew');
  const identities = accounts
    .filter(({ providerId }) => providerId !== 'credential')
    .map(({ providerId, accountId }) => ({
      provider: providerFor(providerId),
      providerUid: String(accountId),
    }));
  const memberships = members.map(({ organizationId, role }) =>
    given({
      teamId: idFor(String(organizationId)),
      teamName: teams.get(String(organizationId)),
      roles: (role ?? '')
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== ''),
    }),
  );
  const isBanned =
    isTrue(found.banned) && !(found.banExpires && new Date(found.banExpires).getTime() < Date.now());
  const prefs = given({ image: found.image, username: found.username });
  const labels = (found.role ?? '')
    .split(',')
    .filter((role) => /^[a-zA-Z0-9]{1,36}$/.test(role) && role !== 'user');
  return given({
    userId: idFor(String(found.id)),
    email: found.email,
    phone: found.phoneNumber,
    name: found.name,
    ...(hash ? hashOf(hash) : {}),
    status: isBanned ? false : undefined,
    emailVerification: isTrue(found.emailVerified),
    phoneVerification: found.phoneNumber ? isTrue(found.phoneNumberVerified) : undefined,
    registration: timeOf(found.createdAt),
    labels: labels.length > 0 ? labels : undefined,
    prefs: Object.keys(prefs).length > 0 ? prefs : undefined,
    identities: identities.length > 0 ? identities : undefined,
    memberships: memberships.length > 0 ? memberships : undefined,
  });
}

function timeOf(time: string | number | null | undefined): string | undefined {
  const date = new Date(time ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** Its own, unless the deployment had set another: bcrypt and argon2 tell themselves by how they begin. */
function hashOf(hash: string) {
  if (/^\$2[aby]\$/.test(hash)) return { hash, algorithm: 'bcrypt' };
  return { hash, algorithm: hash.startsWith('$argon2') ? 'argon2' : 'better-auth' };
}
