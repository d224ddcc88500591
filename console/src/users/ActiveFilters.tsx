import { X } from 'lucide-react';
import { Badge } from '../ui/parts';
import { FILTERS, type UsersSearch } from './view';

const NAMES: Readonly<Record<(typeof FILTERS)[number], string>> = {
  status: 'Status',
  email: 'E-mail',
  phone: 'Phone',
  mfa: 'Two factors',
  label: 'Label',
  joinedFrom: 'Joined from',
  joinedTo: 'Joined to',
  activeFrom: 'Active from',
  activeTo: 'Active to',
};

interface ActiveFiltersProps {
  readonly search: UsersSearch;
  onChange(changes: Partial<UsersSearch>): void;
}

/** The filters that are on, each to be taken away. */
export function ActiveFilters({ search, onChange }: ActiveFiltersProps) {
  const active = FILTERS.filter((name) => search[name]);
  if (active.length === 0) return null;
  return (
    <div className="labels wrap">
      {active.map((name) => (
        <Badge key={name} tone="accent">
          {NAMES[name]}: {search[name]}
          <button
            type="button"
            aria-label={`Remove filter ${NAMES[name]}`}
            onClick={() => onChange({ [name]: undefined })}
          >
            <X size={12} aria-hidden />
          </button>
        </Badge>
      ))}
    </div>
  );
}
