// What can be done with items, for all places that offer it.

import { createContext, useContext } from 'react';
import type { Changes } from './changes';
import type { MediaItem } from './item';
import type { DialogRequest } from './dialogs/dialog_request';

export interface ItemActions {
  changes: Changes;
  isWritable: boolean;
  // Shows it in the viewer, or what is known of it where the viewer cannot.
  open: (item: MediaItem) => void;
  // `opener` is where the focus comes back to.
  ask: (request: DialogRequest, opener?: Element | null) => void;
}

export const ItemActionsContext = createContext<ItemActions | null>(null);

export function useItemActions(): ItemActions {
  const actions = useContext(ItemActionsContext);
  if (!actions) throw new Error('an item stands outside of the Media tab');
  return actions;
}
