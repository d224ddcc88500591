/**
 * What one verification of a stored hash may use. An imported hash chooses its own cost, and anyone may then ask for
 * it by trying to sign in; so the cost is bounded where the hash comes in, and again where it is verified.
 */

/**
 * 64 MiB: a Worker's isolate has 128 MB for everything, and going over it ends the isolate with its other requests.
 * It holds PHP's, node-argon2's and libsodium's interactive settings and all of OWASP's, except scrypt's N = 2^17.
 */
export const maxMemoryBytes = 64 * 1024 * 1024;

/*
 * CPU: each bound below is at most two and a half seconds in workerd on a 2026 server core. A Worker has one thread, so
 * that is how long the isolate's other requests wait; the paid plan's limit (30 s by default) is far off.
 */

/** argon2: memory in KiB times passes. PHP's default, 64 MiB and 4 passes, is a quarter of it. */
export const maxArgon2Work = 2 ** 20;

/** bcrypt: the cost's exponent. The usual costs are 10 to 12; Appwrite's own tests import a 15. */
export const maxBcryptCost = 15;

/** scrypt: N * r * p. The runtime itself refuses more (workerd's limit-enforcer.h); OWASP's settings need no more. */
export const maxScryptWork = 2 ** 20;

/** phpass: log2 of the MD5 rounds; WordPress has 13, phpBB 11. */
export const maxPhpassLog2 = 16;

/**
 * Shortest digest, in bytes, that an import may have: with fewer, a wrong password could match by chance or a found
 * one be made to match. 128 bits is MD5's length, the shortest digest in use.
 */
export const minDigestBytes = 16;
