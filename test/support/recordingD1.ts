import { env } from 'cloudflare:test';

/** A statement as it was sent to D1. */
export interface Sent {
  readonly query: string;
  readonly values: readonly unknown[];
}

/** One round trip: a statement, or a batch of them. */
export type Trip = readonly Sent[];

const tick = () => new Promise<void>((resolve) => setTimeout(resolve, 1));

/** The local D1 behind a gate, so that a test sees what is sent to it and who waits for the answer. */
export function recordingD1() {
  const trips: Trip[] = [];
  const known = new WeakMap<object, { real: D1PreparedStatement; sent: Sent }>();
  let gate = Promise.withResolvers<void>();
  let waiting = 0;

  async function send<T>(trip: Trip, go: () => Promise<T>): Promise<T> {
    trips.push(trip);
    waiting += 1;
    await gate.promise;
    return go();
  }

  function record(real: D1PreparedStatement, sent: Sent): D1PreparedStatement {
    const recorded = new Proxy(real, {
      get(target, name) {
        if (name === 'bind')
          return (...values: unknown[]) => record(target.bind(...values), { ...sent, values });
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== 'function') return method;
        return (...args: unknown[]) => send([sent], () => Reflect.apply(method, target, args));
      },
    });
    known.set(recorded, { real, sent });
    return recorded;
  }

  const binding = new Proxy(env.DB, {
    get(target, name) {
      if (name === 'prepare') return (query: string) => record(target.prepare(query), { query, values: [] });
      if (name !== 'batch') throw new Error(`a use of D1 that is not recorded: ${String(name)}`);
      return (statements: D1PreparedStatement[]) => {
        const all = statements.map((statement) => known.get(statement)).filter((one) => one !== undefined);
        return send(
          all.map(({ sent }) => sent),
          () => target.batch(all.map(({ real }) => real)),
        );
      };
    },
  });

  /**
   * Lets a request go on, one round of trips after the other.
   * @returns how many rounds the answer waited for; trips that start side by side are one round
   */
  async function roundsOf(answer: Promise<unknown>): Promise<number> {
    let rounds = 0;
    let answered = false;
    const end = answer.finally(() => {
      answered = true;
    });
    while (!answered) {
      await tick();
      if (waiting === 0) continue;
      // A tick more, for an answer that does not wait: it overtakes what goes on behind it.
      await tick();
      if (answered) break;
      rounds += 1;
      waiting = 0;
      gate.resolve();
      gate = Promise.withResolvers();
    }
    gate.resolve();
    await end;
    return rounds;
  }

  return { binding, trips, roundsOf };
}
