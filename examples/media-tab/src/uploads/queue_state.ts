// What the queue shows, made of what Uppy knows.

import type { UploadFile } from './resumable_uppy';
import { secondsFor } from './transfer_rate';
import type { Phase, UploadItem, UploadTotals } from './upload_item';

export function itemOf(file: UploadFile, rate: number): UploadItem {
  const size = file.size ?? 0;
  const phase = phaseOf(file);
  const bytesUploaded = phase === 'done' ? size : Number(file.progress.bytesUploaded);
  const bytesPerSecond = phase === 'uploading' ? rate : 0;
  return {
    id: file.id,
    name: file.meta.record?.filename ?? file.name,
    destination: destinationOf(file),
    size,
    bytesUploaded,
    phase,
    bytesPerSecond,
    secondsLeft: secondsFor(size - bytesUploaded, bytesPerSecond),
    problem: file.meta.problem,
    record: file.meta.record,
  };
}

export function totalsOf(items: readonly UploadItem[]): UploadTotals {
  const sum = (of: (item: UploadItem) => number, among = items) =>
    among.reduce((total, item) => total + of(item), 0);
  const count = (phase: Phase) => items.filter((item) => item.phase === phase).length;
  // What failed is not on its way.
  const counted = items.filter((item) => item.phase !== 'failed');
  const done = count('done');
  const failed = count('failed');
  const bytes = sum((item) => item.size, counted);
  const bytesUploaded = sum((item) => item.bytesUploaded, counted);
  const bytesPerSecond = sum((item) => item.bytesPerSecond);
  return {
    files: items.length,
    done,
    failed,
    active: items.length - done - failed,
    paused: count('paused'),
    bytes,
    bytesUploaded,
    bytesPerSecond,
    secondsLeft: secondsFor(bytes - bytesUploaded, bytesPerSecond),
  };
}

function phaseOf(file: UploadFile): Phase {
  const { progress, meta } = file;
  if (meta.record) return 'done';
  if (meta.problem && !meta.isInterrupted) return 'failed';
  if (file.isPaused) return 'paused';
  if (meta.isInterrupted) return 'interrupted';
  if (progress.uploadComplete) return 'finishing';
  if (!progress.uploadStarted || !progress.bytesUploaded) return 'waiting';
  return progress.bytesUploaded === file.size ? 'finishing' : 'uploading';
}

function destinationOf(file: UploadFile): string {
  const { destination, picked } = file.meta;
  return picked.subfolder ? `${destination.name}/${picked.subfolder}` : destination.name;
}
