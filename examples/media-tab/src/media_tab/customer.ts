export interface Customer {
  id: string;
  name: string;
  // The customer's folder, relative to the storage's base.
  nextcloud_folder: string;
}
