// A typed client of the host's API, for the Media tab and for consoles that show media in their own way.

import { Transport, type TransportOptions } from './transport';
import type { BrowseQuery, Entry, Limits, MediaRecord, MediaRecordPatch, NewMediaRecord } from './types';

// A page of a listing. `next` is the target of the page behind it. `omitted` entries of the whole listing exist and
// cannot be shown.
export interface Page<Item> {
  items: Item[];
  etag: string | null;
  next: string | null;
  omitted: number;
}

export interface BrowseOptions extends Pick<BrowseQuery, 'depth' | 'absent' | 'limit' | 'sort' | 'order'> {
  // `next` of the page before.
  from?: string | null;
  // The page as it was: where nothing changed its items come back as the same array.
  known?: Page<Entry> | undefined;
  signal?: AbortSignal | undefined;
}

export interface MediaClient {
  readonly apiBase: string;
  // With `headers` for those who send requests of their own (uploads).
  readonly credentials: RequestCredentials;
  // The headers of each request, for those who send their own (uploads).
  headers(): Promise<Record<string, string>>;
  // The address of an entry's `url` or `thumbnail_url`.
  resolve(url: string): string;
  // The address under which an entry's file is stored to the user's disk.
  downloadUrl(entry: Entry): string | null;
  browse(folder: string, options?: BrowseOptions): Promise<Page<Entry>>;
  limits(signal?: AbortSignal): Promise<Limits>;
  createFolder(path: string): Promise<Entry>;
  move(from: string, to: string): Promise<Entry>;
  // Removes the file and its record.
  remove(path: string): Promise<void>;
  // One page of records, newest first.
  records(pathPrefix: string, limit?: number, signal?: AbortSignal): Promise<Page<MediaRecord>>;
  // Makes a record for a file that stands in the storage.
  createMedia(record: NewMediaRecord): Promise<MediaRecord>;
  patchMedia(id: string, changes: MediaRecordPatch): Promise<MediaRecord>;
  // Removes the record and leaves the file.
  deleteMedia(id: string): Promise<void>;
}

const kStorage = '/api/crm/storage';
const kMedia = '/api/crm/media';

export function createMediaClient(options: TransportOptions = {}): MediaClient {
  const transport = new Transport(options);
  const json = async <Answer>(...asked: Parameters<Transport['ask']>): Promise<Answer> =>
    (await transport.ask(...asked)).json() as Promise<Answer>;

  // An answer that nobody reads to its end may count as broken off.
  const done = async (...asked: Parameters<Transport['ask']>): Promise<void> => {
    await (await transport.ask(...asked)).text();
  };

  return {
    apiBase: transport.apiBase,
    credentials: options.credentials ?? 'same-origin',
    headers: () => transport.headers(),
    resolve: (url) => transport.resolve(url),
    downloadUrl: (entry) => entry.url && transport.resolve(`${entry.url}&download=1`),

    async browse(folder, { from, known, signal, depth = 2, ...query } = {}) {
      const headers: Record<string, string> = known?.etag ? { 'If-None-Match': known.etag } : {};
      const response = from
        ? await transport.ask(from, { headers, signal })
        : await transport.ask(`${kStorage}/browse`, {
            query: { path: folder, include: 'media', depth, ...query } satisfies BrowseQuery,
            headers,
            signal,
          });
      return pageOf(response, known);
    },
    limits: (signal) => json(`${kStorage}/limits`, { signal }),
    createFolder: (path) => json(`${kStorage}/folder`, { method: 'POST', json: { path } }),
    move: (from, to) => json(`${kStorage}/move`, { method: 'POST', json: { from, to } }),
    remove: (path) => done(`${kStorage}/file`, { method: 'DELETE', query: { path } }),

    async records(pathPrefix, limit = 1000, signal) {
      return pageOf(await transport.ask(kMedia, { query: { path_prefix: pathPrefix, limit }, signal }));
    },
    createMedia: (record) => json(kMedia, { method: 'POST', json: record }),
    patchMedia: (id, changes) => json(`${kMedia}/${id}`, { method: 'PATCH', json: changes }),
    deleteMedia: (id) => done(`${kMedia}/${id}`, { method: 'DELETE' }),
  };
}

async function pageOf<Item>(response: Response, known?: Page<Item>): Promise<Page<Item>> {
  const text = await response.text();
  return {
    items: response.status === 304 && known ? known.items : (JSON.parse(text) as Item[]),
    etag: response.headers.get('ETag'),
    // Also with a 304: cursors do not outlive the host's process.
    next: /<([^>]*)>;\s*rel="next"/.exec(response.headers.get('Link') ?? '')?.[1] ?? null,
    omitted: Number(response.headers.get('Mediadock-Omitted-Entries') ?? 0),
  };
}
