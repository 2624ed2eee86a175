// Asks what to do with a file whose name is taken.

import { useState } from 'react';
import { Button, Checkbox, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { FormattedMessage } from 'react-intl';
import { useUploads } from './upload_context';
import type { Conflict, ConflictChoice } from './upload_item';

export function ConflictDialog() {
  const { queue, state } = useUploads();
  const [conflict] = state.conflicts;
  return (
    <ModalOverlay
      className="mt-overlay"
      isOpen={conflict !== undefined}
      onOpenChange={(isOpen) => {
        if (!isOpen && conflict) queue.decide(conflict.id, 'skip', false);
      }}
    >
      <Modal className="mt-modal">{conflict && <Question key={conflict.id} conflict={conflict} />}</Modal>
    </ModalOverlay>
  );
}

function Question({ conflict }: { conflict: Conflict }) {
  const { queue, state } = useUploads();
  const [isForAll, setForAll] = useState(false);
  const others = state.conflicts.filter((each) => each !== conflict && each.batch === conflict.batch).length;
  const decide = (choice: ConflictChoice) => () => queue.decide(conflict.id, choice, isForAll);
  const { picked, destination } = conflict;
  const name = picked.file.name;
  const folder = picked.subfolder ? `${destination.name}/${picked.subfolder}` : destination.name;
  return (
    <Dialog className="mt-dialog" role="alertdialog">
      <Heading slot="title">
        <FormattedMessage id="upload.conflict.title" values={{ name }} />
      </Heading>
      <p>
        <FormattedMessage id="upload.conflict.question" values={{ name, folder }} />
      </p>
      {others > 0 && (
        <Checkbox className="mt-checkbox" isSelected={isForAll} onChange={setForAll}>
          <span className="mt-checkbox-box" aria-hidden="true" />
          <FormattedMessage id="upload.conflict.for_all" values={{ count: others }} />
        </Checkbox>
      )}
      <div className="mt-dialog-actions">
        <Button autoFocus className="mt-button mt-button-primary" onPress={decide('rename')}>
          <FormattedMessage id="upload.conflict.keep_both" />
        </Button>
        <Button className="mt-button" onPress={decide('replace')}>
          <FormattedMessage id="upload.conflict.replace" />
        </Button>
        <Button className="mt-button" onPress={decide('skip')}>
          <FormattedMessage id="upload.conflict.skip" />
        </Button>
      </div>
    </Dialog>
  );
}
