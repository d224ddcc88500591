import { setTimeout as wait } from 'node:timers/promises';
import * as v from 'valibot';
import type { Server } from '../../sdk/server';
import { type Answer, type Sent, send } from './api';

/** The team that all callers join and leave. */
export const TEAM = 'crowd';

/** What was acknowledged of one user. */
export interface Known {
  readonly id: string;
  readonly exists: boolean;
  readonly name: string;
  /** What its preferences hold under `n`; null for none. */
  readonly n: number | null;
  readonly sessions: readonly string[];
  readonly membership: string | null;
  /** Changes of the user, each of which has its line in the activity log. */
  readonly changes: number;
}

/** A change: what is sent, and what is known once it is acknowledged; `id` is of what it made, empty for nothing. */
interface Change {
  readonly sent: Sent;
  readonly status: number;
  applied(known: Known, id: string): Known;
}

/** One user, what is known of it, and the change whose outcome nobody was told, if there is one. */
export interface Record {
  known: Known;
  pending: Change | null;
}

const changed = (known: Known, values: Partial<Known>): Known => ({
  ...known,
  ...values,
  changes: known.changes + 1,
});

/** A program that keeps changing users of its own, one change after another, and remembers what was acknowledged. */
export class Caller {
  readonly records: Record[] = [];
  /** Answers by their status, and requests without one (0). */
  readonly answers = new Map<number, number>();
  readonly #name: string;
  readonly #random: () => number;
  #step = 0;

  constructor(name: string, random: () => number) {
    this.#name = name;
    this.#random = random;
  }

  /** Goes on until told to stop; where a change's outcome is unknown, with another user. */
  async run(server: Server, goesOn: () => boolean): Promise<void> {
    while (goesOn()) {
      const record = this.#current();
      if (this.#random() < 0.3) await this.#read(server, record);
      else await this.#change(server, record);
    }
  }

  #current(): Record {
    const last = this.records.at(-1);
    if (last !== undefined && last.pending === null && (last.known.exists || last.known.changes === 0))
      return last;
    const id = `${this.#name}-${this.records.length}`;
    const known = { id, exists: false, name: '', n: null, sessions: [], membership: null, changes: 0 };
    const record: Record = { known, pending: null };
    this.records.push(record);
    return record;
  }

  async #read(server: Server, { known }: Record): Promise<void> {
    const paths = [`/users/${known.id}`, '/users?limit=25', `/users?search=${known.id}`, `/teams/${TEAM}`];
    const path = paths[Math.floor(this.#random() * paths.length)] ?? '/users';
    const answer = await send(server, [`GET ${path}`]).catch(() => null);
    this.#count(answer);
  }

  async #change(server: Server, record: Record): Promise<void> {
    const change = this.#next(record.known);
    record.pending = change;
    const answer = await send(server, change.sent).catch(() => null);
    this.#count(answer);
    // An error of the server's tells nothing: it may have come after the commit.
    if (answer === null || answer.status >= 500) return void (await wait(50));
    if (answer.status !== change.status)
      throw new Error(`${change.sent[0]} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    record.known = change.applied(record.known, idIn(answer.body));
    record.pending = null;
  }

  #count(answer: Answer | null): void {
    const status = answer?.status ?? 0;
    this.answers.set(status, (this.answers.get(status) ?? 0) + 1);
  }

  #next(known: Known): Change {
    this.#step += 1;
    if (!known.exists) return createUser(known.id);
    const changes = changesOf(known, this.#step);
    return changes[Math.floor(this.#random() * changes.length)] ?? createUser(known.id);
  }
}

const resource = v.object({ $id: v.string() });

function idIn(body: unknown): string {
  return v.is(resource, body) ? body.$id : '';
}

function createUser(id: string): Change {
  const name = `Name of ${id}`;
  return {
    sent: ['POST /users', { userId: id, email: `${id}@example.com`, name }],
    status: 201,
    applied: (known) => changed(known, { exists: true, name }),
  };
}

/** What may happen to a user that is there. */
function changesOf(known: Known, step: number): Change[] {
  const user = `/users/${known.id}`;
  const [session] = known.sessions;
  const name = `Name ${step}`;
  return [
    {
      sent: [`PATCH ${user}/name`, { name }],
      status: 200,
      applied: (before) => changed(before, { name }),
    },
    {
      sent: [`PATCH ${user}/prefs`, { prefs: { n: step } }],
      status: 200,
      applied: (before) => changed(before, { n: step }),
    },
    session === undefined || known.sessions.length < 3
      ? {
          sent: [`POST ${user}/sessions`, {}],
          status: 201,
          applied: (before, id) => changed(before, { sessions: [...before.sessions, id] }),
        }
      : {
          sent: [`DELETE ${user}/sessions/${session}`],
          status: 204,
          applied: (before) =>
            changed(before, { sessions: before.sessions.filter((other) => other !== session) }),
        },
    known.membership === null
      ? {
          sent: [`POST /teams/${TEAM}/memberships`, { userId: known.id, roles: ['editor'] }],
          status: 201,
          applied: (before, id) => changed(before, { membership: id }),
        }
      : {
          sent: [`DELETE /teams/${TEAM}/memberships/${known.membership}`],
          status: 204,
          applied: (before) => changed(before, { membership: null }),
        },
    ...(step % 10 === 0
      ? [
          {
            sent: [`DELETE ${user}`] as const,
            status: 204,
            applied: (before: Known) => changed(before, { exists: false, sessions: [], membership: null }),
          },
        ]
      : []),
  ];
}
