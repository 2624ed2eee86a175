// Files in the clipboard, pasted anywhere on the page but into a text.

import { useEffect, useRef } from 'react';
import { filesFromClipboard } from './picked_files';
import type { PickedFile } from './upload_item';

export function usePastedFiles(onFiles: (picked: PickedFile[]) => void): void {
  const latest = useRef(onFiles);
  useEffect(() => {
    latest.current = onFiles;
  });
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const picked = filesFromClipboard(event.clipboardData, new Date());
      if (picked.length === 0 || event.defaultPrevented || takesText(event.target)) return;
      event.preventDefault();
      latest.current(picked);
    };
    window.addEventListener('paste', paste);
    return () => window.removeEventListener('paste', paste);
  }, []);
}

function takesText(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLElement && target.isContentEditable)
  );
}
