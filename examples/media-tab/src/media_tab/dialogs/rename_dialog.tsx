// Asks for another name, and says at once which names the storage refuses.

import { useState } from 'react';
import { Button, FieldError, Form, Input, Label, TextField } from 'react-aria-components';
import { FormattedMessage, useIntl } from 'react-intl';
import type { Limits } from '../../client';
import type { MediaItem } from '../item';
import { useItemActions } from '../item_actions';
import { problemWithName } from '../name_rules';
import { DialogFrame } from './dialog_frame';

interface RenameDialogProps {
  item: MediaItem;
  limits: Limits | undefined;
  // In the item's folder.
  takenNames: ReadonlySet<string>;
  onClose: () => void;
}

export function RenameDialog({ item, limits, takenNames, onClose }: RenameDialogProps) {
  const intl = useIntl();
  const { changes } = useItemActions();
  const [name, setName] = useState(item.name);
  const problem = name === item.name ? null : problemWithName(name, limits, takenNames);

  return (
    <DialogFrame onClose={onClose} title={<FormattedMessage id="rename.title" values={{ name: item.name }} />}>
      <Form
        onSubmit={(event) => {
          event.preventDefault();
          if (problem) return;
          if (name !== item.name) void changes.rename(item, name);
          onClose();
        }}
      >
        <TextField className="mt-field" value={name} onChange={setName} isInvalid={problem !== null} autoFocus>
          <Label>
            <FormattedMessage id="rename.label" />
          </Label>
          <Input onFocus={(event) => selectStem(event.currentTarget)} />
          <FieldError>
            {problem && intl.formatMessage({ id: problem.text }, { what: problem.what })}
          </FieldError>
        </TextField>
        <div className="mt-dialog-actions">
          <Button className="mt-button" onPress={() => onClose()}>
            <FormattedMessage id="dialog.cancel" />
          </Button>
          <Button className="mt-button mt-button-primary" type="submit" isDisabled={problem !== null}>
            <FormattedMessage id="action.rename" />
          </Button>
        </div>
      </Form>
    </DialogFrame>
  );
}

// What is typed replaces the name and leaves its extension.
function selectStem(input: HTMLInputElement): void {
  const dot = input.value.lastIndexOf('.');
  input.setSelectionRange(0, dot > 0 ? dot : input.value.length);
}
