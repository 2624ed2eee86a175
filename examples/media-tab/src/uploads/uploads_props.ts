import type { ReactNode } from 'react';
import type { Direction, Limits, MediaClient, MediaRecord } from '../client';

export interface UploadFolder {
  direction: Direction;
  // As it is called in the storage: `Sent Media`.
  name: string;
  path: string;
}

export interface UploadsProps {
  client: MediaClient;
  customer: { id: string; nextcloud_folder: string };
  // The three that can be chosen; the first is the default unless `folder` says another.
  folders: UploadFolder[];
  // The path of the folder that the tab shows, where it shows one of them alone.
  folder: string | null;
  // Undefined until they are known. Nothing can be uploaded where it is not `writable`.
  limits: Limits | undefined;
  // The names in a folder, files and subfolders.
  existingNames: (folderPath: string) => ReadonlySet<string>;
  onUploaded: (record: MediaRecord) => void;
  // Texts for the tab's live region, which lets no more through than one can listen to.
  announce: (text: string) => void;
  children: ReactNode;
}
