// Files as they come out of an input, a drop or the clipboard.

import { isDirectoryDropItem, isFileDropItem, type DropItem } from 'react-aria-components';
import type { PickedFile } from './upload_item';

// An input that takes folders says with each file where it stood.
export function filesFromInput(files: Iterable<File>): PickedFile[] {
  return [...files].map((file) => ({ file, subfolder: parentOf(file.webkitRelativePath) }));
}

export async function filesFromDrop(items: readonly DropItem[], folder = ''): Promise<PickedFile[]> {
  const picked: PickedFile[] = [];
  for (const item of items) {
    if (isFileDropItem(item)) {
      picked.push({ file: await item.getFile(), subfolder: folder });
    } else if (isDirectoryDropItem(item)) {
      const entries: DropItem[] = [];
      for await (const entry of item.getEntries()) entries.push(entry);
      picked.push(...(await filesFromDrop(entries, folder ? `${folder}/${item.name}` : item.name)));
    }
  }
  return picked;
}

export function filesFromClipboard(data: DataTransfer | null, now: Date): PickedFile[] {
  return [...(data?.files ?? [])].map((file) => ({ file: named(file, now), subfolder: '' }));
}

// Browsers call every copied picture `image.png`.
function named(file: File, now: Date): File {
  if (file.name !== 'image.png') return file;
  const time = now.toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '.');
  return new File([file], `image ${time}.png`, { type: file.type, lastModified: file.lastModified });
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
