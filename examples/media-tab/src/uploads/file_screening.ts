// Judges files by what the host said of its limits, before any byte of them is sent.

import type { Limits } from '../client';
import type { PickedFile, RejectionReason } from './upload_item';

// Why the host would not take the file; null where nothing is known against it.
export function reasonAgainst({ file, subfolder }: PickedFile, limits: Limits): RejectionReason | null {
  if (!limits.writable) return { code: 'not_writable' };
  const names = [...subfolder.split('/').filter(Boolean), file.name];
  for (const name of names) {
    const reason = reasonAgainstName(name, limits);
    if (reason) return reason;
  }
  return reasonAgainstSize(file.size, limits) ?? reasonAgainstType(file.type, limits.denied_types);
}

// The largest file that can be sent; null where no limit is known.
export function largestUpload(limits: Limits): number | null {
  const known = [limits.max_upload_bytes, limits.max_object_bytes].filter((each) => each !== null);
  return known.length === 0 ? null : Math.min(...known);
}

function reasonAgainstSize(size: number, limits: Limits): RejectionReason | null {
  const largest = largestUpload(limits);
  if (largest !== null && size > largest) return { code: 'too_large', bytes: largest };
  const available = limits.quota?.available ?? null;
  if (available !== null && size > available) return { code: 'no_room', bytes: available };
  return null;
}

function reasonAgainstType(type: string, denied: string[]): RejectionReason | null {
  const isDenied = denied.some((each) =>
    each.endsWith('/*') ? type.startsWith(each.slice(0, -1)) : each === type,
  );
  return isDenied ? { code: 'denied_type', type } : null;
}

function reasonAgainstName(name: string, limits: Limits): RejectionReason | null {
  const character = [...name].find((each) => isControl(each) || limits.forbidden_characters.includes(each));
  if (character !== undefined) return { code: 'forbidden_character', character };
  // The host compares without regard to case.
  const lower = name.toLowerCase();
  const isAmong = (list: string[], fits: (each: string) => boolean) =>
    list.find((each) => fits(each.toLowerCase())) ?? null;
  const base = baseOf(lower);
  const isForbidden =
    name === '.' ||
    name === '..' ||
    isAmong(limits.forbidden_names, (each) => each === lower) !== null ||
    isAmong(limits.forbidden_basenames, (each) => each === base) !== null ||
    isAmong(limits.forbidden_prefixes, (each) => lower.startsWith(each)) !== null;
  if (isForbidden) return { code: 'forbidden_name' };
  const ending = isAmong(limits.forbidden_extensions, (each) => lower.endsWith(each));
  if (ending !== null) return { code: 'forbidden_ending', ending };
  if (limits.max_name_bytes !== null && new TextEncoder().encode(name).length > limits.max_name_bytes) {
    return { code: 'name_too_long', bytes: limits.max_name_bytes };
  }
  return null;
}

function isControl(character: string): boolean {
  return character < ' ' || character === '\x7F';
}

// Up to the first dot that is not in front.
function baseOf(name: string): string {
  const dot = name.indexOf('.', 1);
  return dot < 0 ? name : name.slice(0, dot);
}
