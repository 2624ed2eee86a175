// Says to screen readers what changed on the page without taking the focus.

import { useCallback, useRef, useState } from 'react';

// What comes faster than this is not heard.
const kBetween = 2_000;

export function useAnnouncer() {
  const [text, setText] = useState('');
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const lastAt = useRef(0);
  const announce = useCallback((next: string) => {
    clearTimeout(waiting.current);
    const wait = Math.max(0, lastAt.current + kBetween - Date.now());
    waiting.current = setTimeout(() => {
      lastAt.current = Date.now();
      setText(next);
    }, wait);
  }, []);
  const region = (
    <div className="mt-hidden" role="status" aria-live="polite" data-mt-announcer>
      {text}
    </div>
  );
  return { announce, region };
}
