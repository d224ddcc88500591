import { Ellipsis } from 'lucide-react';
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { Button } from './Button';

interface Entry {
  readonly label: string;
  readonly isDangerous?: boolean;
  onAction(): void;
}

/** The further actions of a row, behind three dots. */
export function Menu({ label, entries }: { label: string; entries: readonly Entry[] }) {
  if (entries.length === 0) return null;
  return (
    <MenuTrigger>
      <Button look="quiet icon small" aria-label={label}>
        <Ellipsis size={16} aria-hidden />
      </Button>
      <Popover className="popover" placement="bottom end">
        <AriaMenu className="menu">
          {entries.map(({ label: entry, isDangerous, onAction }) => (
            <MenuItem key={entry} className={`menu-item ${isDangerous ? 'danger' : ''}`} onAction={onAction}>
              {entry}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
