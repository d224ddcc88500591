import { Pencil } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from '../ui/Button';
import { TextField } from '../ui/Form';
import { ProblemNote } from '../ui/Problem';
import { useAction } from '../ui/useAction';

interface EditableProps {
  readonly label: string;
  readonly value: string;
  readonly shown: ReactNode;
  readonly type?: 'text' | 'email' | 'tel' | 'password';
  readonly canWrite: boolean;
  /** Whether what was there before can be set again. */
  readonly isUndoable?: boolean;
  save(value: string): Promise<unknown>;
}

/** A field that is edited where it stands: Enter saves, Escape leaves it. */
export function EditableRow({
  label,
  value,
  shown,
  type = 'text',
  canWrite,
  isUndoable = true,
  save,
}: EditableProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const edit = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  const action = useAction<string>({
    run: save,
    done: () => `${label} saved`,
    undo: () => (isUndoable ? () => save(value) : undefined),
  });
  // Where the form was, its button is again: focus must not fall to the top of the page.
  useEffect(() => {
    if (draft === null && wasOpen.current) edit.current?.focus();
    wasOpen.current = draft !== null;
  }, [draft]);
  const close = () => {
    action.reset();
    setDraft(null);
  };
  return (
    <div className="row-line">
      <dt>{label}</dt>
      <dd>
        {draft === null ? (
          <>
            {shown}
            {canWrite && (
              <Button
                ref={edit}
                look="quiet icon small"
                aria-label={`Edit ${label.toLowerCase()}`}
                onPress={() => setDraft(type === 'password' ? '' : value)}
              >
                <Pencil size={14} aria-hidden />
              </Button>
            )}
          </>
        ) : (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void action.run(draft, close);
            }}
            onKeyDown={(event) => event.key === 'Escape' && close()}
          >
            <TextField
              label={label}
              isLabelHidden
              autoFocus
              type={type}
              value={draft}
              autoComplete={type === 'password' ? 'new-password' : 'off'}
              onChange={(event) => setDraft(event.target.value)}
            />
            <Button look="primary" type="submit" isPending={action.isPending}>
              Save
            </Button>
            <Button onPress={close}>Cancel</Button>
            {action.problem && <ProblemNote problem={action.problem} />}
          </form>
        )}
      </dd>
    </div>
  );
}
