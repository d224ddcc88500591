import type { ReactNode } from 'react';
import { Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { Button } from './Button';

/** A button that opens a small pane beside it. */
export function Pane({
  label,
  button,
  look = '',
  isNarrow,
  children,
}: {
  label: string;
  button: ReactNode;
  look?: string;
  isNarrow?: boolean;
  children: ReactNode;
}) {
  return (
    <DialogTrigger>
      <Button look={look}>{button}</Button>
      <Popover className="popover" placement="bottom start">
        <Dialog className={`pane ${isNarrow ? 'narrow' : ''}`} aria-label={label}>
          {children}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
