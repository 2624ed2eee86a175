// The dialog that was asked for, if any.

import type { Limits } from '../../client';
import type { MediaItem } from '../item';
import { DeleteDialog } from './delete_dialog';
import { DetailsDialog } from './details_dialog';
import type { DialogRequest } from './dialog_request';
import { MoveDialog } from './move_dialog';
import { RenameDialog } from './rename_dialog';

interface DialogsProps {
  request: DialogRequest | null;
  limits: Limits | undefined;
  items: MediaItem[];
  // `gone` are about to leave the list.
  onClose: (gone?: MediaItem[]) => void;
}

export function Dialogs({ request, limits, items, onClose }: DialogsProps) {
  switch (request?.kind) {
    case 'delete':
      return <DeleteDialog items={request.items} onClose={onClose} />;
    case 'move':
      return <MoveDialog items={request.items} onClose={onClose} />;
    case 'rename':
      return (
        <RenameDialog
          item={request.item}
          limits={limits}
          takenNames={namesIn(items, request.item.folder)}
          onClose={onClose}
        />
      );
    case 'details':
      return <DetailsDialog item={request.item} onClose={onClose} />;
    case undefined:
      return null;
  }
}

function namesIn(items: MediaItem[], folder: string): ReadonlySet<string> {
  return new Set(items.filter((item) => item.folder === folder).map(({ name }) => name));
}
