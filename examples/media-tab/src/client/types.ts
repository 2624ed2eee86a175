// What the host's API speaks of, by names of its own; described in docs/openapi.json.

import type { components, operations } from './api_types';

type Schemas = components['schemas'];

// A file or a folder of the storage, or a record whose file is gone (`missing`).
export type Entry = Schemas['Entry'];
export type MediaRecord = Schemas['MediaRecord'];
export type MediaType = MediaRecord['type'];
export type Direction = NonNullable<MediaRecord['direction']>;
export type Limits = Schemas['Limits'];
export type NewMediaRecord = Schemas['NewMediaRecord'];
export type MediaRecordPatch = Schemas['MediaRecordPatch'];

export type BrowseQuery = NonNullable<operations['browse']['parameters']['query']>;
