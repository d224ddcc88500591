import { useState } from 'react';
import { changeMany, exportUsers, type ManyChange } from '../api/many';
import type { User } from '../api/models';
import { downloadBlob } from '../lib/download';
import { plural } from '../lib/text';
import { Button } from '../ui/Button';
import { Confirm } from '../ui/Confirm';
import { useAction } from '../ui/useAction';
import { UserBulkLabel } from './UserBulkLabel';

interface BulkProps {
  readonly users: readonly User[];
  onDone(): void;
}

const idsOf = (users: readonly User[]) => users.map(({ $id }) => $id);

function told(change: ManyChange, count: number): string {
  const verb = { status: 'Unblocked', label: 'Labelled', delete: 'Deleted' }[change.kind];
  const said = change.kind === 'status' && !change.status ? 'Blocked' : verb;
  return `${said} ${plural(count, 'user')}`;
}

/** Whom a change makes differ: these alone are changed back. */
function differing(change: ManyChange, users: readonly User[]): readonly User[] {
  if (change.kind === 'status') return users.filter(({ status }) => status !== change.status);
  return change.kind === 'label'
    ? users.filter(({ labels }) => labels.includes(change.label) !== change.isOn)
    : [];
}

/** What takes a change back; nothing brings a deleted user back. */
function inverseOf(change: ManyChange): ManyChange | null {
  if (change.kind === 'status') return { ...change, status: !change.status };
  return change.kind === 'label' ? { ...change, isOn: !change.isOn } : null;
}

/** What can be done to the users that are selected. */
export function UserBulkBar({ users, onDone }: BulkProps) {
  const [dialog, setDialog] = useState<'label' | 'delete' | null>(null);
  const action = useAction<ManyChange, number>({
    run: (change) => changeMany(idsOf(users), change),
    done: told,
    undo(change) {
      const inverse = inverseOf(change);
      const those = idsOf(differing(change, users));
      return inverse === null || those.length === 0 ? undefined : () => changeMany(those, inverse);
    },
    isToastedOnRefusal: true,
  });
  const save = useAction({
    run: async () => downloadBlob('users.ndjson', await exportUsers(idsOf(users), 'ndjson')),
    done: () => `Exported ${plural(users.length, 'user')}`,
    isToastedOnRefusal: true,
  });
  const run = (change: ManyChange) =>
    action.run(change, () => {
      setDialog(null);
      onDone();
    });
  if (users.length === 0) return null;
  const count = plural(users.length, 'user');
  return (
    <section className="bulk" aria-label="Selected users">
      <strong>{count} selected</strong>
      <Button
        look="small"
        isPending={action.isPending}
        onPress={() => void run({ kind: 'status', status: false })}
      >
        Block
      </Button>
      <Button
        look="small"
        isPending={action.isPending}
        onPress={() => void run({ kind: 'status', status: true })}
      >
        Unblock
      </Button>
      <Button look="small" onPress={() => setDialog('label')}>
        Label
      </Button>
      <Button look="small" isPending={save.isPending} onPress={() => void save.run()}>
        Export
      </Button>
      <Button look="small danger" onPress={() => setDialog('delete')}>
        Delete
      </Button>
      <Button look="small quiet" onPress={onDone}>
        Clear
      </Button>
      <UserBulkLabel
        isOpen={dialog === 'label'}
        count={count}
        onClose={() => setDialog(null)}
        onChoose={(label, isOn) => void run({ kind: 'label', label, isOn })}
      />
      <Confirm
        title={`Delete ${count}?`}
        verb={`Delete ${count}`}
        isOpen={dialog === 'delete'}
        action={{ ...action, run: async () => run({ kind: 'delete' }) }}
        onClose={() => setDialog(null)}
      >
        Their sessions, memberships, targets and identities go with them. This can't be undone.
      </Confirm>
    </section>
  );
}
