import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Button } from './Button';

interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly isWide?: boolean;
  /** Whether Escape and a click beside it close it. */
  readonly isDismissable?: boolean;
  readonly role?: 'dialog' | 'alertdialog';
  readonly children: ReactNode;
  onClose(): void;
}

/** A dialog over the page: focus stays within, and goes back where it came from. */
export function Dialog({
  title,
  isOpen,
  isWide,
  isDismissable = true,
  role = 'dialog',
  children,
  onClose,
}: DialogProps) {
  return (
    <ModalOverlay
      className="overlay"
      isOpen={isOpen}
      isDismissable={isDismissable && role === 'dialog'}
      isKeyboardDismissDisabled={!isDismissable}
      onOpenChange={(open) => open || onClose()}
    >
      <Modal className={`modal ${isWide ? 'wide' : ''}`}>
        <AriaDialog className="dialog" role={role}>
          <div className="page-head">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            {isDismissable && (
              <Button look="quiet icon small" aria-label="Close" onPress={onClose}>
                <X size={16} aria-hidden />
              </Button>
            )}
          </div>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
