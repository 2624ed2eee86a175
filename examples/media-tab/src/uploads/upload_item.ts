// What the queue shows of itself.

import type { Direction, MediaRecord } from '../client';

export type OnConflict = 'fail' | 'rename' | 'replace';
export type ConflictChoice = 'rename' | 'replace' | 'skip';

// A file, and where it is to go.
export interface PickedFile {
  file: File;
  // The folders that it was picked with: `trip/day 1`, or ''.
  subfolder: string;
}

export interface Destination {
  direction: Direction;
  path: string;
  // As people call it: `Sent Media`.
  name: string;
}

export type Phase =
  // Others go first.
  | 'waiting'
  | 'uploading'
  // All bytes are there; the storage makes a file of them.
  | 'finishing'
  // It goes on by itself, once the host answers again.
  | 'interrupted'
  | 'paused'
  | 'failed'
  | 'done';

// Why something did not work, in words of the host or, with status 0, for want of any.
export interface UploadProblem {
  status: number;
  type: string;
  title: string;
  detail: string;
}

export interface UploadItem {
  id: string;
  name: string;
  destination: string;
  size: number;
  bytesUploaded: number;
  phase: Phase;
  bytesPerSecond: number;
  // Null where nobody can tell yet.
  secondsLeft: number | null;
  problem: UploadProblem | null;
  record: MediaRecord | null;
}

export interface UploadTotals {
  files: number;
  done: number;
  failed: number;
  // Those that are neither.
  active: number;
  paused: number;
  bytes: number;
  bytesUploaded: number;
  bytesPerSecond: number;
  secondsLeft: number | null;
}

// A file whose name is taken, until somebody decides.
export interface Conflict {
  id: string;
  picked: PickedFile;
  destination: Destination;
  customerId: string;
  // Those that were picked together share an answer for all.
  batch: string;
}

export type RejectionReason =
  | { code: 'not_writable' }
  | { code: 'too_large'; bytes: number }
  | { code: 'no_room'; bytes: number }
  | { code: 'denied_type'; type: string }
  | { code: 'forbidden_character'; character: string }
  | { code: 'forbidden_name' }
  | { code: 'forbidden_ending'; ending: string }
  | { code: 'name_too_long'; bytes: number }
  | { code: 'queued_already' };

export interface Rejection {
  name: string;
  reason: RejectionReason;
}

export interface QueueState {
  items: UploadItem[];
  totals: UploadTotals;
  conflicts: readonly Conflict[];
  rejections: readonly Rejection[];
}
