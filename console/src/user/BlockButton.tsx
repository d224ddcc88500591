import { changesOf } from '../api/changeUser';
import type { User } from '../api/models';
import { Button } from '../ui/Button';
import { useAction } from '../ui/useAction';

/** Blocks a user, or lets it in again; either can be taken back, but for the sessions that a block ends. */
export function BlockButton({ user: { $id, status } }: { user: User }) {
  const user = changesOf($id);
  const change = useAction<boolean>({
    run: (isActive) => user.status(isActive),
    done: (isActive) => (isActive ? 'User unblocked' : 'User blocked; its sessions have ended'),
    undo: (isActive) => () => user.status(!isActive),
    isToastedOnRefusal: true,
  });
  return (
    <Button
      look={status ? 'danger' : ''}
      isPending={change.isPending}
      onPress={() => void change.run(!status)}
    >
      {status ? 'Block user' : 'Unblock user'}
    </Button>
  );
}
