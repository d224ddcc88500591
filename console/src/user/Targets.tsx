import { useState } from 'react';
import { changesOf } from '../api/changeUser';
import type { Target } from '../api/models';
import { targetsQuery } from '../api/users';
import { useCan } from '../session/session';
import { Button } from '../ui/Button';
import { Confirm } from '../ui/Confirm';
import { type Column, DataTable } from '../ui/DataTable';
import { Loaded } from '../ui/Loaded';
import { Badge, Card, Copyable, Empty, Time } from '../ui/parts';
import { useAction } from '../ui/useAction';
import { useUserId } from './useUser';

const columns = (remove: (target: Target) => void, canWrite: boolean): Column<Target>[] => [
  { id: 'type', title: 'Type', cell: ({ providerType }) => <Badge>{providerType}</Badge> },
  {
    id: 'identifier',
    title: 'Identifier',
    cell: ({ identifier }) => <Copyable text={identifier} what="identifier" />,
  },
  { id: 'name', title: 'Name', cell: ({ name }) => name || <span className="muted">–</span> },
  {
    id: 'state',
    title: 'State',
    cell: ({ expired }) =>
      expired ? <Badge tone="warn">Expired</Badge> : <Badge tone="good">Reachable</Badge>,
  },
  { id: 'since', title: 'Since', cell: ({ $createdAt }) => <Time at={$createdAt} /> },
  ...(canWrite
    ? [
        {
          id: 'remove',
          title: '',
          isEnd: true,
          cell: (target: Target) => (
            <Button look="small" onPress={() => remove(target)}>
              Remove
            </Button>
          ),
        },
      ]
    : []),
];

/** Where a user can be reached. */
export function Targets() {
  const userId = useUserId();
  const canWrite = useCan('users.write');
  const [asked, setAsked] = useState<Target | null>(null);
  const remove = useAction({
    run: async () => {
      if (asked !== null) await changesOf(userId).deleteTarget(asked.$id);
    },
    done: () => 'Target removed',
  });
  return (
    <Loaded query={targetsQuery(userId)}>
      {({ targets }) => (
        <>
          {targets.length === 0 ? (
            <Card title="Targets">
              <Empty title="No targets">
                <p>E-mail addresses, phone numbers and devices that messages can be sent to appear here.</p>
              </Empty>
            </Card>
          ) : (
            <DataTable
              label="Targets"
              columns={columns(setAsked, canWrite)}
              rows={targets}
              idOf={({ $id }) => $id}
            />
          )}
          <Confirm
            title="Remove this target?"
            verb="Remove target"
            isOpen={asked !== null}
            action={remove}
            onClose={() => setAsked(null)}
          >
            No message reaches the user there any more.
          </Confirm>
        </>
      )}
    </Loaded>
  );
}
