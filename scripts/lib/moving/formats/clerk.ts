import { TextFile } from '../files.ts';
import { idFor } from '../ids.ts';
import { type Found, given, Notes, type Row, type Source } from '../source.ts';

/*
 * The CSV of Clerk's dashboard, "Export users" (clerk.com/docs, "Export your users from Clerk"): with password digests, and
 * without metadata and accounts of other providers.
 */

/** Clerk's names of what we can verify. */
const HASHERS: Readonly<Record<string, string>> = {
  bcrypt: 'bcrypt',
  argon2i: 'argon2',
  argon2id: 'argon2',
  md5: 'md5',
  phpass: 'phpass',
  sha256: 'sha',
};

export function clerk(path: string): Source {
  const file = new TextFile(path);
  const notes = new Notes();
  async function* read(): AsyncGenerator<Found> {
    for await (const record of file.records()) {
      if (record.id) yield { source: record, row: rowOf(record, notes) };
      else yield { source: record, problem: 'It is no user of Clerk: it has no id.' };
    }
  }
  return { read, progress: () => file.progress(), notes: () => notes.all() };
}

function rowOf(record: Readonly<Record<string, string>>, notes: Notes): Row {
  const { primary_email_address: email, primary_phone_number: phone, username } = record;
  if (record.totp_secret) notes.add('authenticator app, which its user has to set up anew');
  const others = [...listed(record.verified_email_addresses), ...listed(record.unverified_email_addresses)];
  const targets = [...new Set(others)]
    .filter((one) => one.toLowerCase() !== email?.toLowerCase())
    .map((identifier) => ({ providerType: 'email', identifier }));
  const prefs = given({ username });
  return given({
    userId: idFor(record.id ?? ''),
    email,
    phone,
    name: `${record.first_name ?? ''} ${record.last_name ?? ''}`.trim() || username,
    ...hashOf(record, notes),
    emailVerification: email ? listed(record.verified_email_addresses).includes(email) : undefined,
    phoneVerification: phone ? listed(record.verified_phone_numbers).includes(phone) : undefined,
    targets: targets.length > 0 ? targets : undefined,
    prefs: Object.keys(prefs).length > 0 ? prefs : undefined,
  });
}

function hashOf(
  { password_digest: hash, password_hasher: hasher = '' }: Readonly<Record<string, string>>,
  notes: Notes,
) {
  if (!hash) return {};
  const algorithm = HASHERS[hasher];
  if (algorithm === undefined) {
    notes.add(`password hashed by ${hasher || 'nobody knows what'}, which can not be verified here`);
    return {};
  }
  return { hash, algorithm, ...(algorithm === 'sha' ? { hashOptions: { version: 'sha256' } } : {}) };
}

/** Several values in a cell. */
function listed(cell: string | undefined): string[] {
  return (cell ?? '')
    .split(/[|,;\s]+/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
}
