// Wraps the tab: what is dropped or pasted anywhere in it is uploaded.

import { type ReactNode, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useDrop } from 'react-aria-components';
import { useIntl } from 'react-intl';
import { ConflictDialog } from './conflict_dialog';
import { filesFromDrop } from './picked_files';
import { UploadContext, type UploadContextValue } from './upload_context';
import type { Destination, PickedFile } from './upload_item';
import { uploadQueueOf } from './upload_queues';
import type { UploadsProps } from './uploads_props';
import { usePastedFiles } from './use_pasted_files';
import { useSpokenProgress } from './use_spoken_progress';
import './uploads.css';

export function Uploads(props: UploadsProps) {
  const { client, customer, limits, existingNames, onUploaded, announce, children } = props;
  const queue = uploadQueueOf(client);
  const state = useSyncExternalStore(queue.subscribe, queue.state);
  const [destination, choose] = useDestination(props);
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => queue.onUploaded(onUploaded), [queue, onUploaded]);
  useSpokenProgress(state.totals, announce);

  const add = (picked: readonly PickedFile[]) =>
    queue.add(picked, destination, {
      customerId: customer.id,
      limits,
      isTaken: (folder, name) => isAmong(existingNames(folder), name, limits?.case_sensitive ?? true),
    });
  usePastedFiles(add);

  const value: UploadContextValue = {
    queue,
    state,
    limits,
    destinations: props.folders,
    destination,
    choose,
    add,
    button,
  };
  return (
    <UploadContext value={value}>
      <DropTarget onFiles={add} destination={destination}>
        {children}
      </DropTarget>
      <ConflictDialog />
    </UploadContext>
  );
}

// The folder that the tab shows, until another one is chosen.
function useDestination({ folders, folder }: UploadsProps): [Destination, (chosen: Destination) => void] {
  const [chosen, setChosen] = useState<{ path: string; in: string | null } | null>(null);
  const path = chosen && chosen.in === folder ? chosen.path : folder;
  const destination = folders.find((each) => each.path === path) ?? folders[0];
  if (!destination) throw new Error('there is no folder to upload to');
  return [destination, (each) => setChosen({ path: each.path, in: folder })];
}

interface DropTargetProps {
  destination: Destination;
  onFiles: (picked: PickedFile[]) => void;
  children: ReactNode;
}

function DropTarget({ destination, onFiles, children }: DropTargetProps) {
  const intl = useIntl();
  const folder = intl.formatMessage({ id: `folder.${destination.direction}` });
  const ref = useRef<HTMLDivElement>(null);
  const { dropProps, isDropTarget } = useDrop({
    ref,
    getDropOperation: () => 'copy',
    onDrop: ({ items }) => void filesFromDrop(items).then(onFiles),
  });
  return (
    <div {...dropProps} ref={ref} className="mt-drop" data-drop-target={isDropTarget || undefined}>
      {children}
      {isDropTarget && (
        <p className="mt-drop-target">
          <span>{intl.formatMessage({ id: 'upload.drop_here' }, { folder })}</span>
        </p>
      )}
    </div>
  );
}

function isAmong(names: ReadonlySet<string>, name: string, isCaseSensitive: boolean): boolean {
  if (names.has(name) || isCaseSensitive) return names.has(name);
  return [...names].some((each) => each.toLowerCase() === name.toLowerCase());
}
