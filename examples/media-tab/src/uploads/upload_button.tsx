// Picks files or a folder, and where they are to go; says before what the host will not take.

import { useId, type RefObject } from 'react';
import { Button, FileTrigger } from 'react-aria-components';
import { FormattedMessage, useIntl } from 'react-intl';
import { formatBytes } from './amounts';
import { largestUpload } from './file_screening';
import { filesFromInput } from './picked_files';
import { useUploads } from './upload_context';

export function UploadButton() {
  const { limits, button } = useUploads();
  const hintId = useId();
  const isDisabled = limits?.writable === false;
  return (
    <div className="mt-upload">
      <DestinationSelect />
      <PickButton message="upload.files" hintId={hintId} isDisabled={isDisabled} buttonRef={button} />
      <PickButton message="upload.folder" hintId={hintId} isDisabled={isDisabled} isFolder />
      <LimitsHint id={hintId} />
    </div>
  );
}

function DestinationSelect() {
  const { destinations, destination, choose } = useUploads();
  const intl = useIntl();
  const id = useId();
  return (
    <div className="mt-upload-destination">
      <label htmlFor={id}>
        <FormattedMessage id="upload.destination" />
      </label>
      <select
        id={id}
        value={destination.path}
        onChange={({ target }) => {
          const chosen = destinations.find((each) => each.path === target.value);
          if (chosen) choose(chosen);
        }}
      >
        {destinations.map(({ path, direction }) => (
          <option key={path} value={path}>
            {intl.formatMessage({ id: `folder.${direction}` })}
          </option>
        ))}
      </select>
    </div>
  );
}

interface PickButtonProps {
  message: 'upload.files' | 'upload.folder';
  hintId: string;
  isDisabled: boolean;
  isFolder?: boolean;
  buttonRef?: RefObject<HTMLButtonElement | null>;
}

// Without a list of types, phones offer the camera, too.
function PickButton({ message, hintId, isDisabled, isFolder = false, buttonRef }: PickButtonProps) {
  const { add } = useUploads();
  return (
    <FileTrigger
      allowsMultiple
      acceptDirectory={isFolder}
      onSelect={(files) => files && add(filesFromInput(files))}
    >
      <Button
        className={isFolder ? 'mt-button' : 'mt-button mt-button-primary'}
        isDisabled={isDisabled}
        aria-describedby={hintId}
        {...(buttonRef ? { ref: buttonRef } : {})}
      >
        <FormattedMessage id={message} />
      </Button>
    </FileTrigger>
  );
}

function LimitsHint({ id }: { id: string }) {
  const { limits } = useUploads();
  const intl = useIntl();
  if (!limits) return <p id={id} className="mt-upload-hint" />;
  if (!limits.writable) {
    return (
      <p id={id} className="mt-upload-hint">
        <FormattedMessage id="upload.not_writable" />
      </p>
    );
  }
  const largest = largestUpload(limits);
  const hints = [
    largest !== null && intl.formatMessage({ id: 'upload.limit.size' }, { size: formatBytes(intl, largest) }),
    limits.denied_types.length > 0 &&
      intl.formatMessage({ id: 'upload.limit.types' }, { types: intl.formatList(limits.denied_types) }),
    limits.forbidden_characters !== '' &&
      intl.formatMessage(
        { id: 'upload.limit.characters' },
        { characters: [...limits.forbidden_characters].join(' ') },
      ),
    limits.forbidden_extensions.length > 0 &&
      intl.formatMessage(
        { id: 'upload.limit.endings' },
        { endings: intl.formatList(limits.forbidden_extensions) },
      ),
  ];
  return (
    <p id={id} className="mt-upload-hint">
      {hints.filter(Boolean).join(' ')}
    </p>
  );
}
