import { Pencil, X } from 'lucide-react';
import { useState } from 'react';
import { changesOf } from '../api/changeUser';
import type { User } from '../api/models';
import { listed, plural } from '../lib/text';
import { Button } from '../ui/Button';
import { TextField } from '../ui/Form';
import { ProblemNote } from '../ui/Problem';
import { Badge, Card } from '../ui/parts';
import { useAction } from '../ui/useAction';

/** More would make the page slow to read, and to paint. */
const SHOWN = 100;

/** A user's labels: added by typing, taken away one by one, each step with a way back. */
export function LabelsCard({ user: { $id, labels }, canWrite }: { user: User; canWrite: boolean }) {
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState('');
  const set = changesOf($id).labels;
  const action = useAction<string[]>({ run: set, done: () => 'Labels saved', undo: () => () => set(labels) });
  const add = () => {
    const added = listed(text);
    if (added.length > 0) void action.run([...new Set([...labels, ...added])], () => setText(''));
  };
  return (
    <Card
      title="Labels"
      actions={
        canWrite && (
          <Button look="quiet small" onPress={() => setOpen(!isOpen)} aria-expanded={isOpen}>
            <Pencil size={14} aria-hidden /> {isOpen ? 'Done' : 'Edit labels'}
          </Button>
        )
      }
    >
      {labels.length === 0 && (
        <span className="muted">No labels. They group users, and a search for one finds them.</span>
      )}
      <span className="labels wrap">
        {labels.slice(0, SHOWN).map((label) => (
          <Badge key={label}>
            {label}
            {isOpen && (
              <button
                type="button"
                aria-label={`Remove label ${label}`}
                onClick={() => void action.run(labels.filter((one) => one !== label))}
              >
                <X size={12} aria-hidden />
              </button>
            )}
          </Badge>
        ))}
        {labels.length > SHOWN && (
          <span className="muted">and {plural(labels.length - SHOWN, 'more label')}; see JSON</span>
        )}
      </span>
      {isOpen && (
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
        >
          <TextField
            label="Add labels"
            autoFocus
            value={text}
            hint="Letters and digits; several with spaces between"
            onChange={(event) => setText(event.target.value)}
          />
          <div className="actions">
            <Button look="primary" type="submit" isPending={action.isPending}>
              Add
            </Button>
          </div>
        </form>
      )}
      {action.problem && <ProblemNote problem={action.problem} />}
    </Card>
  );
}
