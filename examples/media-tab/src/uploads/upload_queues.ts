// One queue for each API that a page speaks to.

import type { MediaClient } from '../client';
import { UploadQueue } from './upload_queue';

const queues = new Map<string, UploadQueue>();

export function uploadQueueOf(client: MediaClient): UploadQueue {
  const queue = queues.get(client.apiBase) ?? new UploadQueue(client);
  queue.client = client;
  queues.set(client.apiBase, queue);
  return queue;
}
