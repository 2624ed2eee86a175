// The uploads of a page. The queue lives outside React: what is on its way goes on while a console
// shows another tab.

import { DetailedError } from 'tus-js-client';
import { type Limits, type MediaClient, MediaError, type MediaRecord } from '../client';
import { ConflictDesk } from './conflict_desk';
import { reasonAgainst } from './file_screening';
import { LeaveWarning } from './leave_warning';
import { itemOf, totalsOf } from './queue_state';
import { connect, type Connection, noteOn, type UploadFile, type UploadMeta } from './resumable_uppy';
import { TransferRate } from './transfer_rate';
import { finishedRecord, forget, recordIn, terminate } from './unfinished_upload';
import type {
  Conflict,
  ConflictChoice,
  Destination,
  OnConflict,
  PickedFile,
  QueueState,
  Rejection,
} from './upload_item';
import { isNameTaken } from './upload_problem';

// What is known before anything is sent.
export interface Known {
  customerId: string;
  limits: Limits | undefined;
  isTaken: (folderPath: string, name: string) => boolean;
}

const kShownEveryMs = 150;
const kWatchEveryMs = 1000;
// A connection that is lost without a word is given up.
const kStalledMs = 30_000;

export class UploadQueue {
  private readonly connection: Connection;
  private readonly desk = new ConflictDesk();
  private readonly warning = new LeaveWarning();
  private readonly rates = new Map<string, TransferRate>();
  private readonly watchers = new Set<() => void>();
  private readonly receivers = new Set<(record: MediaRecord) => void>();
  private rejections: Rejection[] = [];
  private shown: QueueState;
  private isShownSoon = false;
  private count = 0;

  // The client may be changed for another of the same `apiBase`.
  constructor(public client: MediaClient) {
    this.connection = connect(() => this.client);
    this.shown = this.look();
    const { uppy } = this.connection;
    uppy.on('state-update', () => this.changed());
    uppy.on('upload-progress', (file, { bytesUploaded }) => {
      if (file) this.rateOf(file.id).note(bytesUploaded, performance.now());
    });
    uppy.on('upload-success', (file, { body, uploadURL }) => {
      if (file) void this.finish(file.id, body?.xhr.responseText ?? '', uploadURL);
    });
    uppy.on('upload-error', (file, error) => {
      if (file) this.fail(file.id, error);
    });
    window.addEventListener('online', () => this.retryUnconnected());
    setInterval(() => this.watch(), kWatchEveryMs);
  }

  // For useSyncExternalStore.
  readonly subscribe = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  readonly state = (): QueueState => this.shown;

  // Tells of each file that has arrived.
  onUploaded(receiver: (record: MediaRecord) => void): () => void {
    this.receivers.add(receiver);
    return () => this.receivers.delete(receiver);
  }

  add(picked: readonly PickedFile[], destination: Destination, known: Known): void {
    const batch = this.nextId();
    for (const each of picked) {
      const conflict: Conflict = {
        id: this.nextId(),
        picked: each,
        destination,
        customerId: known.customerId,
        batch,
      };
      const reason = known.limits ? reasonAgainst(each, known.limits) : null;
      if (reason) this.reject({ name: each.file.name, reason });
      else if (known.isTaken(folderOf(conflict), each.file.name)) this.meet(conflict);
      else this.enqueue(conflict, 'fail');
    }
    this.start();
  }

  // What to do with a file whose name is taken; `isForAll`: with all others of its batch, too.
  decide(id: string, choice: ConflictChoice, isForAll: boolean): void {
    for (const conflict of this.desk.decide(id, choice, isForAll)) this.follow(conflict, choice);
    this.start();
  }

  pause(id: string): void {
    const file = this.file(id);
    if (file && !file.isPaused) this.connection.uppy.pauseResume(id);
  }

  resume(id: string): void {
    if (!this.file(id)?.isPaused) return;
    this.rateOf(id).reset();
    this.connection.uppy.pauseResume(id);
  }

  retry(id: string): void {
    const { uppy } = this.connection;
    if (!this.file(id)) return;
    this.rateOf(id).reset();
    noteOn(uppy, id, { problem: null, isInterrupted: false });
    uppy.retryUpload(id).catch(() => {});
  }

  // Takes the file out of the queue. What came of one that is not done is dropped at the host.
  remove(id: string): void {
    const { uppy, tus } = this.connection;
    const file = this.file(id);
    if (!file) return;
    const upload = tus.uploaders[id];
    const url = upload?.url ?? (file.isRemote ? null : file.tus?.uploadUrl) ?? null;
    // Uppy's own termination fails where the upload waits for its next try.
    if (upload) upload.url = null;
    uppy.removeFile(id);
    this.rates.delete(id);
    if (url && !file.meta.record) void terminate(url, this.client);
  }

  // What failed stays, to be tried again or not.
  cancelAll(): void {
    this.desk.clear();
    for (const { id, phase } of this.look().items) {
      if (!['done', 'finishing', 'failed'].includes(phase)) this.remove(id);
    }
    this.changed();
  }

  clearDone(): void {
    for (const { id, phase } of this.look().items) {
      if (phase === 'done') this.remove(id);
    }
  }

  clearRejections(): void {
    this.rejections = [];
    this.changed();
  }

  private reject(rejection: Rejection): void {
    this.rejections = [...this.rejections, rejection];
    this.changed();
  }

  private meet(conflict: Conflict): void {
    const answer = this.desk.ask(conflict);
    if (answer) this.follow(conflict, answer);
    this.changed();
  }

  private follow(conflict: Conflict, choice: ConflictChoice): void {
    if (choice !== 'skip') this.enqueue(conflict, choice);
    this.changed();
  }

  private enqueue(upload: Conflict, onConflict: OnConflict): void {
    const { picked, destination, customerId, batch } = upload;
    const { file } = picked;
    const folder = folderOf(upload);
    const meta: UploadMeta = {
      relativePath: `${onConflict}/${folder}/${file.name}`,
      nextcloud_path: folder,
      customer_id: customerId,
      direction: destination.direction,
      on_conflict: onConflict,
      picked,
      destination,
      batch,
      problem: null,
      isInterrupted: false,
      record: null,
    };
    this.dropSettled(meta);
    try {
      this.connection.uppy.addFile({ name: file.name, type: file.type, data: file, meta });
    } catch {
      this.reject({ name: file.name, reason: { code: 'queued_already' } });
    }
  }

  // A file that is sent again takes the place of the one that was done or failed.
  private dropSettled({ relativePath, picked }: UploadMeta): void {
    const { size, lastModified } = picked.file;
    for (const { id, meta } of this.connection.uppy.getFiles()) {
      const { file } = meta.picked;
      const isSame =
        meta.relativePath === relativePath && file.size === size && file.lastModified === lastModified;
      if (isSame && (meta.record || (meta.problem && !meta.isInterrupted))) this.remove(id);
    }
  }

  private start(): void {
    const { uppy } = this.connection;
    if (uppy.getFiles().some((file) => !file.progress.uploadStarted)) uppy.upload().catch(() => {});
  }

  private async finish(id: string, answer: string, url: string | undefined): Promise<void> {
    const { uppy } = this.connection;
    const file = this.file(id);
    if (!file) return;
    try {
      const record = recordIn(answer) ?? (await finishedRecord(url ?? '', file.size ?? 0, this.client));
      noteOn(uppy, id, { record, problem: null, isInterrupted: false });
      for (const receiver of this.receivers) receiver(record);
    } catch (error) {
      const { status, title, detail } = error instanceof MediaError ? error : new MediaError(0, '', '');
      noteOn(uppy, id, { problem: { status, type: '', title, detail }, isInterrupted: false });
      // To be sent again, if it is gone; else the host says that it is there.
      const progress = { ...file.progress, uploadComplete: false, percentage: 0 };
      uppy.setFileState(id, { progress, ...(status === 0 ? {} : { tus: {} }) });
      if (url && status !== 0) await forget(url);
    }
  }

  private fail(id: string, error: object): void {
    const { uppy } = this.connection;
    const file = this.file(id);
    if (!file) return;
    const request = error instanceof DetailedError ? error.originalRequest : undefined;
    const problem = this.connection.problemWith(request);
    // With an error of its own Uppy would send the file again whenever another one begins.
    uppy.setFileState(id, { error: null });
    if (isNameTaken(problem) && file.meta.on_conflict === 'fail') {
      const { picked, destination, batch, customer_id: customerId } = file.meta;
      this.remove(id);
      this.meet({ id: this.nextId(), picked, destination, batch, customerId });
      this.start();
    } else {
      noteOn(uppy, id, { problem, isInterrupted: false });
    }
  }

  private retryUnconnected(): void {
    for (const { id, phase, problem } of this.look().items) {
      if (phase === 'failed' && problem?.status === 0) this.retry(id);
    }
  }

  private watch(): void {
    if (this.shown.totals.active === 0) return;
    const now = performance.now();
    for (const { id, phase } of this.look().items) {
      if (phase !== 'uploading' || this.rateOf(id).idleMs(now) < kStalledMs) continue;
      this.pause(id);
      this.resume(id);
    }
    this.changed();
  }

  private file(id: string): UploadFile | undefined {
    return this.connection.uppy.getState().files[id];
  }

  private rateOf(id: string): TransferRate {
    const rate = this.rates.get(id) ?? new TransferRate();
    this.rates.set(id, rate);
    return rate;
  }

  private nextId(): string {
    return String(++this.count);
  }

  // Shows the state, and whatever it becomes within a moment at once.
  private changed(): void {
    if (this.isShownSoon) return;
    this.isShownSoon = true;
    setTimeout(() => {
      this.isShownSoon = false;
      this.shown = this.look();
      this.warning.set(this.shown.totals.active > 0);
      for (const watcher of this.watchers) watcher();
    }, kShownEveryMs);
  }

  private look(): QueueState {
    const files = this.connection.uppy.getFiles();
    const now = performance.now();
    const items = files.map((file) => itemOf(file, this.rateOf(file.id).bytesPerSecond(now)));
    const { rejections, desk } = this;
    return { items, totals: totalsOf(items), conflicts: desk.waiting, rejections };
  }
}

function folderOf({ picked, destination }: Conflict): string {
  return picked.subfolder ? `${destination.path}/${picked.subfolder}` : destination.path;
}
