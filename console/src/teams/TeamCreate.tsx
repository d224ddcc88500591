import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { createTeam } from '../api/teams';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { TextField } from '../ui/Form';
import { ProblemNote } from '../ui/Problem';
import { useAction } from '../ui/useAction';

export function TeamCreate({ isOpen, onClose }: { isOpen: boolean; onClose(): void }) {
  const [name, setName] = useState('');
  const [teamId, setTeamId] = useState('');
  const navigate = useNavigate();
  const create = useAction({ run: () => createTeam({ teamId, name }), done: () => 'Team created' });
  const close = () => {
    setName('');
    setTeamId('');
    create.reset();
    onClose();
  };
  return (
    <Dialog title="Create team" isOpen={isOpen} onClose={close}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void create.run(undefined, ({ $id }) => {
            close();
            void navigate({ to: '/teams/$teamId', params: { teamId: $id }, search: {} });
          });
        }}
      >
        <TextField
          label="Name"
          required
          autoFocus
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label="ID"
          hint="Left empty, one is made"
          value={teamId}
          onChange={(event) => setTeamId(event.target.value)}
        />
        {create.problem && <ProblemNote problem={create.problem} />}
        <div className="actions end">
          <Button onPress={close}>Cancel</Button>
          <Button look="primary" type="submit" isPending={create.isPending}>
            Create team
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
