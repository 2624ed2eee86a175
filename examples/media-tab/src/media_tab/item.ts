// A file or a record, or both: one thing in the tab.

import type { Entry, MediaRecord } from '../client';

// `unrecorded`: a file without a record. `missing`: a record without a file. `unreachable`: a record
// while nobody knows whether its file is there.
export type ItemState = 'linked' | 'unrecorded' | 'missing' | 'unreachable';

export type Kind = 'photo' | 'video' | 'audio' | 'document' | 'other';
export const kinds: Kind[] = ['photo', 'video', 'audio', 'document', 'other'];

export interface MediaItem {
  path: string;
  name: string;
  // The path of the folder that it is in.
  folder: string;
  kind: Kind;
  state: ItemState;
  mimeType: string | null;
  size: number | null;
  // RFC 3339.
  modified: string | null;
  url: string | null;
  thumbnailUrl: string | null;
  record: MediaRecord | null;
}

const kDocuments =
  /pdf|text\/(plain|csv|markdown|rtf)|msword|officedocument|opendocument|ms-excel|ms-powerpoint/;

export function kindOf(mimeType: string | null): Kind {
  const [top = ''] = (mimeType ?? '').split('/');
  if (top === 'image') return 'photo';
  if (top === 'video' || top === 'audio') return top;
  return kDocuments.test(mimeType ?? '') ? 'document' : 'other';
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function stateOf({ missing, media }: Entry): ItemState {
  if (missing) return 'missing';
  return media ? 'linked' : 'unrecorded';
}

// The same entry is always the same item: lists draw anew only what changed.
const itemsOfEntries = new WeakMap<Entry, MediaItem>();

export function itemOf(entry: Entry): MediaItem {
  const known = itemsOfEntries.get(entry);
  if (known) return known;
  const item: MediaItem = {
    path: entry.path,
    name: entry.filename,
    folder: parentOf(entry.path),
    kind: kindOf(entry.mime_type),
    state: stateOf(entry),
    mimeType: entry.mime_type,
    size: entry.size,
    modified: entry.last_modified ?? entry.media?.created_at ?? null,
    // There is nothing behind the addresses of a file that is gone.
    url: entry.missing ? null : entry.url,
    thumbnailUrl: entry.missing ? null : entry.thumbnail_url,
    record: entry.media ?? null,
  };
  itemsOfEntries.set(entry, item);
  return item;
}

export function unreachableItem(record: MediaRecord): MediaItem {
  return {
    path: record.nextcloud_path,
    name: record.filename,
    folder: parentOf(record.nextcloud_path),
    kind: record.type,
    state: 'unreachable',
    mimeType: record.mime_type,
    size: record.size,
    modified: record.created_at,
    url: null,
    thumbnailUrl: null,
    record,
  };
}

// Whether the viewer shows it; all else is downloaded.
export function isViewable({ kind, mimeType, url }: MediaItem): boolean {
  return url !== null && (['photo', 'video', 'audio'].includes(kind) || mimeType === 'application/pdf');
}
