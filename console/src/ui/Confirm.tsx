import { type ReactNode, useState } from 'react';
import { Button } from './Button';
import { Dialog } from './Dialog';
import { TextField } from './Form';
import { ProblemNote } from './Problem';
import type { Action } from './useAction';

interface ConfirmProps {
  readonly title: string;
  readonly children: ReactNode;
  /** What the button says, such as `Delete 3 users`. */
  readonly verb: string;
  /** Text that must be typed before the button works. */
  readonly typed?: string;
  readonly isOpen: boolean;
  readonly action: Action<void>;
  onClose(): void;
}

/** Asks before what can't be undone. */
export function Confirm({ title, children, verb, typed, isOpen, action, onClose }: ConfirmProps) {
  const [text, setText] = useState('');
  const close = () => {
    setText('');
    action.reset();
    onClose();
  };
  return (
    <Dialog title={title} role="alertdialog" isOpen={isOpen} onClose={close}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed === undefined || text === typed) void action.run(undefined, close);
        }}
      >
        <p>{children}</p>
        {typed !== undefined && (
          <TextField
            label={`Type ${typed} to confirm`}
            value={text}
            autoFocus
            onChange={(event) => setText(event.target.value)}
          />
        )}
        {action.problem && <ProblemNote problem={action.problem} />}
        <div className="actions end">
          <Button onPress={close}>Cancel</Button>
          <Button
            look="danger filled"
            type="submit"
            autoFocus={typed === undefined}
            isPending={action.isPending}
            isDisabled={typed !== undefined && text !== typed}
          >
            {verb}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
