import * as v from 'valibot';
import { type HashAlgorithm, type ImportParameters, refuse } from './algorithm';
import { decodeBase64, sameBytes, utf8 } from './encoding';
import { minDigestBytes } from './limits';
import { scrypt } from './scryptNative';

/** All three are base64. The signer key is the Firebase project's, the same for all of its users. */
export const scryptModifiedOptions = v.object({
  type: v.literal('scryptMod'),
  salt: v.string(),
  saltSeparator: v.string(),
  signerKey: v.string(),
});
type Options = v.InferOutput<typeof scryptModifiedOptions>;

/** Firebase's rounds 8 and mem_cost 14: what its projects have, and all that Appwrite knows. 16 MiB. */
const firebaseCost = { N: 2 ** 14, r: 8, p: 1 };

/**
 * Firebase's modified scrypt (github.com/firebase/scrypt), in base64: of imported hashes only. The first half of the
 * scrypt digest is the AES-256-CTR key that encrypts the signer key, and the ciphertext is the hash.
 */
export const scryptModified = {
  name: 'scryptMod',

  async verify(plain, hash, options) {
    const parsed = v.safeParse(scryptModifiedOptions, options);
    const digest = decodeBase64(hash);
    if (!parsed.success || !digest) return false;
    const { salt, saltSeparator, signerKey } = decode(parsed.output);
    if (!salt || !saltSeparator || !isSignerKey(signerKey)) return false;
    if (signerKey.length !== digest.length) return false;
    const saltBytes = new Uint8Array([...salt, ...saltSeparator]);
    const key = scrypt(utf8(plain), saltBytes, 64, firebaseCost).subarray(0, 32);
    return sameBytes(await encrypt(key, signerKey), digest);
  },

  checkImport(hash, parameters) {
    const options = readOptions(parameters);
    const { salt, saltSeparator, signerKey } = decode(options);
    if (!salt?.length) return refuse('passwordSalt', "Must be the user's salt in base64.");
    if (!saltSeparator?.length)
      return refuse('passwordSaltSeparator', "Must be Firebase's salt separator in base64.");
    if (!isSignerKey(signerKey)) {
      return refuse(
        'passwordSignerKey',
        `Must be Firebase's signer key in base64, at least ${minDigestBytes} bytes.`,
      );
    }
    if (decodeBase64(hash)?.length !== signerKey.length) {
      return refuse(
        'password',
        `Must be a hash in base64, as long as the signer key: ${signerKey.length} bytes.`,
      );
    }
    return { ok: true, options };
  },
} satisfies HashAlgorithm<Options>;

function readOptions(given: ImportParameters): Options {
  const {
    passwordSalt: salt = '',
    passwordSaltSeparator: saltSeparator = '',
    passwordSignerKey: signerKey = '',
  } = given;
  return { type: 'scryptMod', salt, saltSeparator, signerKey };
}

function decode({ salt, saltSeparator, signerKey }: Options) {
  return {
    salt: decodeBase64(salt),
    saltSeparator: decodeBase64(saltSeparator),
    signerKey: decodeBase64(signerKey),
  };
}

/** The hash is as long as the signer key, so a short key would make a hash that other passwords give too. */
function isSignerKey(key: Uint8Array<ArrayBuffer> | undefined): key is Uint8Array<ArrayBuffer> {
  return key !== undefined && key.length >= minDigestBytes;
}

/** AES-256-CTR from a counter of zero, as Firebase does: each key encrypts one text only. */
async function encrypt(rawKey: Uint8Array, data: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey('raw', rawKey, 'AES-CTR', false, ['encrypt']);
  return new Uint8Array(
    await crypto.subtle.encrypt({ name: 'AES-CTR', counter: new Uint8Array(16), length: 64 }, key, data),
  );
}
