// Where the focus goes when a dialog or the viewer has closed: to what opened it, else to the item that it was
// about or the one that took its place, else to the heading.

import { type RefObject, useCallback, useRef } from 'react';
import type { MediaItem } from './item';

// How often the focus is looked after, every other frame.
const kWatched = 15;

interface Origin {
  opener: Element | null;
  // Where the item stood in the list.
  index: number;
  path: string | null;
}

export interface FocusReturn {
  leave: (opener: Element | null, item: MediaItem | undefined) => void;
  // Once what was open goes. `to` is the item to go to, if it is another one by now; `gone` are those that are
  // about to leave the list.
  comeBack: (how?: { to?: string; gone?: MediaItem[] }) => void;
}

export function useFocusReturn(
  items: MediaItem[],
  list: RefObject<HTMLDivElement | null>,
  heading: RefObject<HTMLHeadingElement | null>,
): FocusReturn {
  const origin = useRef<Origin | null>(null);
  const shown = useRef(items);
  shown.current = items;

  const leave = useCallback((opener: Element | null, item: MediaItem | undefined) => {
    const index = item ? shown.current.findIndex(({ path }) => path === item.path) : -1;
    origin.current = { opener, index, path: item?.path ?? null };
  }, []);

  const comeBack = useCallback<FocusReturn['comeBack']>(
    ({ to, gone = [] } = {}) => {
      const { opener = null, index = -1, path = null } = origin.current ?? {};
      origin.current = null;
      const wanted = gone.length > 0 ? remainingNear(shown.current, index, gone) : (to ?? path);
      const isOpenerMeant = gone.length === 0 && (to === undefined || to === path);
      const focus = () => {
        const found = isOpenerMeant && opener?.isConnected ? opener : rowOf(list.current, wanted);
        const target = found ?? heading.current;
        if (target instanceof HTMLElement) target.focus();
      };
      // The list is drawn anew first, and the dialog's own return of the focus comes to nothing.
      afterDrawing(() => {
        focus();
        keepFocus(focus, kWatched);
      });
    },
    [list, heading],
  );

  return { leave, comeBack };
}

// The item that takes the place of the one at `index`, or else the one before it.
function remainingNear(items: MediaItem[], index: number, gone: MediaItem[]): string | null {
  const paths = new Set(gone.map(({ path }) => path));
  const stays = ({ path }: MediaItem) => !paths.has(path);
  const place = Math.max(0, index);
  return (items.slice(place).find(stays) ?? items.slice(0, place).findLast(stays))?.path ?? null;
}

function rowOf(list: HTMLElement | null, path: string | null | undefined): Element | null {
  return path ? (list?.querySelector(`[data-key="${CSS.escape(path)}"]`) ?? null) : null;
}

// What has the focus may leave the document soon, such as the row of a file that is being deleted.
function keepFocus(focus: () => void, times: number): void {
  if (times === 0) return;
  afterDrawing(() => {
    if (document.activeElement === document.body) focus();
    keepFocus(focus, times - 1);
  });
}

// Once React has drawn what was just set.
export function afterDrawing(act: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(act));
}
