import { Select, TextField } from '../ui/Form';
import type { ActivitySearch } from './view';

type Filters = Omit<ActivitySearch, 'after' | 'before'>;

interface FiltersProps {
  readonly search: Filters;
  onChange(search: Filters): void;
}

const ACTORS = [
  ['', 'Anybody'],
  ['key', 'API keys'],
  ['user', 'Users'],
  ['guest', 'Guests'],
  ['system', 'The system'],
] as const;

/** The events that people look for; any other one by its name. */
const EVENTS = [
  'user.create',
  'user.update',
  'user.delete',
  'session.create',
  'session.delete',
  'session.fail',
  'team.create',
  'membership.create',
  'membership.delete',
  'key.create',
  'ephemeralKey.create',
];

/** What the feed can be narrowed to; each stands in the address. */
export function ActivityFilters({ search, onChange }: FiltersProps) {
  const options = ['', ...EVENTS, ...(search.event && !EVENTS.includes(search.event) ? [search.event] : [])];
  const typed = (name: 'actor' | 'resource', label: string) => (
    <TextField
      key={`${name} ${search[name] ?? ''}`}
      label={label}
      defaultValue={search[name] ?? ''}
      onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      onBlur={(event) => {
        const value = event.target.value.trim() || undefined;
        if (value !== search[name]) onChange({ ...search, [name]: value });
      }}
    />
  );
  return (
    <div className="filters">
      <Select
        label="Event"
        value={search.event ?? ''}
        options={options.map((event) => [event, event || 'Any'] as const)}
        onChange={(event) => onChange({ ...search, event: event || undefined })}
      />
      <Select
        label="By"
        value={search.actorType ?? ''}
        options={ACTORS}
        onChange={(value) =>
          onChange({
            ...search,
            actorType:
              ACTORS.map(([type]) => type).find((type) => type !== '' && type === value) || undefined,
          })
        }
      />
      {typed('actor', 'Actor ID')}
      {typed('resource', 'Resource ID')}
      <TextField
        label="From"
        type="date"
        value={search.from ?? ''}
        onChange={(event) => onChange({ ...search, from: event.target.value || undefined })}
      />
      <TextField
        label="To"
        type="date"
        value={search.to ?? ''}
        onChange={(event) => onChange({ ...search, to: event.target.value || undefined })}
      />
    </div>
  );
}
