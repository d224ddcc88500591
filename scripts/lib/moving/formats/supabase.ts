import { parseJson, TextFile } from '../files.ts';
import { idFor, providerFor } from '../ids.ts';
import { type Found, given, Notes, type Row, type Source } from '../source.ts';

/*
 * The table auth.users of Supabase as CSV, by its SQL editor or `\copy auth.users TO … CSV HEADER`; passwords are bcrypt's.
 * Accounts of other providers are in the table auth.identities, a CSV file of its own.
 */

/** @param identities the CSV file of auth.identities, if there is one */
export function supabase(path: string, identities: string | undefined): Source {
  const file = new TextFile(path);
  const others = identities === undefined ? undefined : new TextFile(identities);
  const notes = new Notes();
  async function* read(): AsyncGenerator<Found> {
    const accounts = others === undefined ? new Map<string, Row[]>() : await readIdentities(others);
    for await (const record of file.records()) {
      if (!record.id) yield { source: record, problem: 'It is no row of auth.users: it has no id.' };
      else if (record.deleted_at) notes.add('user that was deleted already');
      else yield { source: record, row: rowOf(record, accounts.get(record.id) ?? []) };
    }
  }
  return { read, progress: () => file.progress(), notes: () => notes.all() };
}

async function readIdentities(file: TextFile): Promise<Map<string, Row[]>> {
  const accounts = new Map<string, Row[]>();
  for await (const record of file.records()) {
    const { user_id: user = '', provider = '', provider_id: uid } = record;
    if (['email', 'phone', ''].includes(provider)) continue;
    const data = objectOf(record.identity_data);
    const account = given({
      provider: providerFor(provider),
      providerUid: uid || String(data.sub ?? record.id ?? ''),
      providerEmail: record.email || data.email,
    });
    accounts.set(user, [...(accounts.get(user) ?? []), account]);
  }
  return accounts;
}

function rowOf(record: Readonly<Record<string, string>>, identities: readonly Row[]): Row {
  const metadata = objectOf(record.raw_user_meta_data);
  const { phone } = record;
  const name = [metadata.full_name, metadata.name, metadata.display_name].find(
    (one) => typeof one === 'string',
  );
  const banned = record.banned_until ? Date.parse(record.banned_until) : Number.NaN;
  return given({
    userId: idFor(record.id ?? ''),
    email: record.email,
    // Kept there without its sign.
    phone: phone ? `+${phone.replace(/^\+/, '')}` : undefined,
    name,
    ...(record.encrypted_password ? { hash: record.encrypted_password, algorithm: 'bcrypt' } : {}),
    status: banned > Date.now() ? false : undefined,
    emailVerification: Boolean(record.email && (record.email_confirmed_at || record.confirmed_at)),
    phoneVerification: Boolean(phone && record.phone_confirmed_at),
    registration: record.created_at,
    accessedAt: record.last_sign_in_at,
    prefs: Object.keys(metadata).length > 0 ? metadata : undefined,
    identities: identities.length > 0 ? identities : undefined,
  });
}

function objectOf(cell: string | undefined): Record<string, unknown> {
  const parsed = parseJson(cell || '{}');
  const value = 'value' in parsed ? parsed.value : {};
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}
