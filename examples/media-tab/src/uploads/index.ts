// What the Media tab needs of uploads. The tab wraps itself in `Uploads`, which takes what is dropped
// or pasted anywhere in it, and places the button and the panel.

export { UploadButton } from './upload_button';
export { UploadPanel } from './upload_panel';
export { Uploads } from './uploads';
export type { UploadsProps } from './uploads_props';
