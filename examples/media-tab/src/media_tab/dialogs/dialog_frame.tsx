// A dialog above the page: the focus stays in it, and Escape closes it.

import type { ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';

interface DialogFrameProps {
  title: ReactNode;
  role?: 'dialog' | 'alertdialog';
  onClose: () => void;
  children: ReactNode;
}

export function DialogFrame({ title, role = 'dialog', onClose, children }: DialogFrameProps) {
  return (
    <ModalOverlay
      className="mt-overlay"
      isOpen
      isDismissable={role === 'dialog'}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <Modal className="mt-modal">
        <Dialog className="mt-dialog" role={role}>
          <Heading slot="title">{title}</Heading>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
