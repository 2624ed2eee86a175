// Uploads into the tab: what they need to know of it, and what it learns from them.

import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useCallback, useMemo } from 'react';
import type { Entry, Limits, MediaRecord } from '../client';
import { Uploads } from '../uploads';
import type { Address } from './address';
import type { MediaItem } from './item';
import { insertEntry, listingKey } from './listing_cache';
import { useTab } from './tab_context';

interface TabUploadsProps {
  items: MediaItem[];
  folder: Address['folder'];
  limits: Limits | undefined;
  isWritable: boolean;
  children: ReactNode;
}

export function TabUploads({ items, folder, limits, isWritable, children }: TabUploadsProps) {
  const { client, customer, folders, announce } = useTab();
  const queries = useQueryClient();
  const take = useCallback(
    (record: MediaRecord) => {
      const key = listingKey(client, customer);
      insertEntry(queries, key, entryOf(record));
      void queries.invalidateQueries({ queryKey: key });
    },
    [client, customer, queries],
  );
  const namesByFolder = useMemo(() => {
    const names = new Map<string, Set<string>>();
    for (const item of items) names.set(item.folder, (names.get(item.folder) ?? new Set()).add(item.name));
    return names;
  }, [items]);

  return (
    <Uploads
      client={client}
      customer={customer}
      folders={folders}
      folder={folders.find(({ direction }) => direction === folder)?.path ?? null}
      limits={limits && { ...limits, writable: isWritable }}
      existingNames={(path) => namesByFolder.get(path) ?? new Set()}
      onUploaded={take}
      announce={announce}
    >
      {children}
    </Uploads>
  );
}

// What the listing will say, but for the addresses, which only the host can sign.
function entryOf(record: MediaRecord): Entry {
  return {
    filename: record.filename,
    path: record.nextcloud_path,
    mime_type: record.mime_type,
    size: record.size,
    last_modified: record.created_at,
    is_dir: false,
    etag: record.etag,
    url: null,
    thumbnail_url: null,
    media: record,
  };
}
