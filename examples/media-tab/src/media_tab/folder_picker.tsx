// All folders, or one of the three, with the number of files in each.

import { useMemo } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { FormattedMessage, FormattedNumber, useIntl } from 'react-intl';
import type { Address } from './address';
import { directionOf } from './folders';
import type { MediaItem } from './item';
import { useTab } from './tab_context';

type Folder = Address['folder'];

interface FolderPickerProps {
  items: MediaItem[];
  chosen: Folder;
  onChoose: (folder: Folder) => void;
}

export function FolderPicker({ items, chosen, onChoose }: FolderPickerProps) {
  const intl = useIntl();
  const { folders } = useTab();
  const counts = useMemo(() => {
    const counted: Record<Folder, number> = { all: items.length, sent: 0, received: 0, internal: 0, other: 0 };
    for (const item of items) counted[directionOf(item.folder, folders)] += 1;
    return counted;
  }, [items, folders]);
  const offered: Folder[] = ['all', ...folders.map(({ direction }) => direction)];
  if (counts.other > 0 || chosen === 'other') offered.push('other');

  return (
    <ToggleButtonGroup
      className="mt-folders"
      aria-label={intl.formatMessage({ id: 'folders.label' })}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[chosen]}
      onSelectionChange={([key]) => onChoose(offered.find((folder) => folder === key) ?? 'all')}
    >
      {offered.map((folder) => (
        <ToggleButton key={folder} id={folder} className="mt-folder">
          <FormattedMessage id={`folder.${folder}`} />
          <span className="mt-count">
            <FormattedNumber value={counts[folder]} />
          </span>
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
