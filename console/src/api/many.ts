import { api, bodyOf, send } from './client';
import { Query } from './query';
import { filtersOf, type UsersView } from './users';

/*
 * What is done to many users at once, or with all of one: the API does it in sets. All that the console knows of how that is
 * asked stands in here.
 */

/** What can be done to a selection. */
export type ManyChange =
  | { readonly kind: 'status'; readonly status: boolean }
  | { readonly kind: 'label'; readonly label: string; readonly isOn: boolean }
  | { readonly kind: 'delete' };

/** Does one thing to all users of a selection. @returns how many it changed */
export async function changeMany(userIds: readonly string[], change: ManyChange): Promise<number> {
  const ids = [...userIds];
  let total = 0;
  // One call does as much as it may, and says what is left.
  for (let remaining = 1; remaining > 0; ) {
    const result = bodyOf(await changeOnce(ids, change));
    total += result.total;
    remaining = result.remaining ?? 0;
  }
  return total;
}

function changeOnce(userIds: string[], change: ManyChange) {
  if (change.kind === 'delete') return api.DELETE('/v1/users', { body: { userIds } });
  if (change.kind === 'status') return api.PATCH('/v1/users', { body: { userIds, status: change.status } });
  const labels = change.isOn ? { add: [change.label] } : { remove: [change.label] };
  return api.PATCH('/v1/users', { body: { userIds, labels } });
}

/** A file of users, in the form that they can be imported from. */
async function exported(
  queries: readonly string[],
  search: string | undefined,
  format: string,
): Promise<Blob> {
  const query = new URLSearchParams([...queries.map((one) => ['queries[]', one]), ['format', format]]);
  if (search) query.set('search', search);
  // A large directory takes its time.
  const response = await send(new Request(`/v1/users/export?${query}`), null);
  return response.blob();
}

export type ExportFormat = 'ndjson' | 'csv';

export const exportUsers = (userIds: readonly string[], format: ExportFormat) =>
  exported([Query.equal('$id', ...userIds)], undefined, format);

/** All that a view leaves, on whatever page one is. */
export const exportView = ({ after, before, ...view }: UsersView, format: ExportFormat) =>
  exported(filtersOf(view), view.q, format);

/** All that is kept of one user. */
export async function exportUser(userId: string): Promise<Blob> {
  const response = await send(new Request(`/v1/users/${encodeURIComponent(userId)}/export`), null);
  return response.blob();
}
