// What every part of the tab needs: whose media, from where, and how to speak to the user.

import { createContext, useContext } from 'react';
import type { MediaClient } from '../client';
import type { Customer } from './customer';
import type { CustomerFolder } from './folders';

export interface TabContext {
  client: MediaClient;
  customer: Customer;
  folders: CustomerFolder[];
  // Says a text to screen readers, politely.
  announce: (text: string) => void;
}

export const TabContext = createContext<TabContext | null>(null);

export function useTab(): TabContext {
  const context = useContext(TabContext);
  if (!context) throw new Error('a part of the Media tab stands outside of it');
  return context;
}
