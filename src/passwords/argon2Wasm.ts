import wasm from '@phi-ag/argon2/argon2.wasm';
import { maxMemoryBytes } from './limits';

/** The numbers of argon2.h in the reference implementation. */
export const argon2Types = { argon2d: 0, argon2i: 1, argon2id: 2 } as const;

export type Argon2Input = {
  type: keyof typeof argon2Types;
  /** 0x13, or 0x10 for hashes from before 2016. */
  version: 16 | 19;
  memoryKib: number;
  passes: number;
  lanes: number;
  password: Uint8Array;
  salt: Uint8Array;
  /** Bytes of digest wanted. */
  length: number;
};

/**
 * The argon2 digest of a password, by the reference implementation compiled to WASM with SIMD.
 *
 * The WASM is @phi-ag/argon2's, its JavaScript is not used: that passes the password's length in UTF-16 units for its
 * length in bytes (0.5.28), so it drops the end of every password that is not ASCII and accepts any other end.
 * @throws if the parameters are outside argon2's own limits, or memory ran out
 */
export function argon2(input: Argon2Input): Uint8Array<ArrayBuffer> {
  const { memory, call } = engineFor(input.memoryKib);
  try {
    return digest(memory, call, input);
  } catch (error) {
    // After a trap the heap can't be trusted; the next hash starts afresh.
    engine = undefined;
    throw error;
  }
}

type Call = (name: 'malloc' | 'free' | 'argon2_hash' | '_initialize', ...args: number[]) => number;
type Engine = { memory: WebAssembly.Memory; call: Call; capacityKib: number };

/**
 * One instance for the isolate: garbage collection does not see a WASM memory's size, so an instance a hash would
 * pile up gigabytes before any is freed (measured in workerd). A memory only grows, too, and its allocator joins no
 * freed space to what it grows by: hence room is reserved in one piece, and a hash that needs more gets the next size.
 */
let engine: Engine | undefined;

/** OWASP's two usual memory sizes, then the most we allow. */
const capacitiesKib = [19_456, 47_104, maxMemoryBytes / 1024];
const roomForBuffers = 64 * 1024;

function engineFor(memoryKib: number): Engine {
  if (engine && memoryKib <= engine.capacityKib) return engine;
  const capacityKib = capacitiesKib.find((size) => memoryKib <= size);
  if (capacityKib === undefined) throw new RangeError('argon2: more memory than a Worker can give');
  engine = start(capacityKib);
  return engine;
}

function start(capacityKib: number): Engine {
  const { exports } = new WebAssembly.Instance(wasm, {});
  const { memory } = exports;
  if (!(memory instanceof WebAssembly.Memory)) throw new Error('argon2: the module exports no memory');
  const call: Call = (name, ...args) => {
    const exported = exports[name];
    if (typeof exported !== 'function') throw new Error(`argon2: the module exports no ${name}`);
    return Number(exported(...args));
  };
  call('_initialize');
  call('free', allocate(call, capacityKib * 1024 + roomForBuffers));
  return { memory, call, capacityKib };
}

function allocate(call: Call, bytes: number): number {
  const pointer = call('malloc', bytes);
  if (pointer === 0) throw new Error('argon2: out of memory');
  return pointer;
}

function digest(memory: WebAssembly.Memory, call: Call, input: Argon2Input): Uint8Array<ArrayBuffer> {
  const { password, salt, length } = input;
  const size = password.length + salt.length + length;
  const start = allocate(call, size);
  // A view dies when the memory grows, so each is taken where it is used.
  const buffer = () => new Uint8Array(memory.buffer, start, size);
  const saltAt = start + password.length;
  const digestAt = saltAt + salt.length;
  buffer().set(password);
  buffer().set(salt, password.length);
  const code = call(
    'argon2_hash',
    ...[input.passes, input.memoryKib, input.lanes],
    ...[start, password.length, saltAt, salt.length, digestAt, length],
    ...[0, 0], // no encoded form
    ...[argon2Types[input.type], input.version],
  );
  const result = buffer().slice(size - length);
  buffer().fill(0); // no password stays behind in the heap
  call('free', start);
  if (code !== 0) throw new Error(`argon2: refused with code ${code}`);
  return result;
}
