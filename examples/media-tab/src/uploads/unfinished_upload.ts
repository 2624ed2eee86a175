// What there is to say to the host of an upload, past Uppy.

import { defaultOptions, type HttpRequest, Upload } from 'tus-js-client';
import { type MediaClient, MediaError, type MediaRecord } from '../client';
import { parseObject } from './upload_problem';

const kRetryDelaysMs = [500, 2000, 5000, 15_000];

export async function authorize(request: HttpRequest, client: MediaClient): Promise<void> {
  const xhr: unknown = request.getUnderlyingObject();
  if (xhr instanceof XMLHttpRequest) xhr.withCredentials = client.credentials === 'include';
  for (const [name, value] of Object.entries(await client.headers())) request.setHeader(name, value);
}

// Drops what came of an upload. Where the host cannot be reached, the upload expires there.
export async function terminate(url: string, client: MediaClient): Promise<void> {
  try {
    await Upload.terminate(url, {
      onBeforeRequest: (request) => authorize(request, client),
      retryDelays: kRetryDelaysMs,
    });
  } catch {
    // It is gone, or will be.
  }
  await forget(url);
}

// What this browser remembers of an upload, for the time behind a reload.
export async function forget(url: string): Promise<void> {
  const { urlStorage } = defaultOptions;
  const all = await urlStorage.findAllUploads();
  const ours = all.filter((each) => each.uploadUrl === url);
  await Promise.all(ours.map((each) => urlStorage.removeUpload(each.urlStorageKey)));
}

// The record of an upload whose last answer was lost. Throws MediaError where it is gone.
export async function finishedRecord(url: string, size: number, client: MediaClient): Promise<MediaRecord> {
  const response = await fetch(url, {
    method: 'PATCH',
    credentials: client.credentials,
    headers: {
      ...(await client.headers()),
      'Tus-Resumable': '1.0.0',
      'Upload-Offset': String(size),
      'Content-Type': 'application/offset+octet-stream',
    },
  });
  if (!response.ok) throw await MediaError.from(response);
  return (await response.json()) as MediaRecord;
}

// Null for an answer that has none.
export function recordIn(answer: string): MediaRecord | null {
  const record = parseObject(answer);
  return typeof record['nextcloud_path'] === 'string' ? (record as unknown as MediaRecord) : null;
}
