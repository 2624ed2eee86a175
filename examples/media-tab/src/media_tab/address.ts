// What the tab shows stands in the page's address, so that it can be linked to. Each parameter begins with
// `media_`: the page around has its own.

import { useCallback, useSyncExternalStore } from 'react';
import type { Direction } from '../client';
import { type Kind, kinds } from './item';
import { rememberedView, rememberView, type View, views } from './remembered_view';

export const sortKeys = ['name', 'newest', 'oldest', 'largest'] as const;
export type SortBy = (typeof sortKeys)[number];

export interface Address {
  // `other`: outside of the three folders.
  folder: Direction | 'other' | 'all';
  kind: Kind | 'all';
  sort: SortBy;
  search: string;
  view: View;
  // The path of the file that is open, below the customer's folder.
  file: string | null;
}

const kFolders = ['all', 'sent', 'received', 'internal', 'other'] as const;
const kChanged = 'mediadock-address';
const kOpenedHere = 'mediadockOpenedHere';

function read(search: string): Address {
  const parameters = new URLSearchParams(search);
  const oneOf = <Value extends string>(name: string, values: readonly Value[], otherwise: Value): Value =>
    values.find((value) => value === parameters.get(`media_${name}`)) ?? otherwise;
  return {
    folder: oneOf('folder', kFolders, 'all'),
    kind: oneOf('kind', kinds, 'all' as never) as Kind | 'all',
    sort: oneOf('sort', sortKeys, 'name'),
    search: parameters.get('media_search') ?? '',
    view: oneOf('view', views, rememberedView()),
    file: parameters.get('media_file'),
  };
}

const kDefaults: Partial<Address> = { folder: 'all', kind: 'all', sort: 'name', search: '' };

function write(change: Partial<Address>): URL {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(change)) {
    if (value === null || value === kDefaults[name as keyof Address]) url.searchParams.delete(`media_${name}`);
    else url.searchParams.set(`media_${name}`, value);
  }
  return url;
}

function subscribe(changed: () => void): () => void {
  addEventListener('popstate', changed);
  addEventListener(kChanged, changed);
  return () => {
    removeEventListener('popstate', changed);
    removeEventListener(kChanged, changed);
  };
}

export interface AddressControl {
  address: Address;
  change: (change: Partial<Address>) => void;
  // Back leads to where the file was opened.
  openFile: (file: string) => void;
  closeFile: () => void;
}

export function useAddress(): AddressControl {
  const search = useSyncExternalStore(subscribe, () => location.search);
  const change = useCallback((wanted: Partial<Address>) => {
    if (wanted.view) rememberView(wanted.view);
    history.replaceState(history.state, '', write(wanted));
    dispatchEvent(new Event(kChanged));
  }, []);
  const openFile = useCallback((file: string) => {
    history.pushState({ [kOpenedHere]: true }, '', write({ file }));
    dispatchEvent(new Event(kChanged));
  }, []);
  const closeFile = useCallback(() => {
    const state: unknown = history.state;
    if (typeof state === 'object' && state !== null && kOpenedHere in state) history.back();
    else change({ file: null });
  }, [change]);
  return { address: read(search), change, openFile, closeFile };
}
