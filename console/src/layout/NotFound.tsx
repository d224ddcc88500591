import { Link } from '@tanstack/react-router';
import { Empty } from '../ui/parts';

export function NotFound() {
  return (
    <Empty title="There is nothing here">
      <p>The address leads to no screen of the console.</p>
      <Link to="/users" search={{}} className="button">
        All users
      </Link>
    </Empty>
  );
}
