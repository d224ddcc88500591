import { getRouteApi } from '@tanstack/react-router';
import { userLogsQuery } from '../api/users';
import { Loaded } from '../ui/Loaded';
import { LogPages } from '../ui/LogPages';
import { Card, Empty } from '../ui/parts';
import { Timeline } from '../ui/Timeline';
import { useUserId } from './useUser';

const route = getRouteApi('/users/$userId/activity');
const SIZE = 50;

/** What happened to a user, and who did it. */
export function UserActivity() {
  const userId = useUserId();
  const { page = 0 } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Loaded query={userLogsQuery(userId, page, SIZE)}>
      {({ logs, total }) => (
        <>
          <Card title="Activity">
            {logs.length === 0 ? (
              <Empty title="Nothing has happened yet">
                <p>Changes, sign-ins and failed tries appear here.</p>
              </Empty>
            ) : (
              <Timeline logs={logs} />
            )}
          </Card>
          <LogPages
            total={total}
            page={page}
            size={SIZE}
            onMove={(next) => void navigate({ search: { page: next } })}
          />
        </>
      )}
    </Loaded>
  );
}
