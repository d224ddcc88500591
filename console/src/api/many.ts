import { changesOf } from './changeUser';
import { api } from './client';
import { ApiProblem } from './problem';

/*
 * What is done to many selected users at once. All that the console knows of how that is asked stands in here.
 */

/** What can be done to a selection. */
export type ManyChange =
  | { readonly kind: 'status'; readonly status: boolean }
  | { readonly kind: 'label'; readonly label: string; readonly isOn: boolean }
  | { readonly kind: 'delete' };

/** Of how many it was done, and what the API said of the others. */
export interface Outcome {
  readonly done: readonly string[];
  readonly refused: readonly { readonly id: string; readonly reason: string }[];
}

/** Calls that are under way at a time. */
const AT_ONCE = 4;

/** A user of the selection, as far as a change asks. */
export interface Selected {
  readonly id: string;
  readonly labels: readonly string[];
}

/** Does one thing to each user of a selection. @param onStep told after each */
export async function changeMany(
  users: readonly Selected[],
  change: ManyChange,
  onStep: (count: number) => void,
): Promise<Outcome> {
  const done: string[] = [];
  const refused: { id: string; reason: string }[] = [];
  const waiting = [...users];
  const work = async () => {
    for (let user = waiting.shift(); user !== undefined; user = waiting.shift()) {
      try {
        await changeOne(user, change);
        done.push(user.id);
      } catch (error) {
        if (!(error instanceof ApiProblem) || error.hasKeyEnded) throw error;
        refused.push({ id: user.id, reason: error.message });
      }
      onStep(done.length + refused.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { done, refused };
}

async function changeOne({ id, labels }: Selected, change: ManyChange): Promise<void> {
  const user = changesOf(id);
  if (change.kind === 'status') await user.status(change.status);
  else if (change.kind === 'delete') await user.delete();
  else if (change.isOn) await user.labels([...new Set([...labels, change.label])]);
  else await user.labels(labels.filter((label) => label !== change.label));
}

/** All that is kept of one user, for a file. */
export async function collectUser(userId: string): Promise<Record<string, unknown>> {
  const params = { path: { userId } };
  const [user, sessions, memberships, targets, logs] = await Promise.all([
    api.GET('/v1/users/{userId}', { params }),
    api.GET('/v1/users/{userId}/sessions', { params }),
    api.GET('/v1/users/{userId}/memberships', { params }),
    api.GET('/v1/users/{userId}/targets', { params }),
    api.GET('/v1/users/{userId}/logs', { params }),
  ]);
  return {
    user: user.data,
    sessions: sessions.data?.sessions,
    memberships: memberships.data?.memberships,
    targets: targets.data?.targets,
    logs: logs.data?.logs,
  };
}
