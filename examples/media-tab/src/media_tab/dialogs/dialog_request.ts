import type { MediaItem } from '../item';

export type DialogRequest =
  | { kind: 'delete'; items: MediaItem[] }
  | { kind: 'move'; items: MediaItem[] }
  | { kind: 'rename'; item: MediaItem }
  | { kind: 'details'; item: MediaItem };
