// The customer whose page this is: the one that `./run` fills, or one that the address names.

import type { Customer } from '../media_tab/customer';

const kSample: Customer = {
  id: 'aegean-boats',
  name: 'Αιγαίο Boats',
  nextcloud_folder: '05_Customers/Αιγαίο Boats #1',
};

export function customerOf(address: URL): Customer {
  const folder = address.searchParams.get('folder');
  const id = address.searchParams.get('customer');
  if (!folder && !id) return kSample;
  return {
    id: id ?? kSample.id,
    name: id ?? kSample.name,
    nextcloud_folder: folder ?? kSample.nextcloud_folder,
  };
}
