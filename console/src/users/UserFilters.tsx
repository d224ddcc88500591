import { ListFilter } from 'lucide-react';
import { Select, TextField } from '../ui/Form';
import { Pane } from '../ui/Pane';
import { FILTERS, type UsersSearch } from './view';

interface FiltersProps {
  readonly search: UsersSearch;
  onChange(changes: Partial<UsersSearch>): void;
}

const VERIFIED = [
  ['', 'Any'],
  ['verified', 'Verified'],
  ['unverified', 'Not verified'],
] as const;

/** What the table can be narrowed to; each choice counts at once, and stands in the address. */
export function UserFilters({ search, onChange }: FiltersProps) {
  const count = FILTERS.filter((name) => search[name]).length;
  const verified = (value: string) => (value === 'verified' || value === 'unverified' ? value : undefined);
  return (
    <Pane
      label="Filters"
      button={
        <>
          <ListFilter size={15} aria-hidden /> Filters{count > 0 && ` (${count})`}
        </>
      }
    >
      <Select
        label="Status"
        value={search.status ?? ''}
        options={[
          ['', 'Any'],
          ['active', 'Active'],
          ['blocked', 'Blocked'],
        ]}
        onChange={(value) =>
          onChange({ status: value === 'active' || value === 'blocked' ? value : undefined })
        }
      />
      <Select
        label="E-mail"
        value={search.email ?? ''}
        options={VERIFIED}
        onChange={(value) => onChange({ email: verified(value) })}
      />
      <Select
        label="Phone"
        value={search.phone ?? ''}
        options={VERIFIED}
        onChange={(value) => onChange({ phone: verified(value) })}
      />
      <Select
        label="Two factors"
        value={search.mfa ?? ''}
        options={[
          ['', 'Any'],
          ['on', 'Required'],
          ['off', 'Not required'],
        ]}
        onChange={(value) => onChange({ mfa: value === 'on' || value === 'off' ? value : undefined })}
      />
      <TextField
        label="Label"
        defaultValue={search.label ?? ''}
        hint="Press Enter to apply"
        onKeyDown={(event) =>
          event.key === 'Enter' && onChange({ label: event.currentTarget.value.trim() || undefined })
        }
        onBlur={(event) => {
          const label = event.target.value.trim() || undefined;
          if (label !== search.label) onChange({ label });
        }}
      />
      <Days
        label="Joined"
        from={search.joinedFrom}
        to={search.joinedTo}
        onChange={(joinedFrom, joinedTo) => onChange({ joinedFrom, joinedTo })}
      />
      <Days
        label="Last active"
        from={search.activeFrom}
        to={search.activeTo}
        onChange={(activeFrom, activeTo) => onChange({ activeFrom, activeTo })}
      />
    </Pane>
  );
}

interface DaysProps {
  readonly label: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  onChange(from: string | undefined, to: string | undefined): void;
}

function Days({ label, from, to, onChange }: DaysProps) {
  return (
    <div className="actions">
      <TextField
        label={`${label} from`}
        type="date"
        value={from ?? ''}
        onChange={(event) => onChange(event.target.value || undefined, to)}
      />
      <TextField
        label={`${label} to`}
        type="date"
        value={to ?? ''}
        onChange={(event) => onChange(from, event.target.value || undefined)}
      />
    </div>
  );
}
