import { useState } from 'react';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { TextField } from '../ui/Form';

interface BulkLabelProps {
  readonly isOpen: boolean;
  readonly count: string;
  onClose(): void;
  onChoose(label: string, isOn: boolean): void;
}

/** Gives a label to all that are selected, or takes it from them. */
export function UserBulkLabel({ isOpen, count, onClose, onChoose }: BulkLabelProps) {
  const [label, setLabel] = useState('');
  const isValid = /^[a-zA-Z0-9]{1,36}$/.test(label);
  return (
    <Dialog title={`Label ${count}`} isOpen={isOpen} onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (isValid) onChoose(label, true);
        }}
      >
        <TextField
          label="Label"
          autoFocus
          value={label}
          hint="1 to 36 letters and digits"
          onChange={(event) => setLabel(event.target.value.trim())}
        />
        <div className="actions end">
          <Button isDisabled={!isValid} onPress={() => onChoose(label, false)}>
            Remove label
          </Button>
          <Button look="primary" type="submit" isDisabled={!isValid}>
            Add label
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
