/** The part of `node:crypto` used here; workerd has it under `nodejs_compat`, @cloudflare/workers-types lacks it. */
declare module 'node:crypto' {
  export function timingSafeEqual(a: Uint8Array, b: Uint8Array): boolean;
  export function scryptSync(
    password: Uint8Array,
    salt: Uint8Array,
    length: number,
    options: { N: number; r: number; p: number; maxmem: number },
  ): Uint8Array<ArrayBuffer>;
}
