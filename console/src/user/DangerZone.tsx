import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { changesOf } from '../api/changeUser';
import { exportUser } from '../api/many';
import type { User } from '../api/models';
import { downloadBlob } from '../lib/download';
import { Button } from '../ui/Button';
import { Confirm } from '../ui/Confirm';
import { Card } from '../ui/parts';
import { useAction } from '../ui/useAction';

/** What can't be undone, and the file to take before. */
export function DangerZone({ user }: { user: User }) {
  const [isAsking, setAsking] = useState(false);
  const navigate = useNavigate();
  const save = useAction({
    run: async () => downloadBlob(`user-${user.$id}.json`, await exportUser(user.$id)),
    done: () => 'Downloaded',
    isToastedOnRefusal: true,
  });
  const remove = useAction({
    run: async () => {
      await changesOf(user.$id).delete();
      // Before anything is asked anew: this user is there no more.
      await navigate({ to: '/users', search: {} });
    },
    done: () => 'User deleted',
  });
  return (
    <Card title="Danger zone" look="danger-zone">
      <div className="row-line">
        <span className="value">
          <span>Download all data of this user: profile, sessions, memberships, targets and activity.</span>
        </span>
        <Button isPending={save.isPending} onPress={() => void save.run()}>
          Download
        </Button>
      </div>
      <div className="row-line">
        <span className="value">
          <span>Delete this user, with all that is its own. This can't be undone.</span>
        </span>
        <Button look="danger" onPress={() => setAsking(true)}>
          Delete user
        </Button>
      </div>
      <Confirm
        title="Delete this user?"
        verb="Delete user"
        typed={user.$id}
        isOpen={isAsking}
        action={remove}
        onClose={() => setAsking(false)}
      >
        Sessions, memberships, targets and identities go too, at once and for good.
      </Confirm>
    </Card>
  );
}
