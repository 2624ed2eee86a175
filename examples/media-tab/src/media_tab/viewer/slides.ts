// What the viewer shows of an item.

import type { Slide } from 'yet-another-react-lightbox';
import type { MediaClient } from '../../client';
import type { MediaItem } from '../item';

interface FileSlide<Type extends string> {
  type: Type;
  src: string;
  name: string;
}

declare module 'yet-another-react-lightbox' {
  interface SlideTypes {
    audio: FileSlide<'audio'>;
    pdf: FileSlide<'pdf'>;
  }
}

export function slideOf(item: MediaItem, client: MediaClient): Slide {
  const src = client.resolve(item.url ?? '');
  switch (item.kind) {
    case 'photo':
      return { src: client.resolve(pictureOf(item)), alt: item.name };
    case 'video':
      return { type: 'video', sources: [{ src, type: item.mimeType ?? 'video/mp4' }] };
    case 'audio':
      return { type: 'audio', src, name: item.name };
    default:
      return { type: 'pdf', src, name: item.name };
  }
}

const kShownByBrowsers = /^image\/(png|jpeg|gif|webp|avif|svg\+xml|bmp|x-icon)$/;

// Of a TIFF, say, the largest thumbnail has to do.
function pictureOf({ mimeType, url, thumbnailUrl }: MediaItem): string {
  if (thumbnailUrl && !kShownByBrowsers.test(mimeType ?? '')) {
    return thumbnailUrl.replace(/\bsize=\d+/, 'size=1024');
  }
  return url ?? '';
}
