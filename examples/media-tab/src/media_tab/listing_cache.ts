// The listing as the query cache holds it: pages of entries.

import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { Entry, MediaClient, Page } from '../client';
import type { Customer } from './customer';

export type Pages = InfiniteData<Page<Entry>, string | null>;

// What becomes of an entry; null: it is gone.
export type Edit = (entry: Entry) => Entry | null;

export function listingKey(client: MediaClient, customer: Customer): string[] {
  return ['mediadock', client.apiBase, customer.nextcloud_folder, 'listing'];
}

export function recordsKey(client: MediaClient, customer: Customer): string[] {
  return ['mediadock', client.apiBase, customer.nextcloud_folder, 'records'];
}

// The page that was read from there, for a conditional request.
export function pageFrom(pages: Pages | undefined, from: string | null): Page<Entry> | undefined {
  const index = pages?.pageParams.indexOf(from) ?? -1;
  return pages?.pages[index];
}

export function editEntries(queries: QueryClient, key: string[], edits: ReadonlyMap<string, Edit>): void {
  queries.setQueryData<Pages>(key, (pages) => pages && { ...pages, pages: pages.pages.map((page) => edited(page, edits)) });
}

export function insertEntry(queries: QueryClient, key: string[], entry: Entry): void {
  queries.setQueryData<Pages>(key, (pages) => {
    const [first, ...others] = (pages?.pages ?? []).map((page) => edited(page, new Map([[entry.path, () => null]])));
    if (!pages || !first) return pages;
    return { ...pages, pages: [{ ...first, items: [entry, ...first.items], etag: null }, ...others] };
  });
}

function edited(page: Page<Entry>, edits: ReadonlyMap<string, Edit>): Page<Entry> {
  if (!page.items.some(({ path }) => edits.has(path))) return page;
  const items = page.items.flatMap((entry) => {
    const edit = edits.get(entry.path);
    return edit ? (edit(entry) ?? []) : entry;
  });
  // It is not what the host sent any more: the next request has to bring it whole.
  return { ...page, items, etag: null };
}
