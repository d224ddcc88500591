import { env } from 'cloudflare:test';

/** One operation on a store, as the Worker asks for it. */
export interface Operation {
  readonly on: 'kv.get' | 'kv.put' | 'kv.delete' | 'd1.query' | 'd1.batch';
  /** The key, or the statement's text. */
  readonly about: string;
}

/** What befalls operations: it lets one happen by calling `go`, or not, or later. */
export type Fault = <T>(operation: Operation, go: () => Promise<T>) => Promise<T>;

export const healthy: Fault = (_, go) => go();

/** The errors that the stores tell, by the beginning of an operation's name. */
const MESSAGES = { kv: 'KV PUT failed: 503 Service Unavailable', d1: 'D1_ERROR: Network connection lost.' };

/** A store that refuses operations for as long as this says so. */
export function refusing(on: RegExp, isOut: (operation: Operation) => boolean = () => true): Fault {
  return (operation, go) => {
    if (!on.test(operation.on) || !isOut(operation)) return go();
    return Promise.reject(new Error(operation.on.startsWith('kv') ? MESSAGES.kv : MESSAGES.d1));
  };
}

/** Refuses the first so many operations of a kind, about a key or statement of this form. */
export function refusingFirst(count: number, on: RegExp, about = /^/): Fault {
  let left = count;
  return refusing(on, (operation) => about.test(operation.about) && left-- > 0);
}

/** A Worker that dies as soon as an operation of a kind is done: nothing that it does afterwards happens. */
export function dyingAfter(on: RegExp): { fault: Fault; death: Promise<void> } {
  const { promise: death, resolve } = Promise.withResolvers<void>();
  let isDead = false;
  const never = () => new Promise<never>(() => {});
  const fault: Fault = async (operation, go) => {
    if (isDead) return never();
    const result = await go();
    if (!on.test(operation.on)) return result;
    isDead = true;
    resolve();
    return never();
  };
  return { fault, death };
}

/**
 * Holds back operations of a kind, until they are let go.
 * @param what the operation itself, or only its answer: the store has then done it long before the Worker knows
 */
export function holding(on: RegExp, what: 'operation' | 'answer' = 'operation') {
  const held = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const fault: Fault = async (operation, go) => {
    if (!on.test(operation.on)) return go();
    const answer = what === 'answer' ? await go() : undefined;
    held.resolve();
    await gate.promise;
    return answer === undefined ? go() : answer;
  };
  return { fault, isHolding: held.promise, release: gate.resolve };
}

/**
 * The real D1 and KV, with what befalls them in between; `befall` changes it.
 * @param kv another view of KV, such as that of `kvElsewhere`
 */
export function faultyStores(fault: Fault = healthy, kv: KVNamespace = env.SESSIONS) {
  let current = fault;
  const through: Fault = (operation, go) => current(operation, go);
  return {
    stores: { SESSIONS: faultyKv(kv, through), DB: faultyD1(through) },
    befall(next: Fault) {
      current = next;
    },
  };
}

function faultyKv(kv: KVNamespace, through: Fault): KVNamespace {
  return new Proxy(kv, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return (key: string, ...rest: unknown[]) => {
        const go = () => Promise.resolve(Reflect.apply(method, target, [key, ...rest]));
        const on = KV_OPERATIONS[String(name)];
        return on === undefined ? go() : through({ on, about: key }, go);
      };
    },
  });
}

const KV_OPERATIONS: Readonly<Record<string, Operation['on']>> = {
  get: 'kv.get',
  put: 'kv.put',
  delete: 'kv.delete',
};

function faultyD1(through: Fault): D1Database {
  const real = new WeakMap<object, D1PreparedStatement>();

  function statement(target: D1PreparedStatement, query: string): D1PreparedStatement {
    const wrapped = new Proxy(target, {
      get(_, name) {
        if (name === 'bind') return (...values: unknown[]) => statement(target.bind(...values), query);
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== 'function') return method;
        return (...args: unknown[]) =>
          through({ on: 'd1.query', about: query }, () => Reflect.apply(method, target, args));
      },
    });
    real.set(wrapped, target);
    return wrapped;
  }

  return new Proxy(env.DB, {
    get(target, name) {
      if (name === 'prepare') return (query: string) => statement(target.prepare(query), query);
      if (name !== 'batch') throw new Error(`a use of D1 that no fault befalls: ${String(name)}`);
      return (statements: D1PreparedStatement[]) =>
        through({ on: 'd1.batch', about: '' }, () =>
          target.batch(statements.map((one) => real.get(one) ?? one)),
        );
    },
  });
}

/**
 * KV as another location sees it: what was read there, a miss too, is what it reads for a minute, whatever is written
 * or deleted meanwhile.
 * @see https://developers.cloudflare.com/kv/concepts/how-kv-works/#consistency
 */
export function kvElsewhere(): KVNamespace {
  const cache = new Map<string, { value: unknown; readAt: number }>();
  return new Proxy(env.SESSIONS, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      if (name !== 'get') return method.bind(target);
      return (key: string, ...rest: unknown[]) => {
        const known = cache.get(key);
        if (known !== undefined && Date.now() - known.readAt < 60_000) return known.value;
        const value: unknown = Reflect.apply(method, target, [key, ...rest]);
        cache.set(key, { value, readAt: Date.now() });
        return value;
      };
    },
  });
}
