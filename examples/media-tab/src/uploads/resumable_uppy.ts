// Uppy with its tus uploader, as the host wants to be spoken to.

import Uppy, { type UppyFile } from '@uppy/core';
import Tus, { type TusBody } from '@uppy/tus';
import type { HttpRequest } from 'tus-js-client';
import type { MediaClient, MediaRecord } from '../client';
import type { Destination, OnConflict, PickedFile, UploadProblem } from './upload_item';
import { authorize } from './unfinished_upload';
import { isTransient, problemOf } from './upload_problem';

// What is sent of it: kSentFields.
export type UploadMeta = {
  nextcloud_path: string;
  customer_id: string;
  direction: string;
  on_conflict: OnConflict;
  picked: PickedFile;
  destination: Destination;
  batch: string;
  // Why it does not go on; with `isInterrupted` only for now.
  problem: UploadProblem | null;
  isInterrupted: boolean;
  record: MediaRecord | null;
  // By it Uppy and tus know a file, over a reload, too: another destination is another upload.
  relativePath: string;
};
export type UploadFile = UppyFile<UploadMeta, TusBody>;
export type UploadUppy = Uppy<UploadMeta, TusBody>;

export interface Connection {
  uppy: UploadUppy;
  tus: Tus<UploadMeta, TusBody>;
  endpoint: string;
  // What the host said to a request of an upload that failed.
  problemWith(request: HttpRequest | undefined): UploadProblem;
}

const kSentFields = ['name', 'type', 'nextcloud_path', 'customer_id', 'direction', 'on_conflict'];
const kParallel = 3;
// Proxies limit a body, and a host that dies loses what came of a piece.
const kPieceBytes = 8 * 1024 * 1024;
// The count begins anew whenever a piece arrives.
const kRetryDelaysMs = [0, 1000, 2000, 4000, 8000, 15_000, 30_000, 60_000];

const kSilent = { debug: () => {}, warn: () => {}, error: () => {} };

// `clientNow` gives the client of the day: its credentials may become others.
export function connect(clientNow: () => MediaClient): Connection {
  const problems = new WeakMap<HttpRequest, UploadProblem>();
  const files = new WeakMap<HttpRequest, string>();
  const endpoint = new URL(clientNow().resolve('/api/crm/storage/uploads'), location.href).href;
  const uppy: UploadUppy = new Uppy<UploadMeta, TusBody>({ id: 'mediadock', logger: kSilent });

  const interrupt = (id: string | undefined, problem: UploadProblem) => {
    const file = id === undefined ? undefined : uppy.getFile(id);
    if (!file) return;
    noteOn(uppy, file.id, { problem, isInterrupted: true });
    // Uppy shows no progress behind 100 %, and the host may have less than was sent.
    uppy.setFileState(file.id, { progress: { ...file.progress, percentage: 0 } });
  };
  const goOn = (id: string | undefined) => {
    const file = id === undefined ? undefined : uppy.getFile(id);
    if (file?.meta.isInterrupted) noteOn(uppy, file.id, { problem: null, isInterrupted: false });
  };

  uppy.use(Tus<UploadMeta, TusBody>, {
    endpoint,
    limit: kParallel,
    chunkSize: kPieceBytes,
    retryDelays: kRetryDelaysMs,
    allowedMetaFields: kSentFields,
    // The same file may be sent again, and is then another upload.
    removeFingerprintOnSuccess: true,
    async onBeforeRequest(request, file) {
      files.set(request, file.id);
      await authorize(request, clientNow());
    },
    onAfterResponse(request, response) {
      if (response.getStatus() >= 400) problems.set(request, problemOf(response));
      else goOn(files.get(request));
    },
    onShouldRetry(error, _attempt, _options, next) {
      const problem = problems.get(error.originalRequest) ?? problemOf(null);
      const isRetried = isTransient(problem) && next(error);
      if (isRetried) interrupt(files.get(error.originalRequest), problem);
      return isRetried;
    },
  });
  const tus = uppy.getPlugin<Tus<UploadMeta, TusBody>>('Tus');
  if (!tus) throw new Error('the tus uploader is not installed');
  return {
    uppy,
    tus,
    endpoint,
    problemWith: (request) => (request && problems.get(request)) ?? problemOf(null),
  };
}

export function noteOn(uppy: UploadUppy, id: string, notes: Partial<UploadMeta>): void {
  const file = uppy.getState().files[id];
  if (file) uppy.setFileMeta(id, { ...file.meta, ...notes });
}
