// Which names a storage takes, by its limits. It judges in the end; this tells beforehand.

import type { Limits } from '../client';
import type { MessageId } from '../messages';

export interface NameProblem {
  text: MessageId;
  // The part of the name that it is about.
  what: string;
}

export function problemWithName(
  name: string,
  limits: Limits | undefined,
  takenNames: ReadonlySet<string>,
): NameProblem | null {
  const lower = name.toLowerCase();
  if (name.trim() === '' || name === '.' || name === '..') return { text: 'name.empty', what: name };
  if (name.includes('/')) return { text: 'name.character', what: '/' };
  if (takenNames.has(name)) return { text: 'name.taken', what: name };
  if (!limits) return null;
  const character = [...limits.forbidden_characters].find((each) => name.includes(each));
  if (character) return { text: 'name.character', what: character };
  const stem = lower.split('.')[0] ?? '';
  if (isAmong(lower, limits.forbidden_names) || isAmong(stem, limits.forbidden_basenames)) {
    return { text: 'name.reserved', what: name };
  }
  const prefix = limits.forbidden_prefixes.find((each) => lower.startsWith(each.toLowerCase()));
  if (prefix) return { text: 'name.prefix', what: prefix };
  const extension = limits.forbidden_extensions.find((each) => lower.endsWith(each.toLowerCase()));
  if (extension) return { text: 'name.extension', what: extension };
  if (limits.max_name_bytes !== null && new TextEncoder().encode(name).length > limits.max_name_bytes) {
    return { text: 'name.tooLong', what: name };
  }
  return null;
}

function isAmong(name: string, names: string[]): boolean {
  return names.some((each) => each.toLowerCase() === name);
}
