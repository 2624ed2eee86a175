// How fast bytes go, without the jumps.

import { emaFilter } from '@uppy/utils';

const kHalfLifeMs = 2000;
// What the browser only put into its own buffers would look like a rush.
const kShortestStepMs = 200;
// A speed that is older says nothing.
const kFreshMs = 5000;

export class TransferRate {
  private smoothed = 0;
  private last: { bytes: number; at: number } | null = null;

  // `bytes` in all, at a time in milliseconds.
  note(bytes: number, at: number): void {
    if (!this.last || bytes < this.last.bytes) {
      this.last = { bytes, at };
      return;
    }
    const elapsed = at - this.last.at;
    if (elapsed < kShortestStepMs) return;
    const current = ((bytes - this.last.bytes) * 1000) / elapsed;
    const before = this.smoothed;
    this.smoothed = before === 0 ? current : emaFilter(current, before, kHalfLifeMs, elapsed);
    this.last = { bytes, at };
  }

  bytesPerSecond(at: number): number {
    return this.idleMs(at) > kFreshMs ? 0 : this.smoothed;
  }

  // How long nothing has moved.
  idleMs(at: number): number {
    return this.last ? at - this.last.at : 0;
  }

  // Behind a pause, speed begins anew.
  reset(): void {
    this.smoothed = 0;
    this.last = null;
  }
}

// Null where nothing moves.
export function secondsFor(bytes: number, bytesPerSecond: number): number | null {
  return bytesPerSecond > 0 ? Math.ceil(bytes / bytesPerSecond) : null;
}
