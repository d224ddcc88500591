import { download } from '../lib/download';
import { Button } from '../ui/Button';
import { Card, Copyable } from '../ui/parts';
import { Scroll } from '../ui/Scroll';
import { useUser } from './useUser';

/** The user as the API tells it. */
export function UserJson() {
  const user = useUser();
  if (user === undefined) return null;
  const text = JSON.stringify(user, null, 2);
  return (
    <Card
      title="JSON"
      actions={
        <span className="actions">
          <Copyable text={user.$id} />
          <Button look="small" onPress={() => download(`user-${user.$id}.json`, text)}>
            Download
          </Button>
        </span>
      }
    >
      <Scroll label="User as JSON" look="json">
        <pre>{text}</pre>
      </Scroll>
    </Card>
  );
}
