// Keeps the keyboard's place where the button that had the focus goes away.

import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

type Target = RefObject<HTMLElement | null>;

// For an element whose buttons come and go: the focus goes to `inside`, or to `outside` once all is gone.
export function useKeptFocus(inside: Target, outside: Target): RefObject<HTMLElement | null> {
  const container = useRef<HTMLElement>(null);
  const focused = useRef<Element | null>(null);

  useEffect(() => {
    const note = ({ target }: FocusEvent) => {
      const isOurs = target instanceof Element && container.current?.contains(target);
      focused.current = isOurs ? target : null;
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, []);

  useLayoutEffect(() => {
    if (isLost(focused.current)) inside.current?.focus();
  });
  useEffect(
    () => () => {
      if (isLost(focused.current)) outside.current?.focus();
    },
    [outside],
  );
  return container;
}

function isLost(focused: Element | null): boolean {
  return focused !== null && !focused.isConnected && document.activeElement === document.body;
}
