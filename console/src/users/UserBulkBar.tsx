import { useState } from 'react';
import { changeMany, type ManyChange, type Outcome, type Selected } from '../api/many';
import type { User } from '../api/models';
import { download } from '../lib/download';
import { plural } from '../lib/text';
import { Button } from '../ui/Button';
import { Confirm } from '../ui/Confirm';
import { toast } from '../ui/Toasts';
import { useAction } from '../ui/useAction';
import { UserBulkLabel } from './UserBulkLabel';

interface BulkProps {
  readonly users: readonly User[];
  onDone(): void;
}

const selectedOf = (users: readonly User[]): Selected[] =>
  users.map(({ $id, labels }) => ({ id: $id, labels }));

const VERBS = {
  status: ['Unblocked', 'Blocked'],
  label: ['Labelled', 'Labelled'],
  delete: ['Deleted', 'Deleted'],
} as const;

function told({ done, refused }: Outcome, change: ManyChange): string {
  const verb = VERBS[change.kind][change.kind === 'status' && !change.status ? 1 : 0];
  const [first] = refused;
  return `${verb} ${plural(done.length, 'user')}${first ? `; ${refused.length} refused: ${first.reason}` : ''}`;
}

/** What can be done to the users that are selected. */
export function UserBulkBar({ users, onDone }: BulkProps) {
  const [progress, setProgress] = useState(0);
  const [dialog, setDialog] = useState<'label' | 'delete' | null>(null);
  const action = useAction<ManyChange, Outcome>({
    run: (change) => changeMany(selectedOf(users), change, setProgress),
    done: (change, outcome) => told(outcome, change),
    undo: (change, { done }) => undoOf(change, users, new Set(done)),
    isToastedOnRefusal: true,
  });
  const run = (change: ManyChange) => {
    setProgress(0);
    return action.run(change, () => {
      setDialog(null);
      onDone();
    });
  };
  if (users.length === 0) return null;
  const count = plural(users.length, 'user');
  return (
    <section className="bulk" aria-label="Selected users">
      <strong>{count} selected</strong>
      {action.isPending ? (
        <progress aria-label="Progress" max={users.length} value={progress} />
      ) : (
        <>
          <Button look="small" onPress={() => void run({ kind: 'status', status: false })}>
            Block
          </Button>
          <Button look="small" onPress={() => void run({ kind: 'status', status: true })}>
            Unblock
          </Button>
          <Button look="small" onPress={() => setDialog('label')}>
            Label
          </Button>
          <Button look="small" onPress={() => exportUsers(users)}>
            Export
          </Button>
          <Button look="small danger" onPress={() => setDialog('delete')}>
            Delete
          </Button>
          <Button look="small quiet" onPress={onDone}>
            Clear
          </Button>
        </>
      )}
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

/** What takes a change back, of those that were changed; nothing brings a deleted user back. */
function undoOf(change: ManyChange, users: readonly User[], done: ReadonlySet<string>) {
  if (change.kind === 'delete') return undefined;
  const changed = users.filter(
    ({ $id, status }) => done.has($id) && (change.kind !== 'status' || status !== change.status),
  );
  const back = async (inverse: ManyChange, those: readonly User[]) => {
    await changeMany(selectedOf(those), inverse, () => {});
  };
  if (change.kind === 'status') return () => back({ kind: 'status', status: !change.status }, changed);
  const { label, isOn } = change;
  // Only whom it changed; their labels are asked for as they were then.
  const differing = changed.filter(({ labels }) => labels.includes(label) !== isOn);
  const after = differing.map((user) => ({
    ...user,
    labels: isOn ? [...user.labels, label] : user.labels.filter((one) => one !== label),
  }));
  return () => back({ kind: 'label', label, isOn: !isOn }, after);
}

function exportUsers(users: readonly User[]): void {
  const lines = users.map((user) => JSON.stringify(user));
  download('users.ndjson', `${lines.join('\n')}\n`, 'application/x-ndjson');
  toast({ message: `Exported ${plural(users.length, 'user')}` });
}
