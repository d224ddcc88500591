import { Link } from '@tanstack/react-router';
import { PageHead } from '../ui/parts';

export function NotFound() {
  return (
    <PageHead title="There is nothing here" about="The address leads to no screen of the console.">
      <Link to="/users" search={{}} className="button">
        All users
      </Link>
    </PageHead>
  );
}
