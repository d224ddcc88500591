import { useState } from 'react';
import type { Membership } from '../api/models';
import { changesOfTeam } from '../api/teams';
import { listed } from '../lib/text';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { TextField } from '../ui/Form';
import { ProblemNote } from '../ui/Problem';
import { useAction } from '../ui/useAction';

interface MemberFormProps {
  readonly teamId: string;
  /** Whose roles are changed; null: somebody is added. */
  readonly member: Membership | null;
  readonly isOpen: boolean;
  onClose(): void;
}

/** Adds a member, or changes the roles of one: the same words for both. */
export function MemberForm({ teamId, member, isOpen, onClose }: MemberFormProps) {
  const [userId, setUserId] = useState('');
  const [roles, setRoles] = useState(member?.roles.join(', ') ?? '');
  const change = changesOfTeam(teamId);
  const save = useAction({
    run: () =>
      member === null
        ? change.addMember(userId.trim(), listed(roles))
        : change.roles(member.$id, listed(roles)),
    done: () => (member === null ? 'Member added' : 'Roles saved'),
    undo: () => (member === null ? undefined : () => change.roles(member.$id, member.roles)),
  });
  return (
    <Dialog
      title={member === null ? 'Add member' : `Roles of ${member.userName || member.userId}`}
      isOpen={isOpen}
      onClose={onClose}
    >
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void save.run(undefined, onClose);
        }}
      >
        {member === null && (
          <TextField
            label="User ID"
            required
            autoFocus
            value={userId}
            onChange={(event) => setUserId(event.target.value)}
          />
        )}
        <TextField
          label="Roles"
          autoFocus={member !== null}
          value={roles}
          hint="Such as owner, editor; with commas between"
          onChange={(event) => setRoles(event.target.value)}
        />
        {save.problem && <ProblemNote problem={save.problem} />}
        <div className="actions end">
          <Button onPress={onClose}>Cancel</Button>
          <Button look="primary" type="submit" isPending={save.isPending}>
            {member === null ? 'Add member' : 'Save'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
