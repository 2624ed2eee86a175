// Names what is about to be deleted, and asks.

import { Button } from 'react-aria-components';
import { FormattedMessage } from 'react-intl';
import type { MediaItem } from '../item';
import { useItemActions } from '../item_actions';
import { DialogFrame } from './dialog_frame';

const kNamesShown = 50;

interface DeleteDialogProps {
  items: MediaItem[];
  onClose: (deleted?: MediaItem[]) => void;
}

export function DeleteDialog({ items, onClose }: DeleteDialogProps) {
  const { changes } = useItemActions();
  const count = items.length;
  return (
    <DialogFrame
      role="alertdialog"
      onClose={() => onClose()}
      title={<FormattedMessage id="delete.title" values={{ count }} />}
    >
      <ul className="mt-names" tabIndex={count > 6 ? 0 : undefined}>
        {items.slice(0, kNamesShown).map(({ path, name }) => (
          <li key={path}>{name}</li>
        ))}
        {count > kNamesShown && (
          <li>
            <FormattedMessage id="delete.more" values={{ count: count - kNamesShown }} />
          </li>
        )}
      </ul>
      <p>
        <FormattedMessage id="delete.text" values={{ count }} />
      </p>
      <div className="mt-dialog-actions">
        <Button className="mt-button" onPress={() => onClose()} autoFocus>
          <FormattedMessage id="dialog.cancel" />
        </Button>
        <Button
          className="mt-button mt-button-danger"
          onPress={() => {
            void changes.remove(items);
            onClose(items);
          }}
        >
          <FormattedMessage id="action.delete" />
        </Button>
      </div>
    </DialogFrame>
  );
}
