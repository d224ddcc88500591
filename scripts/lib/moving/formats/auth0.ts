import * as v from 'valibot';
import { parseJson, TextFile } from '../files.ts';
import { idFor, providerFor } from '../ids.ts';
import { type Found, given, Notes, type Source } from '../source.ts';

/*
 * A user export job of Auth0 (auth0.com/docs, "Bulk User Exports"), a user a line. Passwords are in a file of their own,
 * which Auth0's support makes: a line has `_id.$oid`, the `email` and the `passwordHash`, a bcrypt one.
 */

const user = v.looseObject({
  user_id: v.string(),
  email: v.nullish(v.string()),
  email_verified: v.nullish(v.boolean()),
  phone_number: v.nullish(v.string()),
  phone_verified: v.nullish(v.boolean()),
  name: v.nullish(v.string()),
  given_name: v.nullish(v.string()),
  family_name: v.nullish(v.string()),
  picture: v.nullish(v.string()),
  blocked: v.nullish(v.boolean()),
  created_at: v.nullish(v.string()),
  last_login: v.nullish(v.string()),
  user_metadata: v.nullish(v.record(v.string(), v.unknown())),
  app_metadata: v.nullish(v.record(v.string(), v.unknown())),
  multifactor: v.nullish(v.array(v.unknown())),
  identities: v.nullish(
    v.array(v.looseObject({ provider: v.string(), user_id: v.union([v.string(), v.number()]) })),
  ),
});

const password = v.looseObject({
  _id: v.looseObject({ $oid: v.string() }),
  passwordHash: v.string(),
});

/** @param hashes the file of passwords, if there is one */
export function auth0(path: string, hashes: string | undefined): Source {
  const file = new TextFile(path);
  const passwords = hashes === undefined ? undefined : new TextFile(hashes);
  const notes = new Notes();
  async function* read(): AsyncGenerator<Found> {
    const known = passwords === undefined ? new Map<string, string>() : await readPasswords(passwords);
    for await (const line of file.lines()) {
      const parsed = parseJson(line);
      const checked = v.safeParse(user, 'value' in parsed ? parsed.value : null);
      if (checked.success) yield { source: checked.output, row: rowOf(checked.output, known, notes) };
      else yield { source: line, problem: 'It is no user of Auth0: it has no user_id.' };
    }
  }
  return { read, progress: () => file.progress(), notes: () => notes.all() };
}

async function readPasswords(file: TextFile): Promise<Map<string, string>> {
  const known = new Map<string, string>();
  for await (const line of file.lines()) {
    const parsed = parseJson(line);
    const checked = v.safeParse(password, 'value' in parsed ? parsed.value : null);
    if (checked.success) known.set(checked.output._id.$oid, checked.output.passwordHash);
  }
  return known;
}

/** Accounts of Auth0 itself: a password, or a code by e-mail or text message. */
const OWN = ['auth0', 'email', 'sms'];

function rowOf(found: v.InferOutput<typeof user>, passwords: ReadonlyMap<string, string>, notes: Notes) {
  const [provider = '', ...rest] = found.user_id.split('|');
  const id = rest.join('|');
  const hash = passwords.get(id);
  if (provider === 'auth0' && hash === undefined) notes.add('password that no file of --hashes tells');
  if ((found.multifactor?.length ?? 0) > 0) notes.add('second factor, which Auth0 does not export');
  const whole = `${found.given_name ?? ''} ${found.family_name ?? ''}`.trim();
  const prefs = given({ ...found.user_metadata, picture: found.picture, app_metadata: found.app_metadata });
  const identities = (found.identities ?? [])
    .filter((one) => !OWN.includes(one.provider))
    .map((one) => ({ provider: providerFor(one.provider), providerUid: String(one.user_id) }));
  // Where there is no other name, Auth0's is the address.
  const name = found.name && found.name !== found.email ? found.name : whole;
  return given({
    userId: idFor(provider === 'auth0' ? id : found.user_id),
    email: found.email,
    phone: found.phone_number,
    name: name.slice(0, 128),
    ...(hash === undefined ? {} : { hash, algorithm: 'bcrypt' }),
    status: found.blocked === true ? false : undefined,
    emailVerification: found.email_verified,
    phoneVerification: found.phone_verified,
    registration: found.created_at,
    accessedAt: found.last_login,
    prefs: Object.keys(prefs).length > 0 ? prefs : undefined,
    identities: identities.length > 0 ? identities : undefined,
  });
}
