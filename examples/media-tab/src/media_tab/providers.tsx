// What the tab's parts find around them: the texts, the locale, an end to their faults, and a cache of their own.

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { IntlProvider } from 'react-intl';
import { MediaError } from '../client';
import { languageOf, languages } from '../messages';
import { ErrorBoundary } from './error_boundary';

const kRetries = 2;

function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (failures, error) =>
          failures < kRetries && error instanceof MediaError && error.isTransient,
      },
      mutations: { retry: false },
    },
  });
}

export function Providers({ locale, children }: { locale: string; children: ReactNode }) {
  const { messages } = languages[languageOf(locale)];
  return (
    <I18nProvider locale={locale}>
      <IntlProvider locale={locale} messages={messages} defaultLocale="en">
        <ErrorBoundary>
          <Cache>{children}</Cache>
        </ErrorBoundary>
      </IntlProvider>
    </I18nProvider>
  );
}

// Begun anew with the tab, for what broke it may be in there.
function Cache({ children }: { children: ReactNode }) {
  const [queries] = useState(newQueryClient);
  return <QueryClientProvider client={queries}>{children}</QueryClientProvider>;
}
