import { useState } from 'react';
import { deleteIdentity } from '../api/changeUser';
import type { Identity } from '../api/models';
import { identitiesQuery } from '../api/users';
import { useCan } from '../session/session';
import { Button } from '../ui/Button';
import { Confirm } from '../ui/Confirm';
import { type Column, DataTable } from '../ui/DataTable';
import { Loaded } from '../ui/Loaded';
import { Badge, Card, Copyable, Empty, Time } from '../ui/parts';
import { useAction } from '../ui/useAction';
import { useUserId } from './useUser';

const columns = (remove: (identity: Identity) => void, canWrite: boolean): Column<Identity>[] => [
  { id: 'provider', title: 'Provider', cell: ({ provider }) => <Badge>{provider}</Badge> },
  { id: 'uid', title: 'ID there', cell: ({ providerUid }) => <Copyable text={providerUid} /> },
  {
    id: 'email',
    title: 'E-mail',
    cell: ({ providerEmail }) => providerEmail || <span className="muted">–</span>,
  },
  { id: 'since', title: 'Since', cell: ({ $createdAt }) => <Time at={$createdAt} /> },
  ...(canWrite
    ? [
        {
          id: 'remove',
          title: '',
          isEnd: true,
          cell: (identity: Identity) => (
            <Button look="small" onPress={() => remove(identity)}>
              Remove
            </Button>
          ),
        },
      ]
    : []),
];

/** Accounts at other providers that are the same person. */
export function Identities() {
  const canWrite = useCan('users.write');
  const [asked, setAsked] = useState<Identity | null>(null);
  const remove = useAction({
    run: async () => {
      if (asked !== null) await deleteIdentity(asked.$id);
    },
    done: () => 'Identity removed',
  });
  return (
    <Loaded query={identitiesQuery(useUserId())}>
      {({ identities }) => (
        <>
          {identities.length === 0 ? (
            <Card title="Identities">
              <Empty title="No identities">
                <p>Accounts at providers such as GitHub or Google that belong to this user appear here.</p>
              </Empty>
            </Card>
          ) : (
            <DataTable
              label="Identities"
              columns={columns(setAsked, canWrite)}
              rows={identities}
              idOf={({ $id }) => $id}
            />
          )}
          <Confirm
            title="Remove this identity?"
            verb="Remove identity"
            isOpen={asked !== null}
            action={remove}
            onClose={() => setAsked(null)}
          >
            The user can no longer be told by it.
          </Confirm>
        </>
      )}
    </Loaded>
  );
}
