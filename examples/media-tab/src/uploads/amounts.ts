// Bytes, speeds and durations, in the words of a locale.

import type { IntlShape } from 'react-intl';

const kUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
const kMinute = 60;
const kHour = 60 * kMinute;

export function formatBytes(intl: IntlShape, bytes: number): string {
  return inUnits(intl, bytes, '');
}

export function formatSpeed(intl: IntlShape, bytesPerSecond: number): string {
  return inUnits(intl, bytesPerSecond, '-per-second');
}

export function formatDuration(intl: IntlShape, seconds: number): string {
  if (seconds < kMinute) return inUnit(intl, seconds, 'second');
  if (seconds < kHour) return inUnit(intl, Math.ceil(seconds / kMinute), 'minute');
  const hours = Math.floor(seconds / kHour);
  const minutes = Math.ceil((seconds % kHour) / kMinute);
  return `${inUnit(intl, hours, 'hour')} ${inUnit(intl, minutes, 'minute')}`;
}

function inUnits(intl: IntlShape, amount: number, suffix: '' | '-per-second'): string {
  const power = amount < 1 ? 0 : Math.min(Math.floor(Math.log10(amount) / 3), kUnits.length - 1);
  const unit = kUnits[power] ?? 'byte';
  const value = amount / 1000 ** power;
  return inUnit(intl, value, `${unit}${suffix}`, value < 10 && power > 0 ? 1 : 0);
}

function inUnit(intl: IntlShape, value: number, unit: string, digits = 0): string {
  return intl.formatNumber(value, {
    style: 'unit',
    unit,
    // `5 byte` is no English.
    unitDisplay: unit === 'byte' ? 'long' : 'short',
    maximumFractionDigits: digits,
  });
}
