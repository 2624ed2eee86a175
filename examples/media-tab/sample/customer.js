// What the sample customer's folder holds. Its id and folder are those of src/app/sample_customer.ts.

import { coast, mark, sailcloth } from './scenes.js';

export const kCustomer = { id: 'aegean-boats', folder: '05_Customers/Αιγαίο Boats #1' };

const kSent = 'Sent Media';
const kReceived = 'Received Media';
const kInternal = 'Internal';

// `scene` is drawn, `copy` stands beside this file.
export const kFiles = [
  { folder: kSent, name: 'Λιμάνι στο ηλιοβασίλεμα.jpg', tags: ['harbour'], scene: coast({ seed: 3, width: 1800, height: 1200, light: 'sunset', boats: [0.3, 0.62] }) },
  { folder: kSent, name: 'Hull No. 12, 50% primed.jpg', tags: ['yard'], scene: coast({ seed: 21, width: 1600, height: 1200, light: 'mist', boats: [0.5], sun: 0.25 }) },
  { folder: kSent, name: 'Panorama of the bay.jpg', tags: ['harbour', 'print'], scene: coast({ seed: 9, width: 2400, height: 800, light: 'dawn', boats: [0.2, 0.5, 0.8], sun: 0.4 }) },
  { folder: kSent, name: 'Delivery day.jpg', tags: [], scene: coast({ seed: 34, width: 1500, height: 1000, light: 'noon', boats: [0.35], tower: 0.8 }) },
  { folder: kSent, name: 'Προσφορά 2026 & terms.pdf', tags: ['offer'], copy: 'offer.pdf' },
  { folder: kReceived, name: 'Καλοκαίρι στη Σέριφο.jpg', tags: ['holiday'], scene: coast({ seed: 5, width: 1200, height: 1800, light: 'noon', boats: [0.3], tower: 0.75 }) },
  { folder: kReceived, name: 'Lighthouse by night.png', tags: [], scene: coast({ seed: 12, width: 1280, height: 960, light: 'night', boats: [0.6], tower: 0.25 }) },
  { folder: kReceived, name: 'Sail colours +2.webp', tags: ['sails'], scene: sailcloth({ seed: 1, width: 1400, height: 1050 }) },
  { folder: kReceived, name: 'Our mark #3.png', tags: ['logo'], scene: mark({ width: 900, height: 900 }) },
  { folder: kReceived, name: 'Sea trial.mp4', tags: ['trial'], copy: 'sea_trial.mp4' },
  { folder: kInternal, name: 'Sail (full length).jpg', tags: ['sails'], scene: sailcloth({ seed: 55, width: 700, height: 2100 }) },
  { folder: kInternal, name: 'Βαφή, δείγμα.webp', tags: ['yard'], scene: sailcloth({ seed: 8, width: 1000, height: 1000 }) },
  { folder: kInternal, name: 'Mooring in the fog.jpg', tags: [], scene: coast({ seed: 77, width: 1600, height: 900, light: 'mist', boats: [0.25, 0.7], sun: 0.55 }) },
];

// Stored like the others; then its file goes, and the record stays.
export const kMissing = { folder: kReceived, name: 'Old brochure.jpg', tags: [], scene: coast({ seed: 90, width: 800, height: 600, light: 'dawn' }) };

// Put into the folder past the host, as with another client of the storage.
export const kUnrecorded = { folder: kInternal, name: 'Μαΐστρος, 100% new.jpg', scene: coast({ seed: 101, width: 1500, height: 1000, light: 'dawn', boats: [0.45], sun: 0.6 }) };
