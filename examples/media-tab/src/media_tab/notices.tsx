// Tells what was done, and warns of what was not: toasts, which screen readers read out.

import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { Button, Text, UNSTABLE_Toast as Toast, UNSTABLE_ToastContent as ToastContent, UNSTABLE_ToastQueue as ToastQueue, UNSTABLE_ToastRegion as ToastRegion } from 'react-aria-components';
import { useIntl } from 'react-intl';
import { Icon } from './icon';

interface Notice {
  kind: 'done' | 'failed';
  title: string;
  details: string[];
}

interface Notices {
  tell: (title: string) => void;
  // Stays until it is put away.
  warn: (title: string, details: string[]) => void;
}

const kToldFor = 6_000;
const kShownAtOnce = 3;
const kDetailsShown = 5;

const NoticesContext = createContext<Notices | null>(null);

export function useNotices(): Notices {
  const notices = useContext(NoticesContext);
  if (!notices) throw new Error('there is nobody to tell');
  return notices;
}

export function NoticesProvider({ children }: { children: ReactNode }) {
  const intl = useIntl();
  const queue = useMemo(() => new ToastQueue<Notice>({ maxVisibleToasts: kShownAtOnce }), []);
  const notices = useMemo<Notices>(
    () => ({
      tell: (title) => void queue.add({ kind: 'done', title, details: [] }, { timeout: kToldFor }),
      warn: (title, details) => void queue.add({ kind: 'failed', title, details }),
    }),
    [queue],
  );
  return (
    <NoticesContext value={notices}>
      {children}
      <ToastRegion queue={queue} className="mt-notices" aria-label={intl.formatMessage({ id: 'notices.label' })}>
        {({ toast }) => (
          <Toast toast={toast} className="mt-notice" data-kind={toast.content.kind}>
            <Icon name={toast.content.kind === 'done' ? 'check' : 'warning'} />
            <ToastContent className="mt-notice-text">
              <Text slot="title">{toast.content.title}</Text>
              {toast.content.details.length > 0 && (
                <Text slot="description">
                  {toast.content.details.slice(0, kDetailsShown).map((detail) => (
                    <span key={detail}>{detail}</span>
                  ))}
                </Text>
              )}
            </ToastContent>
            <Button slot="close" className="mt-icon-button" aria-label={intl.formatMessage({ id: 'notices.close' })}>
              <Icon name="close" />
            </Button>
          </Toast>
        )}
      </ToastRegion>
    </NoticesContext>
  );
}
