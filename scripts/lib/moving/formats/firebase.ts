import * as v from 'valibot';
import { Stop } from '../../stop.ts';
import { parseJson, TextFile } from '../files.ts';
import { idFor, providerFor } from '../ids.ts';
import { type Found, given, Notes, type Source } from '../source.ts';

/*
 * `firebase auth:export users.json --format=JSON` (firebase.google.com/docs/cli/auth): hashes and salts are base64, times
 * milliseconds as text. What the hashes were made with is told by the console alone: "Password hash parameters".
 */

const user = v.looseObject({
  localId: v.string(),
  email: v.optional(v.string()),
  emailVerified: v.optional(v.boolean()),
  passwordHash: v.optional(v.string()),
  salt: v.optional(v.string()),
  displayName: v.optional(v.string()),
  photoUrl: v.optional(v.string()),
  phoneNumber: v.optional(v.string()),
  createdAt: v.optional(v.union([v.string(), v.number()])),
  lastSignedInAt: v.optional(v.union([v.string(), v.number()])),
  disabled: v.optional(v.boolean()),
  customAttributes: v.optional(v.string()),
  mfaInfo: v.optional(v.array(v.unknown())),
  providerUserInfo: v.optional(
    v.array(
      v.looseObject({ providerId: v.string(), rawId: v.optional(v.string()), email: v.optional(v.string()) }),
    ),
  ),
});

export interface FirebaseOptions {
  /** `base64_signer_key` and `base64_salt_separator`. */
  readonly signerKey: string | undefined;
  readonly saltSeparator: string | undefined;
  readonly rounds: number;
  readonly memCost: number;
}

/** @throws Stop for costs that nobody but Firebase could verify here */
export function firebase(path: string, options: FirebaseOptions): Source {
  if (options.rounds !== 8 || options.memCost !== 14)
    throw new Stop(
      'Hashes of Firebase with other rounds than 8, or another mem_cost than 14, can not be verified.',
    );
  const file = new TextFile(path);
  const notes = new Notes();
  async function* read(): AsyncGenerator<Found> {
    for await (const text of file.elements('users')) {
      const parsed = parseJson(text);
      const checked = v.safeParse(user, 'value' in parsed ? parsed.value : null);
      if (checked.success) yield { source: checked.output, row: rowOf(checked.output, options, notes) };
      else yield { source: text, problem: 'It is no user of Firebase: it has no localId.' };
    }
  }
  return { read, progress: () => file.progress(), notes: () => notes.all() };
}

function rowOf(found: v.InferOutput<typeof user>, options: FirebaseOptions, notes: Notes) {
  const { signerKey, saltSeparator } = options;
  const hasHash = Boolean(found.passwordHash && found.salt);
  if (hasHash && (signerKey === undefined || saltSeparator === undefined)) {
    throw new Stop(
      'The file has passwords: give --signer-key and --salt-separator, from "Password hash parameters" of the Firebase console.',
    );
  }
  if ((found.mfaInfo?.length ?? 0) > 0) notes.add('second factor by phone, which this service has not');
  const claims = found.customAttributes === undefined ? undefined : parseJson(found.customAttributes);
  const prefs = given({
    photoUrl: found.photoUrl,
    claims: claims && 'value' in claims ? claims.value : undefined,
  });
  const identities = (found.providerUserInfo ?? [])
    .filter(({ providerId, rawId }) => rawId !== undefined && !['password', 'phone'].includes(providerId))
    .map(({ providerId, rawId, email }) =>
      given({ provider: providerFor(providerId), providerUid: rawId, providerEmail: email }),
    );
  return given({
    userId: idFor(found.localId),
    email: found.email,
    phone: found.phoneNumber,
    name: found.displayName,
    ...(hasHash
      ? {
          hash: found.passwordHash,
          algorithm: 'scryptMod',
          hashOptions: { salt: found.salt, saltSeparator, signerKey },
        }
      : {}),
    status: found.disabled === true ? false : undefined,
    emailVerification: found.emailVerified,
    phoneVerification: found.phoneNumber === undefined ? undefined : true,
    registration: timeOf(found.createdAt),
    accessedAt: timeOf(found.lastSignedInAt),
    prefs: Object.keys(prefs).length > 0 ? prefs : undefined,
    identities: identities.length > 0 ? identities : undefined,
  });
}

function timeOf(ms: string | number | undefined): string | undefined {
  const time = Number(ms);
  return Number.isFinite(time) && time > 0 ? new Date(time).toISOString() : undefined;
}
