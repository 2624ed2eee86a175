// Everything in the customer's folder, as the host knows it now.

import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { type Entry, MediaError, type Page } from '../client';
import { itemOf, type MediaItem, unreachableItem } from './item';
import { listingKey, pageFrom, type Pages, recordsKey } from './listing_cache';
import { useTab } from './tab_context';

// Few, so that they are there at once; then the rest.
const kFirstPage = 500;
const kFurtherPages = 5000;
// The folder, the three in it, and what was uploaded as a folder into those.
const kLevels = 3;
const kPollEvery = 20_000;
const kPollEveryWhileDown = 5_000;

export interface Listing {
  items: MediaItem[];
  // `loading`: nothing to show yet. `failed`: nothing to show at all.
  status: 'loading' | 'ready' | 'failed';
  // Why the storage could not be read just now. `items` are what is known of it all the same.
  trouble: MediaError | null;
  // Folders so deep that their files are not among `items`.
  deeperFolders: number;
  // So many entries exist and cannot be shown.
  omitted: number;
  // More pages are on their way.
  isIncomplete: boolean;
  retry: () => void;
}

export function useListing(): Listing {
  const { client, customer } = useTab();
  const queries = useQueryClient();
  const key = listingKey(client, customer);
  const listing = useInfiniteQuery<Page<Entry>, Error, Pages, string[], string | null>({
    queryKey: key,
    initialPageParam: null,
    queryFn: ({ pageParam, signal }) =>
      client.browse(customer.nextcloud_folder, {
        depth: kLevels,
        // A customer whose first file is still to come has no folder.
        absent: 'empty',
        limit: kFirstPage,
        from: pageParam,
        known: pageFrom(queries.getQueryData<Pages>(key), pageParam),
        signal,
      }),
    getNextPageParam: ({ next }) => next?.replace(/\blimit=\d+/, `limit=${kFurtherPages}`),
    refetchInterval: ({ state }) => (state.error ? kPollEveryWhileDown : kPollEvery),
    // Whether there is a connection is known best from trying.
    networkMode: 'always',
  });
  const trouble = listing.error instanceof MediaError ? listing.error : null;
  const records = useRecords(trouble !== null);

  const { hasNextPage, isFetching, fetchNextPage } = listing;
  useEffect(() => {
    if (hasNextPage && !isFetching && !trouble) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage, trouble]);

  const items = useMemo(() => {
    if (listing.data) return itemsOf(listing.data);
    return (records.data?.items ?? []).map(unreachableItem);
  }, [listing.data, records.data]);

  const base = customer.nextcloud_folder;
  const deeperFolders = useMemo(() => countDeeper(listing.data, base), [listing.data, base]);

  return {
    items,
    deeperFolders,
    omitted: listing.data?.pages[0]?.omitted ?? 0,
    status: statusOf(listing.status, records.status, items.length > 0),
    trouble,
    isIncomplete: hasNextPage,
    retry: () => void listing.refetch(),
  };
}

// What the database knows, which may be reached where the storage is not.
function useRecords(enabled: boolean) {
  const { client, customer } = useTab();
  return useQuery({
    queryKey: recordsKey(client, customer),
    queryFn: ({ signal }) => client.records(customer.nextcloud_folder, 1000, signal),
    enabled,
    placeholderData: keepPreviousData,
    networkMode: 'always',
  });
}

function itemsOf({ pages }: Pages): MediaItem[] {
  return pages.flatMap((page) => page.items.filter((entry) => !entry.is_dir).map(itemOf));
}

function countDeeper(pages: Pages | undefined, base: string): number {
  const levelOf = (path: string) => path.slice(base.length + 1).split('/').length;
  const isDeeper = (entry: Entry) => entry.is_dir && levelOf(entry.path) === kLevels;
  return pages?.pages.reduce((sum, page) => sum + page.items.filter(isDeeper).length, 0) ?? 0;
}

type QueryStatus = 'pending' | 'error' | 'success';

function statusOf(listing: QueryStatus, records: QueryStatus, hasItems: boolean): Listing['status'] {
  if (listing === 'success') return 'ready';
  if (listing === 'pending') return 'loading';
  if (records === 'pending') return 'loading';
  return hasItems ? 'ready' : 'failed';
}
