import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { changesOfTeam, teamLogsQuery, teamQuery } from '../api/teams';
import { plural } from '../lib/text';
import { useCan } from '../session/session';
import { Button } from '../ui/Button';
import { Confirm } from '../ui/Confirm';
import { Loaded } from '../ui/Loaded';
import { ProblemNote } from '../ui/Problem';
import { Card, Copyable, Empty, Loading, PageHead, Time } from '../ui/parts';
import { Timeline } from '../ui/Timeline';
import { asProblem, useAction } from '../ui/useAction';
import { EditableRow } from '../user/EditableRow';
import { Members } from './Members';

const route = getRouteApi('/teams/$teamId');

/** One team: its name, members and roles, and what happened in it. */
export function TeamShow() {
  const { teamId } = route.useParams();
  const canWrite = useCan('teams.write');
  const { data: team, error, refetch } = useQuery(teamQuery(teamId));
  const back = (
    <Link to="/teams" search={{}} className="muted">
      ← All teams
    </Link>
  );
  if (team === undefined)
    return (
      <>
        {back}
        {error ? <ProblemNote problem={asProblem(error)} retry={() => void refetch()} /> : <Loading />}
      </>
    );
  return (
    <>
      {back}
      <PageHead title={team.name} about={plural(team.total, 'member')}>
        <Copyable text={team.$id} />
      </PageHead>
      <Card title="Team">
        <dl>
          <EditableRow
            label="Name"
            value={team.name}
            shown={team.name}
            canWrite={canWrite}
            save={changesOfTeam(teamId).name}
          />
          <div className="row-line">
            <dt>Created</dt>
            <dd>
              <Time at={team.$createdAt} isRelative={false} />
            </dd>
          </div>
        </dl>
      </Card>
      <Members teamId={teamId} canWrite={canWrite} />
      <Card title="Activity">
        <Loaded query={teamLogsQuery(teamId, 0, 25)}>
          {({ logs }) =>
            logs.length === 0 ? <Empty title="Nothing has happened yet" /> : <Timeline logs={logs} />
          }
        </Loaded>
      </Card>
      {canWrite && <TeamDanger teamId={teamId} />}
    </>
  );
}

function TeamDanger({ teamId }: { teamId: string }) {
  const [isAsking, setAsking] = useState(false);
  const navigate = useNavigate();
  const remove = useAction({
    run: async () => {
      await changesOfTeam(teamId).delete();
      await navigate({ to: '/teams', search: {} });
    },
    done: () => 'Team deleted',
  });
  return (
    <Card title="Danger zone" look="danger-zone">
      <div className="row-line">
        <span className="value">Delete this team and all memberships in it. This can't be undone.</span>
        <Button look="danger" onPress={() => setAsking(true)}>
          Delete team
        </Button>
      </div>
      <Confirm
        title="Delete this team?"
        verb="Delete team"
        typed={teamId}
        isOpen={isAsking}
        action={remove}
        onClose={() => setAsking(false)}
      >
        Its members stay users; they lose the team's roles at once.
      </Confirm>
    </Card>
  );
}
