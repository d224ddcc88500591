import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { createUser, type NewUser } from '../api/changeUser';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { TextField } from '../ui/Form';
import { ProblemNote } from '../ui/Problem';
import { useAction } from '../ui/useAction';

const NOTHING: NewUser = { userId: '', name: '', email: '', phone: '', password: '' };

const FIELDS = [
  ['name', 'Name', 'text', ''],
  ['email', 'E-mail', 'email', ''],
  ['phone', 'Phone', 'tel', 'With country code, such as +4915112345678'],
  [
    'password',
    'Password',
    'password',
    'At least 8 characters; without one the user can not sign in with a password',
  ],
  ['userId', 'ID', 'text', 'Left empty, one is made'],
] as const;

export function UserCreate({ isOpen, onClose }: { isOpen: boolean; onClose(): void }) {
  const [fields, setFields] = useState(NOTHING);
  const navigate = useNavigate();
  const create = useAction({ run: () => createUser(fields), done: () => 'User created' });
  const close = () => {
    setFields(NOTHING);
    create.reset();
    onClose();
  };
  return (
    <Dialog title="Create user" isOpen={isOpen} onClose={close}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void create.run(undefined, ({ $id }) => {
            close();
            void navigate({ to: '/users/$userId', params: { userId: $id } });
          });
        }}
      >
        {FIELDS.map(([name, label, type, hint], at) => (
          <TextField
            key={name}
            label={label}
            type={type}
            hint={hint}
            value={fields[name]}
            autoFocus={at === 0}
            autoComplete={type === 'password' ? 'new-password' : 'off'}
            onChange={(event) => setFields({ ...fields, [name]: event.target.value })}
          />
        ))}
        {create.problem && <ProblemNote problem={create.problem} />}
        <div className="actions end">
          <Button onPress={close}>Cancel</Button>
          <Button look="primary" type="submit" isPending={create.isPending}>
            Create user
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
