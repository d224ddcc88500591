import { changesOf } from '../api/changeUser';
import { useCan } from '../session/session';
import { Badge, Card, Time, Verified } from '../ui/parts';
import { DangerZone } from './DangerZone';
import { EditableRow } from './EditableRow';
import { Factors } from './Factors';
import { LabelsCard } from './LabelsCard';
import { PrefsCard } from './PrefsCard';
import { SwitchRow } from './SwitchRow';
import { useUser } from './useUser';

const none = <span className="muted">None</span>;

/** All that can be seen of a user at a glance, each field edited where it stands. */
export function Overview() {
  const user = useUser();
  const canWrite = useCan('users.write');
  if (user === undefined) return null;
  const change = changesOf(user.$id);
  return (
    <>
      <div className="columns">
        <div className="stack">
          <Card title="Profile">
            <dl>
              <EditableRow
                label="Name"
                value={user.name}
                shown={user.name || none}
                canWrite={canWrite}
                save={change.name}
              />
              <EditableRow
                label="E-mail"
                type="email"
                value={user.email}
                shown={
                  user.email ? (
                    <>
                      {user.email} {user.emailVerification && <Verified what="E-mail" />}
                    </>
                  ) : (
                    none
                  )
                }
                canWrite={canWrite}
                save={change.email}
              />
              <EditableRow
                label="Phone"
                type="tel"
                value={user.phone}
                shown={
                  user.phone ? (
                    <>
                      {user.phone} {user.phoneVerification && <Verified what="Phone" />}
                    </>
                  ) : (
                    none
                  )
                }
                canWrite={canWrite}
                save={change.phone}
              />
              <EditableRow
                label="Password"
                type="password"
                value=""
                isUndoable={false}
                shown={
                  user.passwordUpdate ? (
                    <>
                      Set <Time at={user.passwordUpdate} /> <Badge>{user.hash}</Badge>
                    </>
                  ) : (
                    none
                  )
                }
                canWrite={canWrite}
                save={change.password}
              />
              <Line term="Joined">
                <Time at={user.registration} isRelative={false} />
              </Line>
              <Line term="Last activity">
                <Time at={user.accessedAt} />
              </Line>
              <Line term="Changed">
                <Time at={user.$updatedAt} />
              </Line>
            </dl>
          </Card>
          <LabelsCard user={user} canWrite={canWrite} />
        </div>
        <div className="stack">
          <Card title="Verification and access">
            <div>
              <SwitchRow
                label="E-mail verified"
                isOn={user.emailVerification}
                canWrite={canWrite && user.email !== ''}
                save={change.emailVerification}
              />
              <SwitchRow
                label="Phone verified"
                isOn={user.phoneVerification}
                canWrite={canWrite && user.phone !== ''}
                save={change.phoneVerification}
              />
              <SwitchRow
                label="May act as others"
                hint="Reads the directory, and other accounts as their users see them"
                isOn={user.impersonator === true}
                canWrite={canWrite}
                save={change.impersonator}
              />
            </div>
          </Card>
          <Factors user={user} canWrite={canWrite} />
          <PrefsCard user={user} canWrite={canWrite} />
        </div>
      </div>
      {canWrite && <DangerZone user={user} />}
    </>
  );
}

function Line({ term, children }: { term: string; children: React.ReactNode }) {
  return (
    <div className="row-line">
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
