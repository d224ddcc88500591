import { Download } from 'lucide-react';
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { type ExportFormat, exportView } from '../api/many';
import type { UsersView } from '../api/users';
import { downloadBlob } from '../lib/download';
import { Button } from '../ui/Button';
import { useAction } from '../ui/useAction';

const FORMATS = [
  ['ndjson', 'JSON lines'],
  ['csv', 'CSV'],
] as const;

/** A file of all users that the view leaves, in the form that they can be imported from. */
export function UserExport({ view }: { view: UsersView }) {
  const save = useAction<ExportFormat>({
    run: async (format) => downloadBlob(`users.${format}`, await exportView(view, format)),
    done: () => 'Exported',
    isToastedOnRefusal: true,
  });
  return (
    <MenuTrigger>
      <Button isPending={save.isPending}>
        <Download size={15} aria-hidden /> Export view
      </Button>
      <Popover className="popover" placement="bottom end">
        <AriaMenu className="menu">
          {FORMATS.map(([format, label]) => (
            <MenuItem key={format} className="menu-item" onAction={() => void save.run(format)}>
              {label}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
