// Asks which of the customer's folders items go to.

import { useState } from 'react';
import { Button, Label, Radio, RadioGroup } from 'react-aria-components';
import { FormattedMessage } from 'react-intl';
import type { MediaItem } from '../item';
import { useItemActions } from '../item_actions';
import { Icon } from '../icon';
import { useTab } from '../tab_context';
import { DialogFrame } from './dialog_frame';

export function MoveDialog({ items, onClose }: { items: MediaItem[]; onClose: () => void }) {
  const { folders } = useTab();
  const { changes } = useItemActions();
  const isHere = (path: string) => items.every((item) => item.folder === path);
  const [folder, setFolder] = useState(() => folders.find(({ path }) => !isHere(path))?.path ?? '');

  return (
    <DialogFrame
      onClose={onClose}
      title={<FormattedMessage id="move.title" values={{ count: items.length, name: items[0]?.name }} />}
    >
      <RadioGroup className="mt-radios" value={folder} onChange={setFolder}>
        <Label>
          <FormattedMessage id="move.to" />
        </Label>
        {folders.map(({ path, direction }) => (
          <Radio key={path} value={path} isDisabled={isHere(path)} className="mt-radio">
            <Icon name="folder" />
            <FormattedMessage id={`folder.${direction}`} />
            {isHere(path) && (
              <span className="mt-facts">
                <FormattedMessage id="move.here" />
              </span>
            )}
          </Radio>
        ))}
      </RadioGroup>
      <div className="mt-dialog-actions">
        <Button className="mt-button" onPress={() => onClose()}>
          <FormattedMessage id="dialog.cancel" />
        </Button>
        <Button
          className="mt-button mt-button-primary"
          onPress={() => {
            void changes.move(items, folder);
            onClose();
          }}
        >
          <FormattedMessage id="action.move" />
        </Button>
      </div>
    </DialogFrame>
  );
}
