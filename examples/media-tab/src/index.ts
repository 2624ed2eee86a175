// What another console imports.

export * from './client';
export { MediaTab } from './media_tab/media_tab';
export type { MediaTabProps } from './media_tab/media_tab';
export type { Customer } from './media_tab/customer';
