// What the parts of the upload share.

import { createContext, type RefObject, useContext } from 'react';
import type { Limits } from '../client';
import type { Destination, PickedFile, QueueState } from './upload_item';
import type { UploadQueue } from './upload_queue';

export interface UploadContextValue {
  queue: UploadQueue;
  state: QueueState;
  limits: Limits | undefined;
  destinations: Destination[];
  destination: Destination;
  choose: (destination: Destination) => void;
  add: (picked: readonly PickedFile[]) => void;
  // Where the focus goes when what had it is gone.
  button: RefObject<HTMLButtonElement | null>;
}

export const UploadContext = createContext<UploadContextValue | null>(null);

export function useUploads(): UploadContextValue {
  const value = useContext(UploadContext);
  if (!value) throw new Error('this belongs into <Uploads>');
  return value;
}
