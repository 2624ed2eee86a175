// Which tags a record takes, by the host's limits.

import type { Limits } from '../client';
import type { MessageId } from '../messages';

export interface TagProblem {
  text: MessageId;
  // The tag that it is about.
  what?: string;
  most?: number;
}

export function problemWithTags(tags: string[], limits: Limits | undefined): TagProblem | null {
  if (!limits) return null;
  if (tags.length > limits.max_tags) return { text: 'tags.tooMany', most: limits.max_tags };
  const long = tags.find((tag) => bytesOf(tag) > limits.max_tag_bytes);
  if (long !== undefined) return { text: 'tags.tooLong', what: long };
  const together = tags.reduce((sum, tag) => sum + bytesOf(tag), 0);
  return together > limits.max_tags_bytes ? { text: 'tags.tooMuch' } : null;
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
