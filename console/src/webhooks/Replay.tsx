import { useState } from 'react';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { TextField } from '../ui/Form';
import { ProblemNote } from '../ui/Problem';
import type { Action } from '../ui/useAction';

interface ReplayProps {
  readonly isOpen: boolean;
  readonly action: Action<string, number>;
  onClose(): void;
}

/** Sends all that happened since a moment once more, to a receiver that has missed it. */
export function Replay({ isOpen, action, onClose }: ReplayProps) {
  const [since, setSince] = useState('');
  return (
    <Dialog title="Replay events" isOpen={isOpen} onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (since !== '') void action.run(new Date(since).toISOString(), onClose);
        }}
      >
        <p>
          Everything since then is sent once more. Receivers tell what they know already by the ID of each
          event.
        </p>
        <TextField
          label="Since"
          type="datetime-local"
          required
          autoFocus
          value={since}
          onChange={(event) => setSince(event.target.value)}
        />
        {action.problem && <ProblemNote problem={action.problem} />}
        <div className="actions end">
          <Button onPress={onClose}>Cancel</Button>
          <Button look="primary" type="submit" isPending={action.isPending} isDisabled={since === ''}>
            Replay
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
