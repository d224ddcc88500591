import { useState } from 'react';
import { changesOf } from '../api/changeUser';
import type { User } from '../api/models';
import { factorsQuery } from '../api/users';
import { Button } from '../ui/Button';
import { Confirm } from '../ui/Confirm';
import { Loaded } from '../ui/Loaded';
import { Badge, Card } from '../ui/parts';
import { useAction } from '../ui/useAction';
import { RecoveryCodes } from './RecoveryCodes';
import { SwitchRow } from './SwitchRow';

/** Second factors: whether they are asked for, which there are, and a way back for somebody who has lost them. */
export function Factors({ user, canWrite }: { user: User; canWrite: boolean }) {
  const change = changesOf(user.$id);
  const [isAsking, setAsking] = useState(false);
  const reset = useAction({ run: () => change.resetAuthenticator(), done: () => 'Authenticator removed' });
  return (
    <Card title="Two-factor authentication">
      <SwitchRow
        label="Require a second factor"
        isOn={user.mfa === true}
        canWrite={canWrite}
        save={change.mfa}
      />
      <Loaded query={factorsQuery(user.$id)}>
        {({ totp, recoveryCode }) => (
          <>
            <div className="row-line">
              <span className="value">Authenticator app</span>
              {totp ? <Badge tone="good">Enrolled</Badge> : <Badge>None</Badge>}
              {totp && canWrite && (
                <Button look="small danger" onPress={() => setAsking(true)}>
                  Reset
                </Button>
              )}
            </div>
            <RecoveryCodes userId={user.$id} hasCodes={recoveryCode} canWrite={canWrite} />
          </>
        )}
      </Loaded>
      <Confirm
        title="Remove the authenticator?"
        verb="Remove authenticator"
        isOpen={isAsking}
        action={reset}
        onClose={() => setAsking(false)}
      >
        The user enrols a new app at the next sign-in that asks for one. The present app can not be brought
        back.
      </Confirm>
    </Card>
  );
}
