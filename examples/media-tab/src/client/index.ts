export { createMediaClient } from './media_client';
export type { BrowseOptions, MediaClient, Page } from './media_client';
export { MediaError } from './media_error';
export type { TransportOptions } from './transport';
export type {
  Direction,
  Entry,
  Limits,
  MediaRecord,
  MediaRecordPatch,
  MediaType,
  NewMediaRecord,
} from './types';
