import { scryptSync } from 'node:crypto';
import { maxMemoryBytes, maxScryptWork } from './limits';

/** scrypt's cost: N (cpu), r (memory, in blocks of 128 bytes), p (parallel). */
export type ScryptCost = { N: number; r: number; p: number };

/**
 * scrypt (RFC 7914) by the runtime's own implementation. It frees its memory when it returns; one in JavaScript takes
 * two to three times as long and leaves up to 64 MiB to a garbage collector that comes too late (measured in workerd).
 */
export function scrypt(password: Uint8Array, salt: Uint8Array, length: number, cost: ScryptCost): Uint8Array {
  return scryptSync(password, salt, length, { ...cost, maxmem: 2 * maxScryptBytes });
}

/** Whether N, r and p are scrypt's at all (RFC 7914, section 2): positive, N a power of two and below 2^(16 r). */
export function isScryptCost({ N, r, p }: ScryptCost): boolean {
  const log2 = Math.log2(N);
  return [N, r, p].every(isPositiveInteger) && N > 1 && Number.isInteger(log2) && log2 < 16 * r;
}

export function isPositiveInteger(number: number): boolean {
  return Number.isSafeInteger(number) && number > 0;
}

/** The N blocks, which are the point of scrypt, and 1 MiB for the p lanes' own. */
export const maxScryptBytes = maxMemoryBytes + 1024 * 1024;

/** Whether one verification with this cost stays within what a Worker can do. */
export function isAffordable({ N, r, p }: ScryptCost): boolean {
  return 128 * r * (N + p) <= maxScryptBytes && N * r * p <= maxScryptWork;
}
