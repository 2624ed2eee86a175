// Which of the items are shown, and in which order.

import type { Address, SortBy } from './address';
import type { CustomerFolder } from './folders';
import { directionOf } from './folders';
import type { MediaItem } from './item';

export type Wanted = Pick<Address, 'folder' | 'kind' | 'sort' | 'search'>;

export function arrange(items: MediaItem[], wanted: Wanted, folders: CustomerFolder[], locale: string): MediaItem[] {
  const words = plain(wanted.search).split(/\s+/).filter(Boolean);
  return items
    .filter(
      (item) =>
        (wanted.folder === 'all' || directionOf(item.folder, folders) === wanted.folder) &&
        (wanted.kind === 'all' || item.kind === wanted.kind) &&
        words.every((word) => textOf(item).includes(word)),
    )
    .sort(comparison(wanted.sort, locale));
}

// `αιγαίο` finds `ΑΙΓΑΙΟ`.
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

const kTexts = new WeakMap<MediaItem, string>();

function textOf(item: MediaItem): string {
  let text = kTexts.get(item);
  if (text === undefined) {
    text = plain([item.name, item.record?.uploaded_by, ...(item.record?.tags ?? [])].join(' '));
    kTexts.set(item, text);
  }
  return text;
}

function comparison(sort: SortBy, locale: string): (a: MediaItem, b: MediaItem) => number {
  const names = new Intl.Collator(locale, { numeric: true });
  const byName = (a: MediaItem, b: MediaItem) => names.compare(a.name, b.name) || names.compare(a.path, b.path);
  const time = ({ modified }: MediaItem) => (modified ? Date.parse(modified) : 0);
  switch (sort) {
    case 'name':
      return byName;
    case 'newest':
      return (a, b) => time(b) - time(a) || byName(a, b);
    case 'oldest':
      return (a, b) => time(a) - time(b) || byName(a, b);
    case 'largest':
      return (a, b) => (b.size ?? -1) - (a.size ?? -1) || byName(a, b);
  }
}
