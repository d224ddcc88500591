import { useState } from 'react';
import { changesOf } from '../api/changeUser';
import type { Session } from '../api/models';
import { sessionsQuery } from '../api/users';
import { useCan } from '../session/session';
import { Button } from '../ui/Button';
import { Confirm } from '../ui/Confirm';
import { type Column, DataTable } from '../ui/DataTable';
import { Loaded } from '../ui/Loaded';
import { Badge, Card, Empty, Time } from '../ui/parts';
import { useAction } from '../ui/useAction';
import { useUserId } from './useUser';

const deviceOf = ({ clientName, clientVersion, osName, osVersion, deviceModel, deviceBrand }: Session) => {
  const client = [clientName, clientVersion].filter(Boolean).join(' ');
  const system = [osName, osVersion].filter(Boolean).join(' ');
  const device = [deviceBrand, deviceModel].filter(Boolean).join(' ');
  return [client, system, device].filter(Boolean).join(' · ') || 'Unknown client';
};

const columns = (end: (session: Session) => void, canWrite: boolean): Column<Session>[] => [
  { id: 'device', title: 'Device', isWrapped: true, cell: (session) => deviceOf(session) },
  { id: 'place', title: 'Place', cell: ({ countryName }) => countryName || 'Unknown' },
  { id: 'ip', title: 'IP', cell: ({ ip }) => (ip ? <code>{ip}</code> : <span className="muted">–</span>) },
  {
    id: 'factor',
    title: 'Signed in by',
    cell: ({ provider, factors = [] }) => (
      <span className="labels">
        <Badge>{provider}</Badge>
        {factors
          .filter((factor) => factor !== provider)
          .map((factor) => (
            <Badge key={factor} tone="accent">
              {factor}
            </Badge>
          ))}
      </span>
    ),
  },
  { id: 'since', title: 'Since', cell: ({ $createdAt }) => <Time at={$createdAt} /> },
  { id: 'until', title: 'Ends', cell: ({ expire }) => <Time at={expire} /> },
  ...(canWrite
    ? [
        {
          id: 'end',
          title: '',
          isEnd: true,
          cell: (session: Session) => (
            <Button look="small" onPress={() => end(session)}>
              End
            </Button>
          ),
        },
      ]
    : []),
];

/** Where a user is signed in; one or all can be ended. */
export function Sessions() {
  const userId = useUserId();
  const canWrite = useCan('users.write', 'sessions.write');
  const [asked, setAsked] = useState<Session | 'all' | null>(null);
  const change = changesOf(userId);
  const end = useAction({
    run: async () => {
      if (asked === 'all') await change.endSessions();
      else if (asked !== null) await change.endSession(asked.$id);
    },
    done: () => (asked === 'all' ? 'All sessions ended' : 'Session ended'),
  });
  return (
    <Loaded query={sessionsQuery(userId)}>
      {({ sessions, total }) => (
        <>
          {total === 0 ? (
            <Card title="Sessions">
              <Empty title="No sessions">
                <p>The user is signed in nowhere at the moment.</p>
              </Empty>
            </Card>
          ) : (
            <>
              {canWrite && (
                <div className="toolbar">
                  <span className="gap" />
                  <Button look="danger" onPress={() => setAsked('all')}>
                    End all sessions
                  </Button>
                </div>
              )}
              <DataTable
                label="Sessions"
                columns={columns(setAsked, canWrite)}
                rows={sessions}
                idOf={({ $id }) => $id}
              />
            </>
          )}
          <Confirm
            title={asked === 'all' ? 'End all sessions?' : 'End this session?'}
            verb={asked === 'all' ? 'End all sessions' : 'End session'}
            isOpen={asked !== null}
            action={end}
            onClose={() => setAsked(null)}
          >
            The user has to sign in again there. Everywhere else it is refused within a minute.
          </Confirm>
        </>
      )}
    </Loaded>
  );
}
