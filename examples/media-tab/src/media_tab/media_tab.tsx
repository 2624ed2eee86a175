// A customer's media: everything in the customer's folder and every record below it, once each.

import { useMemo } from 'react';
import { createMediaClient, type TransportOptions } from '../client';
import { preferredLocale } from '../messages';
import { useAnnouncer } from './announcer';
import type { Customer } from './customer';
import { customerFolders } from './folders';
import { NoticesProvider } from './notices';
import { Providers } from './providers';
import { TabBody } from './tab_body';
import { TabContext } from './tab_context';
import './styles/index.css';

export interface MediaTabProps extends Pick<TransportOptions, 'headers' | 'credentials'> {
  customer: Customer;
  // What stands in front of `/api/crm`: the host's origin where the page has another, and the path
  // below which the host is reached, if any.
  apiBase?: string;
  // A BCP 47 tag; absent: the browser's first language that there are texts for.
  locale?: string;
}

export function MediaTab({ customer, apiBase, headers, credentials, locale }: MediaTabProps) {
  const client = useMemo(
    () => createMediaClient({ apiBase, headers, credentials }),
    [apiBase, headers, credentials],
  );
  const { announce, region } = useAnnouncer();
  const context = useMemo(
    () => ({ client, customer, folders: customerFolders(customer), announce }),
    [client, customer, announce],
  );
  return (
    <Providers locale={locale ?? preferredLocale()}>
      <TabContext value={context}>
        <NoticesProvider>
          <TabBody />
          {region}
        </NoticesProvider>
      </TabContext>
    </Providers>
  );
}
